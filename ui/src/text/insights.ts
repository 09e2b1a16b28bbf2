/** The words of figures, costs and tiers. */
import type { AvoidableView, BandView, BaselineView, CostBasisView, CostView, FigureView, HandledRuleView, LessView, PartArgs, ReleaseMark, ShiftView, SinceView } from '../host';
import { counted, whole } from './numbers';

const percents = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const NAMES: Record<string, string> = {
  l1_l2: 'First to second tier',
  l2_l3: 'Second to third tier',
  engineering: 'Needed engineering',
  repeat_l3: 'Escalated again',
  avoidable: 'Could have been avoided',
  answer_accuracy: 'Answers that were right',
  link_accuracy: 'Ties that fit',
  independent: 'Solved by support alone',
  reopened: 'Opened again',
  recontact: 'Came again within a week',
  csat: 'Satisfied customers',
  linked: 'Tied to what is known',
  hours_all: 'Time to solve',
  hours_escalated: 'Time to solve, escalated',
  hours_alone: 'Time to solve, support alone',
  bounces: 'Bounces in engineering',
  types_handled: 'Issue types handled',
  deflection: 'Time that suggestions saved',
  known: 'Known when they came',
  found_before: 'Found before customers did',
  acknowledge: 'Until engineering moves',
  question_back: 'Asked back by engineering',
  completeness: 'Complete when handed over',
};

export const figureName = (name: string): string => NAMES[name] ?? name;

/** `12.4 %`, `5.2 h`, `2 d`, `1.3`; a dash where there is nothing to divide by. */
export function amount(unit: FigureView['unit'], value: number | null): string {
  if (value === null) return '–';
  if (unit === 'share') return `${percents.format(value * 100)} %`;
  if (unit === 'count') return Number.isInteger(value) ? whole(value) : percents.format(value);
  return value >= 72 ? `${percents.format(value / 24)} d` : `${percents.format(value)} h`;
}

/** `24,000 – 48,000`; one number where both ends are the same. */
export function band({ low, high }: BandView): string {
  const [from, to] = [whole(Math.round(low)), whole(Math.round(high))];
  return from === to ? from : `${from} – ${to}`;
}

/** Whether a figure is where it should be; `null` without a target. */
export function meets(figure: FigureView): boolean | null {
  if (figure.target === null || figure.value === null) return null;
  if (figure.at_least) return figure.value >= figure.target;
  return figure.unit === 'share' && figure.target > 0 ? figure.value < figure.target : figure.value <= figure.target;
}

