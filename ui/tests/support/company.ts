/** Replies as the engine gives them, about a small made-up company. Each builder takes what a test wants otherwise. */
import type { HitView, JobView, KnownErrorBanner, KnownErrorView, QueueRow, SearchHit, SearchReply, SeenBefore, SignatureView, SourceDetail, TicketView, WorkspaceStatus, SeverityView } from '../../src/host/bindings';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Wednesday at noon, local time: no test depends on when it runs. */
export const NOON = new Date(2026, 2, 11, 12).getTime();

export const row = (over: Partial<QueueRow> = {}): QueueRow => ({
  id: 'helpdesk:NW-48213',
  display_id: 'NW-48213',
  subject: 'Checkout fails after a coupon is applied',
  status: 'open',
  priority: 'high',
  requester: 'Ines Albrecht',
  account: 'Fjordline',
  product: 'Storefront',
  version: '2.2.0',
  assignee: 'Omar Diallo',
  group: 'Tier 1',
  known_error: false,
  lane: null,
  created_at: NOON - 3 * HOUR,
  updated_at: NOON - 12 * MINUTE,
  ...over,
});

export const hit = (over: Partial<HitView> = {}): HitView => ({
  kind: 'ticket',
  id: 'helpdesk:NW-41877',
  display_id: 'NW-41877',
  source: 'helpdesk',
  url: null,
  title: [
    { text: 'Coupon', hit: true },
    { text: ' of 15 % ends in an error at ', hit: false },
    { text: 'checkout', hit: true },
  ],
  answer: {
    text: 'Switched the shop to rounding per basket under Tax › Rounding. Orders went through at once; the customer keeps the setting until 2.3.1.',
    from: 'resolution',
    author: 'Mei Tanaka',
    role: 'agent',
    at: NOON - 20 * DAY,
  },
  status: 'solved',
  outcome: 'held',
  resolution_class: 'configuration',
  affected_versions: ['2.2.0'],
  fix: { state: 'fixed_later', version: '2.3.1', running: '2.2.0' },
  product: 'Storefront',
  components: ['checkout'],
  created_at: NOON - 22 * DAY,
  solved_at: NOON - 20 * DAY,
  older: false,
  known_error: 'helpdesk:KE-31',
  score: 92.38,
  receipt: [
    { kind: 'signature', field: '', detail: ['7F3K-9Q2M'], points: 40 },
    { kind: 'terms', field: 'title', detail: ['coupon', 'checkout'], points: 27.46 },
    { kind: 'terms', field: 'body', detail: ['rounding', 'basket', 'total'], points: 14.22 },
    { kind: 'component', field: '', detail: ['checkout'], points: 6 },
    { kind: 'recency', field: '', detail: [], points: 2.7 },
    { kind: 'outcome', field: '', detail: [], points: 2 },
  ],
  feedback: null,
  ...over,
});

export const signature = (over: Partial<SignatureView> = {}): SignatureView => ({
  code: '7F3K-9Q2M',
  kind: 'stack_trace',
  language: 'java',
  exception: 'com.northwind.cart.RoundingException',
  message: [
    { text: 'Totals differ by ', mask: null },
    { text: '0.01', mask: 'number' },
    { text: ' for basket ', mask: null },
    { text: '8c1f0e52-77aa-4f0e-9d5b-1b0a2f6f3c11', mask: 'uuid' },
  ],
  frames: [
    { raw: 'at com.northwind.cart.Totals.check(Totals.java:118)', function: 'com.northwind.cart.Totals.check', file: 'Totals.java', line: 118, in_project: true, counted: true },
    { raw: 'at com.northwind.cart.Coupons.apply(Coupons.java:64)', function: 'com.northwind.cart.Coupons.apply', file: 'Coupons.java', line: 64, in_project: true, counted: true },
    { raw: 'at java.base/java.util.Optional.map(Optional.java:260)', function: 'java.util.Optional.map', file: 'Optional.java', line: 260, in_project: false, counted: false },
    { raw: 'at org.spring.Aspect.invoke(Aspect.java:77)', function: 'org.spring.Aspect.invoke', file: 'Aspect.java', line: 77, in_project: false, counted: false },
    { raw: 'at com.northwind.web.CheckoutHandler.post(CheckoutHandler.java:201)', function: 'com.northwind.web.CheckoutHandler.post', file: 'CheckoutHandler.java', line: 201, in_project: true, counted: true },
    { raw: 'at java.base/java.lang.Thread.run(Thread.java:833)', function: 'java.lang.Thread.run', file: 'Thread.java', line: 833, in_project: false, counted: false },
  ],
  tickets: 3,
  file: null,
  ...over,
});

