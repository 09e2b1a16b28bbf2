/** What came of it since the baseline, against what is said that can be had. */
import type { FigureView } from '../host';

/** How much less than at the baseline: from so much, to so much, and what somebody reports of theirs. */
export const REDUCTIONS = [
  { name: 'engineering', from: 0.4, until: 0.6, reference: 0.6 },
  { name: 'hours_all', from: 0.3, until: 0.5, reference: null },
] as const;

/** 0.25: a quarter less than then; below 0 it is more. */
export const lessBy = ({ before, value }: FigureView): number | null => (before === null || value === null || before <= 0 ? null : 1 - value / before);
