/** The words of the exam on the workspace's own history. */
import type { ExamRow, ExamWhich } from '../host';
import { counted, whole } from './numbers';

const percents = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const means = new Intl.NumberFormat('en', { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const ENDINGS: Record<string, string> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** `67.6 %`. */
export const percent = (share: number): string => `${percents.format(share * 100)} %`;

/** A measure between 0 and 1 that is no share of anything: `0.585`. */
export const mean = (measure: number): string => means.format(measure);

/** `1st`, `22nd`. */
export const place = (n: number): string => `${whole(n)}${ENDINGS[ordinals.select(n)] ?? 'th'}`;

/** Half of the interval in which 95 of 100 other samples of so many tickets would put a share (Wilson's), in points. */
export function points(share: number, n: number): number {
  if (n === 0) return 100;
  const z = 1.96;
  return ((100 * z) / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
}

/** Under so many tickets a figure is a hint, and no measure. */
export const FEW = 100;

const WAYS: Record<string, string> = { in_use: 'Ranking in use', without_age: 'Without age', without_pack: 'Without the pack', shipped: 'Shipped weights', adapted: 'Own links', before: 'Exam before' };
const LABELS: Record<string, string> = {
  human: 'Linked by hand',
  used: 'Marked as used',
  duplicate: 'Called a duplicate at its source',
  merge: 'Merged',
  known_error: 'Same known error',
  article: 'Answered with the same article',
  issue: 'Led to the same issue',
  mention: 'Names the same issue',
};
const AGES: Record<string, string> = { month: 'Under 30 days', half_year: '30 to 180 days', older: 'Over 180 days' };

const plain = (value: string): string => {
  const words = value.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What a way to rank is called. */
export const way = (name: string): string => WAYS[name] ?? plain(name);

export type Slice = 'age' | 'product' | 'label';

export const sliced = (by: Slice, name: string): string => (by === 'age' ? AGES[name] : by === 'label' ? LABELS[name] : undefined) ?? (by === 'product' ? name : plain(name));

const found: Record<Exclude<ExamWhich, Side>, string> = {
  all: 'All that were asked',
  first: 'Found in the first place',
  first_five: 'Found among the first five',
  first_ten: 'Found among the first ten',
  missed: 'Not found among the first ten',
  candidate: 'Among the candidates',
  no_candidate: 'Not even among the candidates',
};

/** Who found a ticket's answer, of two. */
export type Side = 'both' | 'here_alone' | 'there_alone' | 'neither';
export const SIDES: readonly Side[] = ['both', 'here_alone', 'there_alone', 'neither'];

/** What a side is called against the exam before, and against another way to rank. */
export function side(of: Side, against: string): string {
  if (against === 'before') return { both: 'Still found', here_alone: 'Gained', there_alone: 'Lost', neither: 'Still missed' }[of];
  return { both: 'Found by both', here_alone: 'In use alone', there_alone: `${way(against)} alone`, neither: 'Found by neither' }[of];
}

const isSide = (which: ExamWhich): which is Side => (SIDES as readonly string[]).includes(which);

/** What is behind a number. */
export function behind(which: ExamWhich, configuration: string, against: string | null, slice: string | null): string {
  const what = isSide(which) ? side(which, against ?? '') : found[which];
  return [configuration === 'in_use' ? null : way(configuration), what, slice].filter(Boolean).join(' · ');
}

export const exam = {
  title: 'Exam',
  close: 'Close the exam',
  take: 'Take the exam',
  again: 'Take it again',
  lead: 'Past tickets whose earlier case is known by now, each asked again as on its day: only what existed then could answer.',
  running: 'The exam is being taken',
  runningLead: 'First an index of the past is made, then each ticket is asked.',
  runningBelow: 'Below is what the last one measured.',
  cancel: 'Stop the exam',

  empty: 'No exam yet',
  emptyLead: 'The exam asks past tickets again, each as on its day, and says how often the earlier case is found.',
  ready: (n: number) => `Of ${counted(n, 'past ticket', 'past tickets')} it is known by now which earlier case ${n === 1 ? 'it repeats' : 'they repeat'}.`,
  readyFew: 'That is few: take what it says for a hint.',
  readyHint:
    'A thousand tickets take seconds to a minute, and nothing leaves this machine. From a hundred on it is taken by itself once a week, on mains, for what is said of new tickets is measured by it.',
  nothing: 'Nothing to ask yet',
  nothingLead: 'The exam needs past tickets of which it is known which earlier case they repeat. Here that is known of none.',
  nothingImport: 'An export can bring it along: duplicates, merged tickets, known errors, issues that several tickets led to.',
  nothingUse: 'People say it while they work: mark a hit as used, or link two tickets.',
  import: 'Import a file',
  use: 'Go to Seen before',

  worse: 'Something got worse since the exam before',
  worseMore: (gained: number, lost: number) =>
    `${counted(lost, 'ticket is', 'tickets are')} not found any more, ${whole(gained)} ${gained === 1 ? 'is' : 'are'} found that ${gained === 1 ? 'was' : 'were'} not. That is more than chance.`,
  worseWeights: 'The weights changed in between: look at what was lost before you keep them.',
  worseHistory: 'The weights are the same: what changed is the history, or how a question is read.',
  worseRows: 'Show what was lost',

  figures: 'How often the earlier case is found',
  asked: (n: number, labelled: number) =>
    n === labelled ? `${counted(n, 'past ticket', 'past tickets')} asked` : `${whole(n)} past tickets asked, the newest of ${whole(labelled)} whose answer is known`,
  among: (n: number) => `${counted(n, 'document', 'documents')} could have answered the newest`,
  speed: (half: number, most: number) => `Half were answered in under ${ms(half)}, 95 of 100 in under ${ms(most)}.`,
  takenAt: 'Taken',
  few: (n: number) => `With ${counted(n, 'ticket', 'tickets')} these figures are a hint: a few more answers would move them.`,
  give: (points: number) => `± ${percents.format(points)}`,
  giveHint: 'Another sample of so many tickets would be within this, 95 times of 100',

  verdicts: 'How often what was said was right',
  verdictsOwn: 'How sure is sure enough was taken from this history: seen before shall be right in 70 of 100, perhaps in 40. Each half of the time is measured with what the other half says.',
  verdictsShipped: 'Under a hundred tickets whose earlier case is known move nothing: how sure is sure enough is as shipped.',
  said: { seen: 'Seen before', maybe: 'Perhaps', new: 'Looks new' },
  saidHead: 'Said',
  rightHead: 'Right',
  untiedHead: 'Of untied',
  untiedHint: 'Of how many of the tickets that nothing ties to another it was said',

  columns: {
    n: 'Tickets',
    first: 'First',
    five: 'First five',
    ten: 'First ten',
    mrr: 'MRR',
    ndcg: 'nDCG',
    ceiling: 'Candidates',
  },
  explained: {
    mrr: 'Mean reciprocal rank: one over the place of the first right answer, on average',
    ndcg: 'How near the top all right answers stand, of the best order possible',
    ceiling: 'A right answer was among the candidates: no ranking can do better',
  },

  against: 'Held against',
  againstLead: (k: number) => `Ticket by ticket: whether a right answer is among the first ${whole(k)}.`,
  which: 'What it is held against',
  bar: (parts: string) => `Found by: ${parts}`,
  chance: 'The two differ by no more than chance.',
  beyond: (against: string, better: boolean) =>
    against === 'before'
      ? `This exam finds ${better ? 'more' : 'less'} than the one before, by more than chance.`
      : `${better ? 'The ranking in use finds' : `${way(against)} it would find`} more, by more than chance.`,
  equal: 'They find the same tickets.',
  taken: 'taken',
  sameWeights: 'same weights',
  otherWeights: 'other weights',

  by: { age: 'By the age of the answer', product: 'By product', label: 'By why the answer is known' } as Record<Slice, string>,
  byLead: {
    age: 'How old the newest right answer was when the ticket came.',
    product: 'The products that were asked about most.',
    label: 'Where the answers come from. What people said goes before what a source says.',
  } as Record<Slice, string>,
  subject: { age: 'Age', product: 'Product', label: 'Known because' } as Record<Slice, string>,
  ways: 'Way to rank',
  exams: 'Of the tickets of both',
  thisExam: 'This exam',

  rows: (n: number) => `Show the ${counted(n, 'ticket', 'tickets')}`,
  count: (total: number, shown: number) => (total > shown ? `The newest ${whole(shown)} of ${counted(total, 'ticket', 'tickets')}` : counted(total, 'ticket', 'tickets')),
  back: 'Back to the exam',
  hide: 'Hide',
  list: 'Tickets behind the number',
  none: 'No ticket is behind this number.',
  repeats: 'Repeats',
  older: (days: number) => (days < 1 ? 'under a day older' : `${counted(Math.floor(days), 'day', 'days')} older`),
  gone: 'what it repeats is not here any more',
  firstWas: 'first was',
};

/** `0.4 ms`, `12 ms`. */
function ms(time: number): string {
  return `${time < 10 ? percents.format(Math.max(0.1, time)) : whole(Math.round(time))} ms`;
}

/** `3rd`; `3rd, without age 12th`. */
export function stood(row: Pick<ExamRow, 'place' | 'other_place' | 'found'>, against: string | null): string {
  const here = row.place === null ? (row.found ? 'Not among the first hundred' : 'Not among the candidates') : place(row.place);
  if (against === null) return here;
  const there = row.other_place === null ? 'not found' : place(row.other_place);
  return `${here}, ${against === 'before' ? 'in the exam before' : way(against).toLowerCase()} ${there}`;
}
