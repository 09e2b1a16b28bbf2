/** The words of where a ticket was, and how long. */
import type { StayView } from '../host';
import { amount } from './insights';

const HOUR = 3_600_000;
const took = (ms: number): string => (ms < HOUR ? `${Math.round(ms / 60_000)} min` : amount('hours', ms / HOUR));
const tiers = { l1: 'first tier', l2: 'second tier', l3: 'third tier' };
const name = ({ group, tier }: StayView): string => (group === null ? `No group, ${tiers[tier]}` : `${group}, ${tiers[tier]}`);

export const stays = {
  title: 'Where it was',
  whole: (all: StayView[], solved: boolean): string => {
    const sum = (part: 'touch' | 'wait') => all.reduce((sum, stay) => sum + stay[part], 0);
    return `${took(sum('touch') + sum('wait'))} ${solved ? 'until it was solved' : 'so far'}: ${took(sum('touch'))} of work, ${took(sum('wait'))} of waiting`;
  },
  group: 'With',
  work: 'Work',
  wait: 'Waiting',
  longest: 'longest',
  took,
  name,
  line: (stay: StayView): string => `${name(stay)}: ${took(stay.touch)} of work, ${took(stay.wait)} of waiting`,
  how: 'Work is taken to be the quarter of an hour before each reply of support or engineering; all else is waiting.',
};
