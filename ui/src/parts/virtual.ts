/** Which rows of a long list are on screen. Rows have one height, so this is arithmetic and not measurement. */
export interface Sight {
  /** First row to draw. */
  first: number;
  /** Last row to draw; below `first` when there is none. */
  last: number;
}

/** A little more than a screen on either side would be wasted: a wheel step shows three rows, and rows are cheap to draw. */
const SPARE = 8;

export function sight(total: number, row: number, top: number, height: number): Sight {
  if (total <= 0 || row <= 0) return { first: 0, last: -1 };
  const first = Math.max(0, Math.floor(top / row) - SPARE);
  const last = Math.min(total - 1, Math.ceil((top + height) / row) + SPARE);
  return { first: Math.min(first, last), last };
}

/** Where to scroll so that a row is wholly in sight; `null` when it is. */
export function reveal(at: number, row: number, top: number, height: number): number | null {
  if (at * row < top) return at * row;
  if ((at + 1) * row > top + height) return (at + 1) * row - height;
  return null;
}