export const banner = (over: Partial<KnownErrorBanner> = {}): KnownErrorBanner => ({
  id: 'helpdesk:KE-31',
  title: 'Coupon rounding differs between basket and order',
  state: 'workaround_available',
  cause: 'The basket rounds per line, the order rounds the sum; a coupon of a percentage makes the two differ by a cent.',
  workaround: ['Open Tax › Rounding in the shop’s settings.', 'Choose rounding per basket.', 'Ask the customer to place the order again.'],
  tried: { worked: 9, tried: 11, low: 0.523, high: 0.949, confirmed_at: null, versions: [], tickets: [] },
  fix: { state: 'fixed_later', version: '2.3.1', running: '2.2.0' },
  fix_versions: ['2.3.1'],
  eta_at: NOON + 9 * DAY,
  eta_by: 'Payments team',
  eta_past: false,
  concepts: [],
  owner: 'Payments team',
  audience: null,
  updated_at: NOON - 2 * DAY,
  because: 'linked',
  feedback: null,
  ...over,
});

/** Seen often: every part of the pane has something to show. */
export const seen = (over: Partial<SeenBefore> = {}): SeenBefore => ({
  question: {
    id: 'helpdesk:NW-48213',
    title: 'Checkout fails after a coupon is applied',
    identifiers: ['RoundingException'],
    phrases: ['totals differ'],
    product: 'Storefront',
    components: ['checkout'],
    versions: ['2.2.0'],
  },
  verdict: {
    kind: 'seen',
    times: 14,
    last_at: NOON - 3 * DAY,
    cases: Array.from({ length: 14 }, (_, i) => `helpdesk:NW-${47990 - i * 71}`),
    fix: { state: 'fixed_later', version: '2.3.1', running: '2.2.0' },
    usually: { class: 'configuration', cases: 9, of: 11, ids: Array.from({ length: 9 }, (_, i) => `helpdesk:NW-${47919 - i * 71}`) },
    told: false,
    measured: { right: 0.741, n: 212, untied: 300, of_untied: 0.12, own: true },
  },
  duplicates: { today: 3, last_24h: 4, last_7d: 7, by_day: [1, 0, 1, 0, 1, 1, 3], tickets: Array.from({ length: 7 }, (_, i) => `helpdesk:NW-${48210 - i}`) },
  known_error: banner(),
  rules: [],
  articles: [],
  ran: [signature()],
  hits: [
    hit(),
    hit({
      id: 'helpdesk:NW-39120',
      display_id: 'NW-39120',
      title: [
        { text: 'Order total is one cent off with a ', hit: false },
        { text: 'coupon', hit: true },
      ],
      answer: { text: 'Recalculated the basket by removing and adding the coupon again; told the customer that 2.3.1 mends it.', from: 'comment', author: 'Omar Diallo', role: 'agent', at: NOON - 61 * DAY },
      outcome: 'reopened',
      resolution_class: 'known_error_workaround',
      fix: null,
      created_at: NOON - 63 * DAY,
      solved_at: NOON - 61 * DAY,
      score: 61.04,
      receipt: [
        { kind: 'terms', field: 'title', detail: ['coupon', 'total'], points: 31.5 },
        { kind: 'terms', field: 'body', detail: ['cent', 'basket'], points: 21.54 },
        { kind: 'component', field: '', detail: ['checkout'], points: 6 },
        { kind: 'recency', field: '', detail: [], points: 2 },
      ],
    }),
    hit({
      kind: 'known_error',
      id: 'helpdesk:KE-31',
      display_id: 'KE-31',
      title: [
        { text: 'Coupon', hit: true },
        { text: ' rounding differs between basket and order', hit: false },
      ],
      answer: { text: '1. Open Tax › Rounding in the shop’s settings.\n2. Choose rounding per basket.', from: 'workaround', author: 'Payments team', role: null, at: NOON - 2 * DAY },
      status: 'workaround_available',
      outcome: 'held',
      resolution_class: null,
      known_error: null,
      solved_at: null,
      created_at: NOON - 80 * DAY,
      score: 55.1,
      receipt: [{ kind: 'terms', field: 'title', detail: ['coupon', 'rounding'], points: 55.1 }],
    }),
    hit({
      id: 'helpdesk:NW-30118',
      display_id: 'NW-30118',
      title: [
        { text: 'Payment page stays empty after ', hit: false },
        { text: 'checkout', hit: true },
      ],
      answer: null,
      outcome: 'unresolved',
      resolution_class: null,
      fix: null,
      known_error: null,
      created_at: NOON - 190 * DAY,
      older: true,
      solved_at: null,
      score: 22.7,
      receipt: [{ kind: 'terms', field: 'title', detail: ['checkout'], points: 22.7 }],
    }),
  ],
  next: null,
  traced: 0,
  searched: 1503,
  ms: 11.6,
  ...over,
});

