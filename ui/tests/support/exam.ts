/** An exam as the engine gives it. Each builder takes what a test wants otherwise. */
import type { AdaptationView, AgainstView, ExamRow, ExamRun, ExamView, Measures } from '../../src/host/bindings';
import { DAY, MINUTE, NOON } from './company';

export const measures = (over: Partial<Measures> = {}): Measures => ({
  n: 1000,
  hit_at_1: 0.482,
  hit_at_5: 0.676,
  hit_at_10: 0.757,
  mrr: 0.5671,
  ndcg_at_10: 0.6004,
  ceiling: 0.912,
  p50_ms: 4.31,
  p95_ms: 21.7,
  ...over,
});

/** Another way to rank of the same exam, unless it is said to be the exam before. */
export const against = (over: Partial<AgainstView> = {}): AgainstView => ({
  name: 'without_age',
  at: null,
  same_weights: false,
  both: 700,
  here_alone: 57,
  there_alone: 31,
  neither: 212,
  beyond_chance: true,
  here: measures(),
  there: measures({ hit_at_1: 0.441, hit_at_5: 0.65, hit_at_10: 0.731 }),
  ...over,
});

export const before = (over: Partial<AgainstView> = {}): AgainstView =>
  against({ name: 'before', at: NOON - 3 * DAY, same_weights: true, both: 740, here_alone: 12, there_alone: 9, neither: 221, beyond_chance: false, here: measures({ n: 982 }), there: measures({ n: 982, hit_at_5: 0.671 }), ...over });

/** The newer half finds more with what the older half teaches. */
export const adaptation = (over: Partial<AdaptationView> = {}): AdaptationView => ({
  state: 'gain',
  on: true,
  in_use: true,
  switched_since: false,
  needed: 100,
  learned_from: 455,
  judged_on: 500,
  shipped: measures({ n: 500, mrr: 0.561 }),
  adapted: measures({ n: 500, hit_at_5: 0.696, mrr: 0.583 }),
  up: 71,
  down: 38,
  by_product: [{ name: 'Storefront', shipped: measures({ n: 301 }), adapted: measures({ n: 301, hit_at_5: 0.681 }) }],
  weights: [
    { name: 'recency', shipped: 48.51, adapted: 55.2 },
    { name: 'product', shipped: 11.6, adapted: 11.7 },
  ],
  ...over,
});

export const run = (over: Partial<ExamRun> = {}): ExamRun => ({
  id: 4,
  at: NOON - 20 * MINUTE,
  k: 10,
  documents: 29_057,
  labelled: 1395,
  configurations: [
    {
      name: 'in_use',
      measures: measures(),
      by_age: [
        { name: 'month', measures: measures({ n: 402, hit_at_5: 0.821 }) },
        { name: 'half_year', measures: measures({ n: 301, hit_at_5: 0.676 }) },
        { name: 'older', measures: measures({ n: 297, hit_at_5: 0.551 }) },
      ],
      by_product: [
        { name: 'Storefront', measures: measures({ n: 611 }) },
        { name: 'Back office', measures: measures({ n: 389, hit_at_5: 0.62 }) },
      ],
      by_label: [
        { name: 'duplicate', measures: measures({ n: 900 }) },
        { name: 'human', measures: measures({ n: 100, hit_at_5: 0.74 }) },
      ],
    },
    { name: 'without_age', measures: against().there, by_age: [], by_product: [], by_label: [] },
  ],
  verdicts: {
    own: true,
    lines: [
      { kind: 'seen', n: 212, right: 0.741, of_untied: 0.04, untied: 300 },
      { kind: 'maybe', n: 301, right: 0.452, of_untied: 0.2, untied: 300 },
      { kind: 'new', n: 715, right: 0.963, of_untied: 0.76, untied: 300 },
    ],
  },
  adaptation: null,
  against: [before(), against()],
  ...over,
});

export const examined = (over: Partial<ExamRun> = {}): ExamView => ({ run: run(over), labelled: 1395 });

export const examRow = (over: Partial<ExamRow> = {}): ExamRow => ({
  ticket: 'helpdesk:NW-47001',
  display_id: 'NW-47001',
  subject: 'Coupon of 20 % refused at checkout',
  created_at: NOON - 40 * DAY,
  label: 'duplicate',
  days: 412.6,
  place: 3,
  other_place: 12,
  answer: { kind: 'ticket', id: 'helpdesk:NW-30118', display_id: 'NW-30118', title: 'Coupon rounding differs' },
  first: { kind: 'known_error', id: 'helpdesk:KE-31', display_id: 'KE-31', title: 'Totals differ' },
  found: true,
  ...over,
});
