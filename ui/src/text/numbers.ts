const grouped = new Intl.NumberFormat('en');
const points = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `48,211`. */
export const whole = (n: number): string => grouped.format(n);

/** A score or one part of it: `12.4`. */
export const score = (n: number): string => points.format(n);

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `12 MB`: three figures are as many as anyone reads of a file's size. */
export function bytes(n: number): string {
  const step = n < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(n) / 3));
  const size = n / 1000 ** step;
  return `${size < 10 && step > 0 ? size.toFixed(1) : whole(Math.round(size))} ${UNITS[step]}`;
}

/** `1 ticket`, `48,211 tickets`. */
export const counted = (n: number, one: string, many: string): string => `${whole(n)} ${n === 1 ? one : many}`;