/** Nothing like it: the emptiest answer there is. */
export const unseen = (over: Partial<SeenBefore> = {}): SeenBefore =>
  seen({
    verdict: { kind: 'new', times: 0, last_at: null, cases: [], fix: null, usually: null, told: false, measured: null },
    duplicates: { today: 0, last_24h: 0, last_7d: 0, by_day: [0, 0, 0, 0, 0, 0, 0], tickets: [] },
    known_error: null,
    ran: [],
    hits: [],
    ...over,
  });

export const ticket = (over: Partial<TicketView> = {}): TicketView => ({
  id: 'helpdesk:NW-48213',
  display_id: 'NW-48213',
  source: 'helpdesk',
  url: 'https://helpdesk.example/tickets/48213',
  subject: 'Checkout fails after a coupon is applied',
  truncated: false,
  body_html:
    '<p>Since this morning customers who enter a coupon of 15 % cannot finish their order. The log says:</p><pre>com.northwind.cart.RoundingException: Totals differ by 0.01 for basket 8c1f0e52-77aa-4f0e-9d5b-1b0a2f6f3c11\n\tat com.northwind.cart.Totals.check(Totals.java:118)\n\tat com.northwind.cart.Coupons.apply(Coupons.java:64)\n\tat java.base/java.util.Optional.map(Optional.java:260)\n\tat com.northwind.web.CheckoutHandler.post(CheckoutHandler.java:201)</pre><p>Orders without a coupon are fine. We lose about 40 orders an hour.</p>',
  status: 'open',
  priority: 'high',
  product: 'Storefront',
  components: ['checkout'],
  affected_versions: ['2.2.0'],
  fix_versions: [],
  environment: 'Cloud, EU region',
  requester: 'Ines Albrecht',
  account: 'Fjordline',
  group: 'Tier 1',
  assignee: 'Omar Diallo',
  tags: ['coupon', 'revenue'],
  created_at: NOON - 3 * HOUR,
  updated_at: NOON - 12 * MINUTE,
  solved_at: null,
  resolution: null,
  resolution_class: null,
  merged_into: null,
  comments_total: 3,
  comments: [
    { id: 'c1', author: 'Omar Diallo', role: 'agent', public: true, at: NOON - 2 * HOUR, body_html: '<p>Thank you, we are looking into it. Does it happen with every coupon?</p>', truncated: false },
    { id: 'c2', author: 'Ines Albrecht', role: 'requester', public: true, at: NOON - 100 * MINUTE, body_html: '<p>Only with those of a percentage.</p>', truncated: false },
    { id: 'c3', author: 'Omar Diallo', role: 'agent', public: false, at: NOON - 90 * MINUTE, body_html: '<p>Looks like the rounding again.</p>', truncated: false },
  ],
  hops: [{ at: NOON - 95 * MINUTE, from_group: 'Front desk', to_group: 'Tier 1', by: 'Ada Nwosu' }],
  attachments: [],
  service: null,
  stays: [],
  links: [{ kind: 'similar_to', id: 'helpdesk:NW-41877', display_id: 'NW-41877', title: 'Coupon of 15 % ends in an error at checkout', origin: 'human', positive: true, outgoing: true }],
  telemetry: [],
  triage: [],
  ...over,
});

