/** The words of *why not this one?* */
import type { WhyNot, WhyNotDifference } from '../host';
import { place } from './exam';
import { whole } from './numbers';
import { shownParts } from './receipt';

export const whyNot = {
  label: 'Why not another one?',
  field: 'Id of a case that you miss here',
  placeholder: 'Id of a case that you miss',
  ask: 'Why not?',
  here: 'Why not this one?',
  hide: 'Hide',
  open: (id: string) => `Open ${id}`,
  part: 'Part',
  together: 'Together',
  points: (id: string) => `Points of ${id}`,
  lacks: 'lacks',
  has: 'has more',
  against: (id: string, at: number) => `${id}, ${place(at)}`,
};

const states: Record<WhyNot['state'], (why: WhyNot) => string> = {
  shown: ({ place: at, of }) => `It is shown: ${place(at ?? 1)} of ${whole(of)}.`,
  below: ({ place: at, of, shown }) => `It is ${place(at ?? 1)} of ${whole(of)}; the first ${whole(shown)} are shown.`,
  outside: ({ place: at, of }) => `It shares words with the question, but others share so much more that it was not looked at. It would be ${place(at ?? 1)} of ${whole(of)}.`,
  nothing_shared: () => 'It has no word, identifier, signature or frame of the question that counts.',
  barred: ({ place: at, of }) => (at === null ? 'It is kept out.' : `It is kept out; it would be ${place(at)} of ${whole(of)}.`),
};

const reasons: Record<string, (other: string) => string> = {
  itself: () => 'It is the question itself.',
  not_same: () => 'Somebody said that it is not the same as this question.',
  excluded: () => 'It was left out when this was asked.',
  newer: () => 'It did not exist at the time that was asked for.',
  changed_since: () => 'It was changed since the time that was asked for, and what it said before is not known.',
  merged: (other) => `It was merged into ${other}.`,
  kept: () => 'It has more points than the other, which stands in one of the two places of the first five that are kept for old cases.',
};

/** What is to be said of it, a sentence each. */
export const said = (why: WhyNot): string[] => [
  states[why.state](why),
  ...why.reasons.map(({ code, other }) => reasons[code]?.(other?.split(':').slice(1).join(':') ?? '') ?? code.replaceAll('_', ' ')),
];

export interface Compared {
  words: string;
  its: number;
  others: number;
  lacks: boolean;
  /** What one has and the other has not. */
  detail: string[];
}

/** Part by part, rounded so that each column adds up to its score. */
export function compared(why: WhyNot): Compared[] {
  const column = (points: (difference: WhyNotDifference) => number, score: number) =>
    shownParts(
      why.differences.map((difference) => ({ kind: difference.kind, field: difference.field, detail: [], points: points(difference) })),
      score,
    );
  const its = column((difference) => difference.its, why.score ?? 0);
  const others = column((difference) => difference.others, why.other?.score ?? 0);
  return why.differences.map(({ its_detail, others_detail }, i) => {
    const [mine, theirs] = [its[i]?.points ?? 0, others[i]?.points ?? 0];
    const lacks = theirs > mine;
    const [more, less] = lacks ? [others_detail, its_detail] : [its_detail, others_detail];
    return { words: its[i]?.words ?? '', its: mine, others: theirs, lacks, detail: mine === theirs ? [] : more.filter((term) => !less.includes(term)) };
  });
}

/** `3.2 points short`. */
export const short = (why: WhyNot): string => {
  const lacks = (why.other?.score ?? 0) - (why.score ?? 0);
  const points = Math.abs(Math.round(lacks * 10) / 10);
  return `${points.toFixed(1)} ${lacks >= 0 ? 'points short' : 'points more'}`;
};

