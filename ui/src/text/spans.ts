/** The spans of time that duplicates are counted in. */
export type Span = 'today' | 'day' | 'week';

export const SPANS: readonly Span[] = ['today', 'day', 'week'];

const DAY = 86_400_000;

/** When a span began. Today begins at the reader's midnight, the others a whole number of days ago. */
export function since(span: Span, now: number): number {
  return span === 'today' ? new Date(now).setHours(0, 0, 0, 0) : now - DAY * (span === 'day' ? 1 : 7);
}
