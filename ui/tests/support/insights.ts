/** Figures as the engine gives them. Each builder takes what a test wants otherwise. */
import type { AvoidableView, CohortsView, FigureExplained, FigureView, HoursView, InsightsView, ReasonsLeft, SampleView, TiersView } from '../../src/host/bindings';
import { DAY, NOON } from './company';

export const figure = (over: Partial<FigureView> = {}): FigureView => ({
  name: 'engineering',
  formula: 'tickets that engineering had, by the rule ÷ all tickets',
  base: 'all tickets',
  unit: 'share',
  counts: 'tickets',
  at_least: false,
  at_most: null,
  at_work: null,
  target: 0.2,
  with: [],
  by_rule: true,
  value: 0.25,
  count: 50,
  of: 200,
  median: null,
  p90: null,
  before: null,
  since: null,
  ...over,
});

const RULE = "escalated to engineering: a linked repository issue, or a group of the third tier, or an engineer's comment";

export const insightsView = (over: Partial<InsightsView> = {}): InsightsView => ({
  from: NOON - 90 * DAY,
  until: NOON,
  tickets: 200,
  rule: RULE,
  hours: 'Mon–Fri 09:00–17:00 UTC',
  figures: [
    figure(),
    figure({ name: 'l1_l2', by_rule: false, base: 'tickets that entered the first tier', target: 0.3, value: 0.21, count: 42, before: 0.31 }),
    figure({ name: 'independent', target: null, with: ['reopened'], value: 0.8, count: 120, of: 150 }),
    figure({ name: 'reopened', target: null, value: 0.04, count: 6, of: 150 }),
    figure({ name: 'hours_all', unit: 'hours', target: null, value: 30.5, count: 150, of: 150, median: 12, p90: 96, at_work: { mean: 8.5, median: 4, p90: 28 } }),
    figure({ name: 'repeat_l3', target: 0, value: null, count: 0, of: 0 }),
  ],
  funnel: { l1: 180, l2: 60, l3: 50 },
  months: [
    { from: NOON - 60 * DAY, tickets: 90, escalated: 30, solved: 80, alone: 55, l1: 85, l1_handed: 30, l2: 30, l2_handed: 10 },
    { from: NOON - 30 * DAY, tickets: 110, escalated: 20, solved: 70, alone: 65, l1: 100, l1_handed: 20, l2: 20, l2_handed: 5 },
  ],
  cost: {
    hours_low: 2,
    hours_high: 4,
    rate: 150,
    refocus_minutes: 0,
    basis: [
      { name: 'hours_low', at: null, by: '', source: '' },
      { name: 'hours_high', at: null, by: '', source: '' },
      { name: 'rate', at: NOON, by: 'Ines', source: 'payroll' },
      { name: 'refocus_minutes', at: null, by: '', source: '' },
    ],
    measured: 0,
    needed: 20,
    escalations: 16.7,
    each: { low: 300, high: 600 },
    monthly: { low: 5010, high: 10_020 },
    yearly: { low: 60_120, high: 120_240 },
    example_monthly: { low: 24_000, high: 48_000 },
    example_yearly: { low: 288_000, high: 576_000 },
  },
  reasons: [],
  stages: { tickets: 0, hours: 0, longest: null, stages: [] },
  arrivals: Array.from({ length: 7 }, () => Array<number>(24).fill(0)),
  shift: { alarm: false, entered_before: 0, entered: 0, passed_before: 0, passed: 0, hours_before: 0, hours: 0 },
  capabilities: [],
  handled: { tickets: 3, days: 90, chosen: false },
  releases: [],
  engineer_only: [],
  bursts: [],
  baseline: null,
  ...over,
});

export const explained = (over: Partial<FigureExplained> = {}): FigureExplained => ({
  figure: figure(),
  rule: RULE,
  hours: 'Mon–Fri 09:00–17:00 UTC',
  from: NOON - 90 * DAY,
  until: NOON,
  sql: 'WITH one AS (…)\nSELECT count(*) FROM cohort',
  sql_count: 50,
  sql_of: 200,
  sql_mean: null,
  ...over,
});

export const avoidable = (over: Partial<AvoidableView> = {}): AvoidableView => ({
  at: NOON - DAY,
  asked: 50,
  avoidable: 1,
  always: 0,
  kinds: [{ name: 'signature:ABCD', title: 'SocketTimeout', tickets: 3, at: NOON }],
  of: 50,
  looked_at: 0,
  confirmed: 0,
  rule: RULE,
  rows: [
    {
      ticket: { kind: 'ticket', id: 'helpdesk:NW-2', display_id: 'NW-2', title: 'Totals differ again' },
      raised_at: NOON - 3 * DAY,
      by: 'group',
      answer: { kind: 'ticket', id: 'helpdesk:NW-1', display_id: 'NW-1', title: 'Totals differ' },
      fits: null,
    },
  ],
  perhaps: 4,
  hours: { low: 2, high: 4 },
  money: { low: 300, high: 600 },
  measured: false,
  ...over,
});

export const sampleView = (over: Partial<SampleView> = {}): SampleView => ({
  tied: 41,
  looked_at: 0,
  right: 0,
  rows: [1, 2].map((n) => ({
    ticket: { kind: 'ticket', id: `helpdesk:NW-1${n}`, display_id: `NW-1${n}`, title: `Totals ${n}` },
    other: { kind: 'known_error', id: 'kb:KE-1', display_id: 'KE-1', title: 'Rounding' },
    fits: null,
  })),
  ...over,
});

export const reasonsLeft = (over: Partial<ReasonsLeft> = {}): ReasonsLeft => ({
  of: 41,
  left: 30,
  rows: [
    { proposed: 'cannot_reproduce', quotes: ['we cannot reproduce it'] },
    { proposed: null, quotes: [] },
  ].map((one, n) => ({ ticket: { kind: 'ticket', id: `helpdesk:NW-2${n + 1}`, display_id: `NW-2${n + 1}`, title: `Totals ${n}` }, raised_at: 1, ...one })),
  ...over,
});

export const tiersView = (over: Partial<TiersView> = {}): TiersView => ({
  groups: [
    { name: 'Desk', tier: 'l1', said: false, tickets: 120 },
    { name: 'Platform', tier: 'l3', said: true, tickets: 8 },
  ],
  agents: [{ name: 'Ann', tier: 'l2', known: true }],
  tags: [],
  issue: true,
  group: true,
  engineer: true,
  words: RULE,
  ...over,
});

export const cohortsView = (over: Partial<CohortsView> = {}): CohortsView => ({
  by: 'product',
  rule: RULE,
  names: ['engineering', 'hours_all'],
  of: 2,
  rows: [
    { value: 'Shop', tickets: 150, figures: [figure({ count: 30, of: 150, value: 0.2 }), figure({ name: 'hours_all', unit: 'hours', value: 20, median: 9, of: 110, count: 110 })] },
    { value: null, tickets: 50, figures: [figure({ count: 20, of: 50, value: 0.4 }), figure({ name: 'hours_all', unit: 'hours', value: null, of: 0, count: 0 })] },
  ],
  ...over,
});

export const hoursView = (over: Partial<HoursView> = {}): HoursView => ({
  days: [true, true, true, true, true, false, false],
  opens: '09:00',
  closes: '17:00',
  zone: 'UTC',
  words: 'Mon–Fri 09:00–17:00 UTC',
  chosen: false,
  ...over,
});
