/** Times in words: relative where they are read, exact where they are hovered, in the reader's zone. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** Whole local days between two moments: yesterday evening is one day ago even at breakfast. */
function daysBetween(then: number, now: number): number {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(then)) / DAY);
}

/** `3 days ago`. */
export function ago(then: number, now: number): string {
  const passed = now - then;
  if (passed < -MINUTE) return `on ${day(then)}`;
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  const days = daysBetween(then, now);
  if (days === 0 || passed < 6 * HOUR) return `${Math.floor(passed / HOUR)} h ago`;
  if (days <= 1) return 'yesterday';
  if (days < 14) return `${days} days ago`;
  if (passed < 8 * WEEK) return `${Math.floor(days / 7)} weeks ago`;
  if (passed < YEAR) return count(Math.max(1, Math.floor(passed / MONTH)), 'month ago', 'months ago');
  return count(Math.floor(passed / YEAR), 'year ago', 'years ago');
}

/** `3m`, `12h`, `4d`: for a column. */
export function age(then: number, now: number): string {
  const passed = Math.max(0, now - then);
  if (passed < HOUR) return `${Math.max(1, Math.floor(passed / MINUTE))}m`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)}h`;
  if (passed < 2 * WEEK) return `${Math.floor(passed / DAY)}d`;
  if (passed < 8 * WEEK) return `${Math.floor(passed / WEEK)}w`;
  if (passed < YEAR) return `${Math.max(1, Math.floor(passed / MONTH))}mo`;
  return `${Math.floor(passed / YEAR)}y`;
}

/** `Tue, 3 Dec 2024, 14:05`. */
export function exact(at: number, zone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at);
}

/** `3 Dec 2024`. */
export function day(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
}

/** `40 s left`, `3 min left`. */
export function left(seconds: number): string {
  if (seconds < 1) return 'almost done';
  if (seconds < 90) return `${Math.ceil(seconds)} s left`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min left`;
  return `${Math.round(seconds / 3600)} h left`;
}
