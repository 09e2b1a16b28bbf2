/** The words of how a ticket was served: promises about time, and what the customer thought. */
import type { PromiseView, RatingView } from '../host';

const MINUTE = 60_000;
const pair = (n: number, small: number, unit: string, smallUnit: string) => (small === 0 ? `${n} ${unit}` : `${n} ${unit} ${small} ${smallUnit}`);

/** `45 min`, `5 h 30 min`, `3 d 4 h`. */
export function span(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 1440) return pair(Math.floor(minutes / 60), minutes % 60, 'h', 'min');
  return pair(Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), 'd', 'h');
}

export const service = {
  title: 'How it was served',
  requestType: 'Asked for',
  organizations: 'Shared with',
  firstReply: 'First reply',
  after: (ms: number) => `after ${span(ms)}`,
  reopens: 'Reopened',
  times: (count: number) => (count === 1 ? 'once' : `${count} times`),
  rating: 'Customer',
  rated: ({ satisfied, score }: RatingView) => `${satisfied ? 'satisfied' : 'not satisfied'} (${score})`,
  state: { kept: 'Kept', broken: 'Broken', running: 'Running', paused: 'Paused' },
  promise: ({ measure, policy, goal, at_work }: PromiseView): string =>
    [measure, policy, goal === null ? null : `${span(goal)}${at_work ? ' at work' : ''}`].filter(Boolean).join(' · '),
  left: (ms: number) => (ms < 0 ? `${span(ms)} late` : `${span(ms)} left`),
};