export const severity = (over: Partial<SeverityView> = {}): SeverityView => ({
  class: 'medium',
  wide: true,
  fast: false,
  accounts: 5,
  people: 1,
  usual: 0.4,
  rule: { accounts: 5, times: 10, least_usual: 0.5, chosen: false },
  otherwise: [{ priority: 'low', tickets: ['helpdesk:NW-41877'] }],
  ...over,
});

export const knownError = (over: Partial<KnownErrorView> = {}): KnownErrorView => ({
  banner: banner({ because: 'match' }),
  display_id: 'KE-31',
  source: 'helpdesk',
  url: null,
  product: 'Storefront',
  components: ['checkout'],
  affected_versions: ['2.1.0', '2.2.0'],
  tickets: [row(), row({ id: 'helpdesk:NW-41877', display_id: 'NW-41877', status: 'solved' })],
  impact: {
    severity: severity(),
    day: 1,
    week: 3,
    tickets: 14,
    accounts: 5,
    users: 9,
    tier: 'l3',
    versions: ['2.2.0', '2.1.0'],
    weeks: [0, 1, 0, 2, 0, 1, 0, 3, 1, 2, 1, 3],
    escalated: 4,
    cost: { low: 1200, high: 2400 },
    measured: false,
  },
  ...over,
});

export const found = (over: Partial<SearchHit> = {}): SearchHit => ({
  kind: 'ticket',
  id: 'helpdesk:NW-41877',
  display_id: 'NW-41877',
  title: [
    { text: 'Coupon', hit: true },
    { text: ' of 15 % ends in an error at checkout', hit: false },
  ],
  snippet: [{ text: 'The order page says that totals differ.', hit: false }],
  status: 'solved',
  product: 'Storefront',
  version: '2.2.0',
  source: 'helpdesk',
  updated_at: NOON - 20 * DAY,
  tier: 'exact',
  score: 12.1,
  ...over,
});

export const searched = (over: Partial<SearchReply> = {}): SearchReply => {
  const hits = over.hits ?? [found()];
  return { query: 'coupon', total: hits.length, tiers: [{ tier: 'exact', count: hits.length }], ms: 1, hits, next: null, facets: [], not_a_field: null, ...over };
};

/** A source that was imported; with a `url`, one that is asked. */
export const source = (over: Partial<SourceDetail> = {}): SourceDetail => ({
  name: 'ledger',
  kind: over.url ? 'github' : 'files',
  tickets: 0,
  last_ok_at: null,
  url: null,
  options: [],
  reach: null,
  has_token: false,
  writes: [],
  may_write: false,
  stopped: false,
  paused: false,
  signs_in: false,
  asks_token: false,
  not_before: null,
  syncing: false,
  failure: null,
  left_out: { refused: [], skipped: 0, skips: [] },
  ...over,
});

export const status = (over: Partial<WorkspaceStatus> = {}): WorkspaceStatus => ({
  version: '0.1.0',
  home: '/home/omar/.local/share/precedent',
  tickets: 1496,
  comments: 6210,
  known_errors: 7,
  signatures: 212,
  sources: [
    { name: 'helpdesk', kind: 'files', tickets: 1400, last_ok_at: NOON - 2 * MINUTE },
    { name: 'old-tracker', kind: 'files', tickets: 96, last_ok_at: null },
  ],
  data_at: NOON - 2 * MINUTE,
  sample: false,
  index: { state: 'ready', done: 1503, total: 1503, reason: null },
  backups: { written_at: NOON - 20 * 60 * MINUTE, whole_at: NOON - 4 * 24 * 60 * MINUTE, failed: null },
  ...over,
});

export const job = (over: Partial<JobView> = {}): JobView => ({
  id: 1,
  kind: 'import',
  label: '/exports/helpdesk.jsonl.zst',
  cancellable: true,
  unasked: false,
  state: 'running',
  done: 0,
  total: null,
  before: 0,
  started_at: NOON,
  report: null,
  error: null,
  ...over,
});
