/** Why a case is not among the hits, as the engine says it. */
import type { WhyNot } from '../../src/host/bindings';

export const whyNot = (over: Partial<WhyNot> = {}): WhyNot => ({
  case: { kind: 'ticket', id: 'helpdesk:NW-20007', display_id: 'NW-20007', title: 'Totals differ by a cent' },
  state: 'below',
  reasons: [],
  place: 14,
  of: 96,
  shown: 10,
  score: 18.44,
  receipt: [
    { kind: 'terms', field: 'body', detail: ['totals', 'cent'], points: 16.24 },
    { kind: 'recency', field: '', detail: [], points: 2.2 },
  ],
  other: {
    case: { kind: 'ticket', id: 'helpdesk:NW-30118', display_id: 'NW-30118', title: 'Payment page stays empty after checkout' },
    place: 10,
    score: 22.7,
    receipt: [
      { kind: 'terms', field: 'title', detail: ['checkout'], points: 12.35 },
      { kind: 'terms', field: 'body', detail: ['totals', 'basket'], points: 10.35 },
    ],
  },
  differences: [
    { kind: 'terms', field: 'title', its: 0, others: 12.35, its_detail: [], others_detail: ['checkout'] },
    { kind: 'recency', field: '', its: 2.2, others: 0, its_detail: [], others_detail: [] },
    { kind: 'terms', field: 'body', its: 16.24, others: 10.35, its_detail: ['totals', 'cent'], others_detail: ['totals', 'basket'] },
  ],
  ...over,
});
