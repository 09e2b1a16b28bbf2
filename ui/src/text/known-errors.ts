/** The words of the known errors' screen, of the steps that are ticked, and of what there is to look at. */
import type { CodeChangedView, FreshnessCause, KnownErrorRow, TriedView } from '../host';
import { counted, whole } from './numbers';
import { versions } from './terms';
import type { Term } from './terms';

export const known = {
  title: 'Known errors',
  go: 'Go to the known errors',
  close: 'Close the known errors',
  lead: 'What is analysed and not yet mended, with what helps until it is.',
  list: 'Known errors',
  none: 'No known error yet. They come with the helpdesk, from the knowledge folder, or from a solved ticket: open one and press c.',
  noneFits: 'No known error is like that.',
  filter: 'Find by word, product, version or owner',
  which: 'Which known errors',
  kinds: { all: 'All', open: 'Not mended', workaround: 'With a workaround', look: 'To look at' },
  print: 'Print',
  tickets: (n: number) => counted(n, 'ticket', 'tickets'),
  last: 'last',
  steps: (n: number) => (n === 0 ? 'no workaround yet' : counted(n, 'step', 'steps')),
  affects: (list: string[]) => `affects ${list.map(versions).join(', ')}`,
  fixedIn: (list: string[]) => `fixed in ${list.join(', ')}`,
  edit: 'Edit',
  editing: 'The file',
  validate: 'Validate',
  validated: (title: string) => `“${title}” is validated`,
  notValidated: 'Not validated',
  elsewhere: 'It is changed where it comes from.',
  save: 'Save',
  saved: 'Saved',
  hide: 'Close the editor',
  sound: 'Nothing is wrong with it.',
  mend: (n: number) => counted(n, 'thing to mend', 'things to mend'),
  whatChanged: 'See what changed',
  stillRight: 'Still right',
  isRight: (title: string) => `“${title}” is right at the newest release`,
  state: 'State',
  stateSet: (word: string) => `The state is “${word}” now`,
  flag: 'Flag',
  flagWhat: 'What is wrong with it?',
  flagged: 'Flagged: it stands with what is to look at',
  settle: 'Settled',
  settled: 'The flag is settled',
};

export const steps = {
  tick: (n: number) => `Step ${n} was done`,
  worked: 'It worked',
  didNotWork: 'It did not work',
  saidWorked: 'Noted: it worked',
  saidDidNotWork: 'Noted: it did not work',
  isWorked: 'It worked here',
  isNotWorked: 'It did not work here',
  takeBack: 'Take it back',
  behind: 'Tickets on which the workaround was tried',
};

/** `Worked 9 of 11`. */
export const worked = ({ worked, tried }: TriedView): string => `Worked ${whole(worked)} of ${whole(tried)}`;

/** `probably 52 to 95 %`: what few tries let one say. */
export function probably({ low, high }: TriedView): string {
  if (low === null || high === null) return '';
  return `probably ${Math.round(low * 100)} to ${Math.round(high * 100)} %`;
}

export function causeWords(cause: FreshnessCause): string {
  switch (cause.kind) {
    case 'flag':
      return `Flagged: ${cause.said ?? ''}`;
    case 'ratio':
      return `Lately it helped ${cause.worked} of ${cause.tried} times`;
    case 'eta':
      return 'The promised day has passed';
    case 'shipped':
      return `The fix is released in ${cause.said ?? ''}`;
    case 'came_back':
      return `Seen on a version that has the fix: ${cause.said ?? ''}`;
    case 'repeat':
      return `Gone on with because: ${cause.said ?? ''}`;
    case 'code':
      return cause.code ? codeChanged(cause.code) : '';
    default:
      return cause.said ?? cause.kind;
  }
}

/** `Import.run in src/Import.java says something else since v5.4.0` */
function codeChanged({ path, symbol, from, to, newest, gone }: CodeChangedView): string {
  const what = symbol === null ? path : `${symbol} in ${path}`;
  return gone ? `${what} is gone in ${newest}` : `${what} says something else since ${to}; this was written for ${from}`;
}

const fresh: Record<string, Term> = {
  check: { word: 'To check', icon: 'attention', tone: 'attention' },
  stale: { word: 'Out of date', icon: 'attention', tone: 'bad' },
};

export const freshness = (value: string): Term | null => fresh[value] ?? null;

const OPEN = new Set(['identified', 'workaround_available', 'fix_in_progress', 'regressed']);

export type Which = keyof typeof known.kinds;

export function fits(row: KnownErrorRow, which: Which, typed: string): boolean {
  const kind = which === 'all' || (which === 'open' && OPEN.has(row.state)) || (which === 'workaround' && row.steps > 0) || (which === 'look' && row.causes.length > 0);
  if (!kind) return false;
  const text = [row.title, row.display_id, row.product, ...row.components, ...row.affected_versions, ...row.fix_versions, row.owner, row.state.replaceAll('_', ' ')].join(' ').toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