export const insights = {
  title: 'Insights',
  close: 'Close the insights',
  go: 'Go to Insights',
  period: 'Tickets that came in within',
  next: 'Figures of another period',
  days: { '30': '30 days', '90': '90 days', '365': 'A year', '0': 'All' },
  empty: 'Nothing to measure yet',
  emptyLead: 'Figures are made of tickets and who had them. Import an export, add a source, or fill the sample workspace.',
  none: 'No ticket came in within this time.',
  longer: 'Show all',

  figures: 'Figures',
  lead: (tickets: number, rule: string) => `Of ${counted(tickets, 'ticket', 'tickets')}. Rule: ${rule}. Measured, none of it of a single person.`,
  of: (figure: FigureView) => (figure.unit === 'share' ? `${whole(figure.count)} of ${whole(figure.of)}` : figure.median === null ? `of ${whole(figure.of)}` : `n = ${whole(figure.of)}`),
  value: (figure: FigureView) => (figure.at_most === null || figure.value === null || figure.at_most === figure.value ? amount(figure.unit, figure.value) : `${amount(figure.unit, figure.value)} – ${amount(figure.unit, figure.at_most)}`),
  atWork: (figure: FigureView) => (figure.at_work ? `at work ${percents.format(figure.at_work.mean)} h, median ${percents.format(figure.at_work.median)} h, p90 ${percents.format(figure.at_work.p90)} h` : ''),
  fell: 'This grew and that fell since the baseline',
  spread: (figure: FigureView) => `median ${amount(figure.unit, figure.median)}, p90 ${amount(figure.unit, figure.p90)}`,
  target: ({ unit, target, at_least }: FigureView): string => {
    if (target === null) return '';
    if (target === 0) return 'target 0';
    if (at_least) return `target at least ${Math.round(target * 100)} %`;
    return unit === 'share' ? `target under ${Math.round(target * 100)} %` : `target at most ${whole(target)}`;
  },
  met: 'Met',
  missed: 'Missed',
  before: (figure: FigureView) => `baseline ${amount(figure.unit, figure.before)}`,
  pair: 'With',

  explain: (name: string) => `${figureName(name)}: formula and tickets`,
  formula: 'Formula',
  base: 'Base',
  rule: 'Rule',
  sql: 'The same as SQL',
  sqlSays: (count: number, of: number) => `Run on the database just now: ${whole(count)} of ${whole(of)}.`,
  sqlDiffers: 'It counts otherwise than the figure: something changed in between. Look again.',
  counted: 'Counted',
  all: 'All of its base',
  rows: 'Behind the number',
  shown: (total: number, shown: number, packages = false) => {
    const all = packages ? counted(total, 'package', 'packages') : counted(total, 'ticket', 'tickets');
    return total > shown ? `The newest ${whole(shown)} of ${all}` : all;
  },
  complete: (filled: number, needed: number) => `${whole(filled)} of ${whole(needed)} facts`,
  hide: 'Hide',

  behind: (what: string, n: number) => `${what}: ${counted(n, 'ticket', 'tickets')}, open them`,
  funnel: 'Through the tiers',
  funnelLead: 'How many tickets each tier had. One that goes straight to engineering never enters the second.',
  tier: { l1: 'First tier', l2: 'Second tier', l3: 'Third tier' },
  tickets: 'Tickets',
  share: 'Of all',
  thirdCost: (third: string, { measured }: CostView) => `What the third tier had cost ${third} (${measured > 0 ? 'measured' : 'assumed'} hours).`,
  trend: 'Month by month',
  trendLead: 'Of the tickets that came in then: how many needed engineering, and how many support solved alone.',
  month: 'Month',
  escalated: 'Needed engineering',
  alone: 'Support alone',
  solved: 'Solved',
  table: 'As a table',
  goal: (goal: number, base: string) => `goal below ${whole(Math.round(goal * 100))} % of ${base}`,
  ofAll: 'of',
  partOf: (part: number, of: number) => `${whole(part)} of ${whole(of)}`,

  cohorts: {
    title: 'Side by side',
    lead: 'The same figures of tickets that have something in common. Each number opens its formula and its tickets.',
    by: 'Told apart by',
    names: { product: 'Product', month: 'Month', tier: 'Highest tier', version: 'Version', escalated: 'Escalated', used: 'Answer used', reopened: 'Reopened' },
    tickets: 'Tickets',
    more: (shown: number, of: number) => `${whole(shown)} of ${whole(of)} are shown.`,
    of: (by: PartArgs['by'], value: string | null) => {
      if (value === null) return by === 'product' ? 'Without a product' : 'Without a version';
      if (by === 'month') return month(Date.parse(`${value}-01T00:00:00Z`));
      return VALUES[by]?.[value] ?? value;
    },
    cell: (figure: FigureView) => (figure.unit === 'hours' ? amount('hours', figure.median) : amount(figure.unit, figure.value)),
    head: (name: string) => (name === 'hours_all' ? 'Time to solve, median' : figureName(name)),
    open: (name: string, value: string) => `${figureName(name)} of ${value}: formula and tickets`,
  },
  hours: {
    title: 'Hours at work',
    lead: 'When support is there. Times are shown on the calendar and in these hours; holidays are not known.',
    days: 'Days',
    names: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    opens: 'From',
    closes: 'Until',
    zone: 'Time zone',
    zoneHint: 'As in Europe/Berlin',
    now: (words: string, chosen: boolean) => (chosen ? `${words}.` : `${words}, until you say otherwise.`),
    save: 'Count with these hours',
    saved: 'Counted in these hours from now on',
    label: 'Hours at work',
  },
  shift: (of: ShiftView): string =>
    `The second tier becomes what the third was: ${amount('share', share(of.passed, of.entered))} went on to engineering (${amount('share', share(of.passed_before, of.entered_before))} before), and tickets lay ${amount('hours', of.hours)} with the second tier within a week (${amount('hours', of.hours_before)} before). Of ${whole(of.entered)} tickets, and ${whole(of.entered_before)} before.`,
  released: (mark: ReleaseMark): string => `${mark.version}${mark.environment === null ? '' : ` on ${mark.environment}`}, ${day(mark.at)}`,
  releases: 'Releases',
  reasons: {
    title: 'Why cases were handed over',
    lead: 'Each package has one reason, and each earlier ticket of which somebody said it. What comes most often stands first, with the share of all up to it.',
    none: 'Nothing was handed over within this time.',
    reason: 'Reason',
    cases: 'Cases',
    upTo: 'Up to here',
    open: (n: number) => counted(n, 'case', 'cases'),
    earlier: (n: number) => `${counted(n, 'ticket', 'tickets')} without a package`,
    behind: (reason: string) => `Escalated without a package: ${reason}`,
    number: (id: number) => `No. ${id}`,
    missing: (facts: string[]) => `Missing most: ${facts.slice(0, 5).join(', ')}`,
  },
  stages: {
    title: 'Where the time of escalated tickets went',
    lead: (tickets: number) => `From report to solution, of ${counted(tickets, 'ticket', 'tickets')} that engineering had and that are solved. The stages are the whole time; a moment that is not known of a ticket leaves its time to the next.`,
    none: 'No escalated ticket of this time is solved yet.',
    until: 'Up to',
    names: { acknowledged: 'Acknowledged by engineering', diagnosed: 'Diagnosed: engineering answered', fixed: 'Fixed in the code', released: 'Fix released', told: 'Customer told: the ticket was solved' },
    share: 'Of the time',
    median: 'Median',
    p90: 'p90',
    known: 'Known of',
    longest: (name: string, share: number) => `Longest: ${name.toLowerCase()}, ${amount('share', share)} of the time.`,
    missing: (names: string[]) => `Not known of any ticket: ${names.map((name) => name.toLowerCase()).join(', ')}.`,
    open: (n: number, name: string) => `${counted(n, 'ticket', 'tickets')} up to “${name.toLowerCase()}”, where it took longest first`,
  },
  arrivals: {
    title: 'When tickets come in',
    lead: (hours: string) => `Days of the week against hours of the day, on the clock of ${hours.split(' ').at(-1) ?? ''}.`,
    day: 'Day',
    sum: 'All',
    cell: (day: string, hour: number, count: number) => `${day}, ${hour}:00 to ${hour + 1}:00: ${counted(count, 'ticket', 'tickets')}`,
    label: (days: { name: string; sum: number }[]) => days.map(({ name, sum }) => `${name} ${whole(sum)}`).join(', '),
  },
  able: {
    title: 'Which tier can solve what',
    lead: 'Errors and known errors of which several tickets were solved, by the highest tier that each needed. What is worth moving down a tier most stands first.',
    none: 'No error was solved more than once within this time.',
    type: 'Error or known error',
    lowest: { l2: 'never by the first tier', l3: 'only by engineering' },
    open: (n: number, tier: string, title: string) => `${counted(n, 'ticket', 'tickets')} solved by the ${tier.toLowerCase()}: ${title}`,
    behind: (tier: string, title: string) => `${title}, solved by the ${tier.toLowerCase()}`,
    handled: 'handled by support',
    count: (figure: FigureView) => `Support handles ${whole(figure.count)} of ${counted(figure.of, 'error', 'errors')}`,
    rule: ({ tickets, days, chosen }: HandledRuleView) => `: it alone solved ${counted(tickets, 'ticket', 'tickets')} or more within the last ${counted(days, 'day', 'days')} of the period, none of the error open again${chosen ? '' : ', as shipped'}.`,
    least: 'Tickets, at least',
    within: 'Within so many days',
    amiss: 'A whole number from 1 on',
    save: 'Count with these',
    kept: ({ tickets, days }: HandledRuleView) => `From now on support handles an error from ${counted(tickets, 'ticket', 'tickets')} within ${counted(days, 'day', 'days')} on`,
  },
  avoidable: {
    title: 'Avoidable escalations',
    lead: 'Escalations that had an answer in the base when they were raised: each asked again as of that moment, with what existed then.',
    never: 'Nobody has looked yet: the exam does, with everything else that it asks.',
    look: 'Take the exam',
    said: ({ avoidable, asked, always, of }: AvoidableView): string => {
      const asked_ = asked + always >= of ? counted(asked, 'escalation', 'escalations') : `the newest ${whole(asked)} of ${whole(of)} escalations`;
      return avoidable === 0 ? `Of ${asked_}, none had one.` : `${whole(avoidable)} of ${asked_} (${amount('share', avoidable / asked)}).`;
    },
    cost: ({ hours, money, measured }: AvoidableView) => `${band(hours)} engineering hours, ${band(money)} in money (${measured ? 'measured' : 'assumed'} hours).`,
    perhaps: (n: number) => `${counted(n, 'other was', 'others were')} perhaps answered: not counted.`,
    nothing: 'No ticket counts as escalated yet, by the rule.',
    ofAsked: ({ value, count, of }: FigureView) => `Avoidable: ${amount('share', value)}, ${whole(count)} of ${whole(of)} that the exam asked`,
    notAsked: 'Whether they were avoidable the exam has not asked yet.',
    answered: 'Answered by',
    by: { group: 'handed to engineering', engineer: 'an engineer wrote', issue: 'led to an issue' } as Record<string, string>,
  },
  bursts: {
    title: 'More than usual',
    lead: 'Errors and known errors that more people reported within a day than chance would bring.',
    none: 'Nothing comes more often than usual.',
    line: (reporters: number, usual: number) => `${counted(reporters, 'person', 'people')} within a day, ${percents.format(usual)} on a usual one`,
    after: (marks: string[]) => `Shortly after ${marks.join(', ')}`,
  },
  only: {
    title: 'Only engineering solved these',
    lead: 'Every ticket of the error was solved by engineering: what support could be taught, most tickets first.',
    none: 'None: support has solved each error at least once, or it came up once.',
    cost: (cost: BandView) => `cost ${band(cost)} so far`,
  },
  cost: {
    title: 'What escalations cost',
    lead: 'Escalations × hours × rate. Always a band, and hours are assumed until enough were logged.',
    now: ({ escalations, monthly, yearly }: CostView) => `${percents.format(escalations)} escalations a month: ${band(monthly)} a month, ${band(yearly)} a year.`,
    each: ({ each }: CostView) => `${band(each)} each`,
    assumed: (needed: number) => `Hours assumed: from ${whole(needed)} logged efforts on, their median counts.`,
    measured: (n: number) => `Hours measured (n = ${whole(n)}).`,
    example: ({ example_monthly, example_yearly }: CostView) => `The article's example by the same formula: 200 tickets a month, 40 % escalated, 2 to 4 hours at 150: ${band(example_monthly)} a month, ${band(example_yearly)} a year.`,
    low: 'Hours, at least',
    high: 'Hours, at most',
    rate: 'Rate an hour',
    refocus: 'Minutes to refocus',
    refocusHint: '0 does not count them. 23 is often quoted, and over-generalised.',
    amiss: 'A number from 0 on',
    by: 'Who says so',
    source: 'From what',
    sourceExample: 'payroll, a time study',
    basis: ({ at, by, source }: CostBasisView) => (at === null ? 'As shipped: the article’s example' : [`Set ${day(at)}`, by === '' ? '' : `by ${by}`, source === '' ? '' : `from ${source}`].filter((part) => part !== '').join(' ')),
    instead: (n: number) => `Measured instead (n = ${whole(n)})`,
    save: 'Count with these',
    saved: 'Counted with these from now on',
  },
  tiers: {
    title: 'Tiers',
    lead: 'Which group is which tier. Its name lets guess until you say so; every figure is counted anew.',
    none: 'No ticket has a group yet.',
    guessed: 'guessed from its name',
    held: (n: number) => counted(n, 'ticket', 'tickets'),
    of: (name: string) => `Tier of ${name}`,
    names: { l1: 'First', l2: 'Second', l3: 'Third' },
    kinds: { agents: 'Agent', tags: 'Tag' },
    kind: 'Agent or tag',
    name: { agents: 'Name, as the helpdesk writes it', tags: 'Tag, as the helpdesk writes it' },
    tier: 'Tier',
    marks: 'Where groups say too little: an agent’s tickets, or those with a tag. A tag goes before an agent, and both before the group.',
    say: 'Say the tier',
    unknown: 'no ticket has it',
    forget: (name: string) => `Say nothing of ${name}`,
    rule: 'A ticket is one of engineering’s when',
    parts: { issue: 'it is linked to a repository issue', group: 'a group, an agent or a tag of the third tier had it', engineer: 'an engineer wrote in it' },
  },
  baseline: {
    title: 'Baseline and report',
    lead: 'Freeze the figures before you change something: no later sync or rule changes what was frozen.',
    none: 'None is frozen yet.',
    is: (of: BaselineView) => `Of ${day(of.from)} to ${day(of.until)}, frozen on ${day(of.frozen_at)}. Rule then: ${of.rule}.`,
    changed: 'The rule or the tiers are others by now: what differs is not only how the team does.',
    freeze: 'Freeze this period',
    replace: 'Freeze another period',
    ask: (of: BaselineView) => `Everything is compared with the baseline of ${day(of.frozen_at)}. Another one takes its place only here and now; what was frozen comes back with Undo, or from the history.`,
    instead: 'Freeze this period in its place',
    leave: 'Leave it as it is',
    done: 'The baseline is frozen',
  },
  since: {
    lead: 'How much less than at the baseline.',
    figure: 'Figure',
    then: 'Then',
    now: 'Now',
    change: 'Change',
    by: (less: number) => (Math.abs(less) < 0.0005 ? 'the same' : `${percents.format(Math.abs(less) * 100)} % ${less > 0 ? 'less' : 'more'}`),
    sure: (of: SinceView) => `How sure the change of the time to solve is: both sides drawn again ${whole(of.redraws)} times from their own tickets, and what 19 of 20 redraws lie between.`,
    measures: { median: 'Median', p90: 'p90', mean: 'Mean' },
    measure: 'Time to solve',
    between: '19 of 20 between',
    side: (value: number | null, n: number) => `${amount('hours', value)}, n = ${whole(n)}`,
    ends: (of: LessView, least: number): string => {
      if (of.low === null || of.high === null) return `fewer than ${whole(least)} on a side`;
      return `${insights.since.by(of.low)} and ${insights.since.by(of.high)}`;
    },
    overlaps: 'The periods overlap: some tickets may be on both sides, and the change is then told smaller than it is.',
    unsure: 'It was frozen before single times were kept: how sure the change is can be told of the next one that is frozen.',
    goals: 'goal: 40 to 60 % fewer escalations, 30 to 50 % less time',
    reference: (share: number) => `${Math.round(share * 100)} % fewer is what Zuora is said to have reached: a vendor’s word, not checked`,
    drawn: (less: number, from: number, until: number, reference: number | null): string =>
      [`${insights.since.by(less)} than at the baseline`, `goal ${Math.round(from * 100)} to ${Math.round(until * 100)} % less`, reference === null ? '' : insights.since.reference(reference)].filter((part) => part !== '').join(', '),
  },
  report: {
    markdown: 'Copy as Markdown',
    csv: 'Copy as CSV',
    html: 'Copy as a web page',
    copied: (name: string) => `Copied what would be ${name}`,
    save: { markdown: 'Save as Markdown', csv: 'Save as CSV', html: 'Save as a web page' },
    saved: (where: string) => `Saved as ${where}`,
    downloaded: (name: string) => `${name} lies where your browser puts downloads`,
    folder: 'Folder for the report',
    folderHint: 'Where downloads go, where none is named. The web page is whole in itself: printed from a browser it is a PDF.',
    pageHint: 'The web page is whole in itself: printed from a browser it is a PDF.',
  },
};

/** Values that are words of the program, as people say them. */
const VALUES: Partial<Record<PartArgs['by'], Record<string, string>>> = {
  tier: { l1: 'First tier', l2: 'Second tier', l3: 'Third tier' },
  escalated: { yes: 'Engineering had it', no: 'Support alone' },
  used: { yes: 'An answer was used', no: 'None was used' },
  reopened: { yes: 'Open again', no: 'Not opened again' },
};
const share = (part: number, of: number): number | null => (of > 0 ? part / of : null);
const days = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const months = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' });

export const day = (at: number): string => days.format(at);
export const month = (at: number): string => months.format(at);
