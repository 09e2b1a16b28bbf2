// What support measures itself by: figures with their bases, opened down to the ticket.
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { actions, possible } from '../../src/actions';
import type { FigureView, TiersArgs } from '../../src/host';
import type { FakeHost } from '../support/host';
import { avoidable, cohortsView, figure, hoursView, insightsView, reasonsLeft, sampleView, tiersView } from '../support/insights';
import { fullHost, openWindow, press, settle } from '../support/window';

let host: FakeHost;
beforeEach(() => (host = fullHost()));

const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
const group = (name: string | RegExp) => screen.getByRole('region', { name });
const focused = () => (document.activeElement as HTMLElement | null)?.dataset.focus;

async function insights(width = 1440) {
  const window = await openWindow(host, width);
  await press('g', 'i');
  return window;
}

test('every figure is shown with its base and its target, and what has no base has no value', async () => {
  await insights();
  expect(focused()).toBe('insights');
  const tile = (name: RegExp) => words(within(group('Figures')).getByRole('button', { name }));
  expect(tile(/^Needed engineering/)).toBe('Needed engineering 25.0 % 50 of 200 all tickets target under 20 %');
  const target = within(group('Figures')).getByRole('button', { name: /^Needed engineering/ }).querySelector('.target');
  expect(target?.querySelector('svg')?.getAttribute('aria-label')).toBe('Missed');
  expect(tile(/^First to second tier/)).toContain('baseline 31.0 %');
  expect(tile(/^Time to solve/)).toContain('30.5 h n = 150 all tickets median 12.0 h, p90 4.0 d at work 8.5 h, median 4.0 h, p90 28.0 h');
  expect(tile(/^Escalated again/)).toContain('– 0 of 0');
  expect(words(group('Figures'))).toContain("Rule: escalated to engineering: a linked repository issue");
});

test('a quality that fell while its figure grew is marked, whichever way is worse for it', async () => {
  const of = (pair: Partial<FigureView>) => () =>
    insightsView({ figures: [figure({ name: 'deflection', with: ['csat'], value: 0.5, before: 0.4 }), figure({ name: 'csat', value: 0.7, before: 0.8, at_least: true, ...pair })] });
  const marked = () => within(group('Figures')).queryAllByLabelText('This grew and that fell since the baseline').length;
  host.answers.insights_get = of({});
  await insights();
  expect(marked()).toBe(1);
  host.answers.insights_get = of({ value: 0.9 });
  await press('h', 'd');
  expect(marked()).toBe(0);
});

test('how much support solves alone is never shown without how much of it came back', async () => {
  await insights();
  expect(words(within(group('Figures')).getByRole('button', { name: /^Solved by support alone/ }))).toContain('Opened again 4.0 %');
});

test('a figure opens its formula, its SQL and its tickets, and one step back returns to it', async () => {
  await insights();
  within(group('Figures')).getByRole('button', { name: /^Needed engineering/ }).click();
  await settle();
  expect(focused()).toBe('figure');
  const panel = group(/formula and tickets$/);
  expect(words(panel)).toContain('by the rule ÷ all tickets');
  expect(words(panel)).toContain('Run on the database just now: 50 of 200.');
  expect(words(panel)).toContain('The newest 3 of 50 tickets');
  within(panel).getByRole('radio', { name: 'All of its base' }).click();
  await settle();
  expect(words(group(/formula and tickets$/))).toContain('The newest 3 of 200 tickets');
  await press('Escape');
  expect(screen.queryByRole('region', { name: /formula and tickets$/ })).toBeNull();
  expect(focused()).toBe('figure:engineering');
});

test('an avoidable escalation says what it cost and opens the answer that was there', async () => {
  await insights();
  const region = group('Avoidable escalations');
  expect(words(region)).toContain('1 of 50 escalations (2.0 %). 2 – 4 engineering hours, 300 – 600 in money (assumed hours).');
  expect(words(region)).toContain('4 others were perhaps answered: not counted.');
  within(region).getByRole('button', { name: /NW-1 / }).click();
  await settle();
  expect(host.calls.some(({ name, args }) => name === 'ticket_get' && (args as { id: string }).id === 'helpdesk:NW-1')).toBe(true);
});

test('where nobody looked for avoidable escalations, the exam is offered', async () => {
  host.answers.avoidable_get = () => avoidable({ at: null, asked: 0, avoidable: 0, of: 0, rows: [], perhaps: 0 });
  await insights();
  expect(within(group('Avoidable escalations')).getByRole('button', { name: 'Take the exam' })).toBeTruthy();
});

test('a group is given another tier, what was said of others stays, and everything is counted anew', async () => {
  let said: TiersArgs | null = null;
  host.answers.tiers_set = (args) => {
    said = args;
    return host.answers.tiers_get!({});
  };
  await insights();
  const choice = within(group('Tiers')).getByRole('radiogroup', { name: 'Tier of Desk' });
  within(choice).getByRole('radio', { name: 'Second' }).click();
  await settle();
  expect(said).toEqual({ groups: [{ name: 'Platform', tier: 'l3' }, { name: 'Desk', tier: 'l2' }], agents: [{ name: 'Ann', tier: 'l2' }], tags: [], issue: true, group: true, engineer: true });
  expect(host.calls.filter(({ name }) => name === 'insights_get').length).toBeGreaterThan(1);
});

test('an agent or a tag is given a tier, and nothing is said of it any more', async () => {
  const said: TiersArgs[] = [];
  host.answers.tiers_set = (args) => {
    said.push(args);
    return tiersView({ agents: [], tags: [{ name: 'dev', tier: 'l3', known: false }] });
  };
  await insights();
  const region = within(group('Tiers'));
  expect(words(group('Tiers'))).toContain('Agent');
  region.getByRole('radio', { name: 'Tag' }).click();
  await settle();
  await fireEvent.input(region.getByRole('textbox', { name: 'Tag, as the helpdesk writes it' }), { target: { value: ' dev ' } });
  region.getByRole('button', { name: 'Say the tier' }).click();
  await settle();
  expect(said.at(-1)).toMatchObject({ agents: [{ name: 'Ann', tier: 'l2' }], tags: [{ name: 'dev', tier: 'l3' }] });
  region.getByRole('button', { name: 'Say nothing of Ann' }).click();
  await settle();
  expect(said.at(-1)?.agents).toEqual([]);
});

test('the report, the baseline and the period are in the palette while figures are shown', async () => {
  const { app } = await insights();
  host.answers.insights_report = ({ format }) => ({ name: `report.${format}`, text: `as ${format}` });
  const run = (id: string) => actions.find((action) => action.id === id)!;
  expect(possible(run('report-html'), app)).toBe(true);
  void run('report-html').run(app);
  await settle();
  expect(host.asked('insights_report')).toEqual([{ format: 'html', period: { days: 90 } }]);
  void run('next-period').run(app);
  await settle();
  expect(host.asked('insights_get').at(-1)).toMatchObject({ days: 365 });
  void run('freeze').run(app);
  await settle();
  expect(host.asked('baseline_freeze')).toEqual([{ period: { days: 365 }, replace: insightsView().baseline !== null }]);
  app.go('seen');
  expect(possible(run('freeze'), app)).toBe(false);
});

test('a period without tickets says so and shows all', async () => {
  host.answers.insights_get = ({ days }) => insightsView(days === 0 ? {} : { tickets: 0, figures: [], months: [] });
  await insights();
  screen.getByRole('button', { name: 'Show all' }).click();
  await settle();
  expect(group('Figures')).toBeTruthy();
});

test('costs are assumed until they are measured, and say so', async () => {
  await insights();
  const region = group('What escalations cost');
  expect(words(region)).toContain('16.7 escalations a month: 5,010 – 10,020 a month, 60,120 – 120,240 a year.');
  expect(words(region)).toContain('Hours assumed: from 20 logged efforts on, their median counts.');
  expect(words(region)).toContain('24,000 – 48,000 a month, 288,000 – 576,000 a year.');
});

test('a figure of saved time is a band, and quality that fell while it grew is marked', async () => {
  const view = insightsView();
  const saved = { ...view.figures[0]!, name: 'deflection', unit: 'hours' as const, target: null, value: 30, at_most: 65, count: 4, of: 6, before: 12, with: ['reopened'] };
  host.answers.insights_get = () => insightsView({ figures: [saved, { ...view.figures[3]!, before: 0.02 }] });
  await insights();
  const tile = within(group('Figures')).getByRole('button', { name: /^Time that suggestions saved/ });
  expect(words(tile)).toContain('30.0 h – 65.0 h');
  expect(words(tile)).toContain('Opened again 4.0 %');
  expect(within(tile).getByLabelText('This grew and that fell since the baseline')).toBeTruthy();
});

test('cohorts stand side by side, and a number of one opens its own tickets', async () => {
  await insights();
  const region = group('Side by side');
  expect(words(region)).toContain('Without a product5040.0 %–');
  within(region).getByRole('button', { name: /^20.0 %. Needed engineering of Shop/ }).click();
  await settle();
  expect(host.calls.filter(({ name }) => name === 'figure_explain').at(-1)?.args).toMatchObject({ name: 'engineering', period: { part: { by: 'product', value: 'Shop' } } });
  expect(words(group(/formula and tickets$/))).toContain('Needed engineering, Shop');
  await press('Escape');
  expect(focused()).toBe('cohort:engineering:Shop');
  host.answers.cohorts_get = () => cohortsView({ by: 'used', rows: [{ ...cohortsView().rows[0]!, value: 'yes' }] });
  within(group('Side by side')).getByRole('radio', { name: 'Answer used' }).click();
  await settle();
  expect(words(group('Side by side'))).toContain('An answer was used150');
  within(group('Side by side')).getByRole('radio', { name: 'Month' }).click();
  await settle();
  expect(host.calls.filter(({ name }) => name === 'cohorts_get').at(-1)?.args).toMatchObject({ by: 'month' });
});

test('hours at work are those of nine to five until somebody says otherwise', async () => {
  let said: unknown = null;
  host.answers.hours_set = (args) => {
    said = args;
    return hoursView({ chosen: true });
  };
  await insights();
  const region = group('Hours at work');
  expect(words(region)).toContain('Mon–Fri 09:00–17:00 UTC, until you say otherwise.');
  within(region).getByRole('checkbox', { name: 'Saturday' }).click();
  await settle();
  within(region).getByRole('button', { name: 'Count with these hours' }).click();
  await settle();
  expect(said).toEqual({ days: [true, true, true, true, true, true, false], opens: '09:00', closes: '17:00', zone: 'UTC' });
});

test('reasons are told with the share up to each, what was missing, and their packages', async () => {
  host.answers.insights_get = () =>
    insightsView({
      reasons: [
        { reason: 'missing_context', count: 6, escalations: [3, 2], tickets: [], missing: [{ fact: 'version', count: 4 }] },
        { reason: 'no_access', count: 3, escalations: [5], tickets: ['helpdesk:NW-8', 'helpdesk:NW-9'], missing: [] },
      ],
    });
  await insights();
  const region = group('Why cases were handed over');
  expect(words(region)).toContain('66.7 %');
  expect(words(region)).toContain('Missing most: version (4)');
  within(region).getByRole('button', { name: /: 3 cases$/ }).click();
  await settle();
  within(group('Why cases were handed over')).getByRole('button', { name: 'No. 5' }).click();
  await settle();
  expect(host.calls.filter(({ name }) => name === 'escalation_get').at(-1)?.args).toEqual({ id: 5 });
  await insights();
  within(group('Why cases were handed over')).getByRole('button', { name: /: 3 cases$/ }).click();
  await settle();
  within(group('Why cases were handed over')).getByRole('button', { name: '2 tickets without a package' }).click();
  await settle();
  expect(host.calls.some(({ name, args }) => name === 'cases_list' && JSON.stringify(args).includes('NW-9'))).toBe(true);
});

test('an earlier case has the reason that its text speaks for once somebody confirms it, and the rows stay until more are asked for', async () => {
  const said: unknown[] = [];
  host.answers.reason_set = (args) => {
    said.push(args);
    return { ticket: args.ticket, before: null, after: args.reason };
  };
  await insights();
  await press('h', 'o');
  expect(focused()).toBe('reasons');
  const region = () => within(group('Why earlier cases were escalated'));
  expect(words(group('Why earlier cases were escalated'))).toContain('30 of 41 have none yet.');
  expect(words(group('Why earlier cases were escalated'))).toContain('“we cannot reproduce it”');
  const choice = region().getByRole<HTMLSelectElement>('combobox', { name: 'Why NW-21 was escalated' });
  expect(choice.selectedOptions[0]?.textContent).toBe('Cannot reproduce it (proposed)');
  expect(region().getByRole<HTMLButtonElement>('button', { name: /^Confirm of NW-22/ }).disabled).toBe(true);
  region().getByRole('button', { name: 'Confirm of NW-21: Cannot reproduce it' }).click();
  await settle();
  // Whatever the engine would propose now: what is shown stays.
  host.answers.reasons_get = () => reasonsLeft({ left: 29, rows: [] });
  await fireEvent.change(region().getByRole('combobox', { name: 'Why NW-22 was escalated' }), { target: { value: 'no_access' } });
  region().getByRole('button', { name: 'Confirm of NW-22: No access' }).click();
  await settle();
  expect(words(group('Why earlier cases were escalated'))).toContain('29 of 41 have none yet.');
  region().getByRole('button', { name: 'Take back of NW-21: Cannot reproduce it' }).click();
  await settle();
  expect(said).toEqual([
    { ticket: 'helpdesk:NW-21', reason: 'cannot_reproduce' },
    { ticket: 'helpdesk:NW-22', reason: 'no_access' },
    { ticket: 'helpdesk:NW-21', reason: null },
  ]);
  expect(region().queryByRole('button', { name: 'Twenty more' })).toBeNull();
  await press('z');
  expect(said.at(-1)).toEqual({ ticket: 'helpdesk:NW-21', reason: 'cannot_reproduce' });
  region().getByRole('button', { name: 'Twenty more' }).click();
  await settle();
  expect(region().queryAllByRole('combobox')).toHaveLength(0);
});

test('what each tier solved opens its tickets, and a shift to the second tier is told above the figures', async () => {
  host.answers.insights_get = () =>
    insightsView({
      capabilities: [{ title: 'SocketTimeout', name: 'signature:ABCD', always: false, handled: false, lowest: 'l3', l1: [], l2: [], l3: ['helpdesk:NW-1', 'helpdesk:NW-2'] }],
      shift: { alarm: true, entered_before: 40, entered: 50, passed_before: 20, passed: 10, hours_before: 4, hours: 9 },
    });
  await insights();
  expect(words(screen.getByRole('alert'))).toContain('20.0 % went on to engineering (50.0 % before), and tickets lay 9.0 h');
  within(group('Which tier can solve what')).getByRole('button', { name: '2 tickets solved by the third tier: SocketTimeout' }).click();
  await settle();
  expect(host.calls.some(({ name, args }) => name === 'cases_list' && JSON.stringify(args).includes('NW-2'))).toBe(true);
});

test('each hour of the week is reached by the arrows and told in words', async () => {
  const arrivals = Array.from({ length: 7 }, () => Array<number>(24).fill(0));
  (arrivals[1] as number[])[2] = 3;
  host.answers.insights_get = () => ({ ...insightsView(), arrivals });
  await insights();
  const map = within(group('When tickets come in')).getByRole('img');
  map.focus();
  await settle();
  const told = () => document.getElementById('arrivals-told')?.textContent;
  expect(told()).toContain('Monday, 0:00');
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) map.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  await settle();
  expect(told()).toBe('Tuesday, 2:00 to 3:00: 3 tickets');
  // It ends where the week does.
  for (let n = 0; n < 9; n += 1) map.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
  await settle();
  expect(told()).toContain('Monday, 2:00');
});

test('what came of it since the baseline stands beside the goals, and nothing does without one', async () => {
  await insights();
  expect(screen.queryByText('How much less than at the baseline.')).toBeNull();
  const [first] = insightsView().figures;
  const frozen = { frozen_at: Date.parse('2026-01-05T00:00:00Z'), from: 0, until: 1, rule: 'a rule', rule_changed: false };
  host.answers.insights_get = () =>
    insightsView({ baseline: frozen, figures: [{ ...first!, name: 'engineering', value: 0.2, before: 0.4 }, { ...first!, name: 'hours_all', unit: 'hours', value: 11, before: 10 }] });
  await press('g', 's');
  await press('g', 'i');
  const region = within(group('Baseline and report'));
  const rows = region.getAllByRole('row').map(words);
  expect(rows.slice(1)).toEqual(['Needed engineering40.0 %20.0 %50.0 % less', 'Time to solve10.0 h11.0 h10.0 % more']);
  expect(region.getByRole('img', { name: /^50.0 % less than at the baseline, goal 40 to 60 % less, 60 % fewer is what Zuora/ })).toBeTruthy();
});

test('an error is marked as one that always needs engineering, listed, and marked no longer', async () => {
  const said: unknown[] = [];
  host.answers.always_set = (args) => {
    said.push(args);
    return { name: args.name, before: !args.always, after: args.always };
  };
  host.answers.insights_get = () =>
    insightsView({
      capabilities: [{ title: 'Rounding', name: 'known_error:kb:KE-1', always: false, handled: false, lowest: 'l3', l1: [], l2: [], l3: ['helpdesk:NW-1'] }],
      engineer_only: [{ title: 'SocketTimeout', name: 'signature:ABCD', always: true, tickets: ['helpdesk:NW-2'], cost: { low: 300, high: 600 } }],
    });
  await insights();
  within(group('Which tier can solve what')).getByRole('checkbox', { name: 'Always needs engineering: Rounding' }).click();
  await settle();
  const box = within(group('Only engineering solved these')).getByRole<HTMLInputElement>('checkbox', { name: 'Always needs engineering: SocketTimeout' });
  expect(box.checked).toBe(true);
  within(group('Always needs engineering')).getByRole('button', { name: 'Mark it no longer: SocketTimeout' }).click();
  await settle();
  expect(said).toEqual([
    { name: 'known_error:kb:KE-1', always: true },
    { name: 'signature:ABCD', always: false },
  ]);
  await press('z');
  expect(said.at(-1)).toEqual({ name: 'signature:ABCD', always: true });
});

test('a sample is looked at without a row moving, a second press takes it back, and the next twenty come when asked for', async () => {
  const said: unknown[] = [];
  host.answers.look_set = (args) => {
    said.push(args.fits);
    return { kind: args.kind, ticket: args.ticket, other: args.other, before: null, after: args.fits };
  };
  const { app } = await insights();
  void actions.find((action) => action.id === 'sample-ties')!.run(app);
  await settle();
  expect(focused()).toBe('sample');
  const region = () => within(group('Do ties fit?'));
  const say = async (ticket: string, name: string) => {
    within(region().getByRole('group', { name: `Whether KE-1 fits ${ticket}` })).getByRole('button', { name }).click();
    await settle();
  };
  await say('NW-11', 'Fits');
  // Whatever the engine would draw now: what is shown stays.
  host.answers.sample_get = () => sampleView({ looked_at: 1, right: 1, rows: [] });
  await say('NW-12', 'Does not fit');
  await say('NW-11', 'Fits');
  expect(said).toEqual([true, false, null]);
  expect(words(group('Do ties fit?'))).toContain('1 of 41 tied tickets looked at: all that was looked at fits of 1.');
  expect(region().queryByRole('button', { name: 'Twenty more' })).toBeNull();
  await say('NW-11', 'Fits');
  const asked = host.asked('sample_get').length;
  region().getByRole('button', { name: 'Twenty more' }).click();
  await settle();
  expect(host.asked('sample_get').length).toBe(asked + 1);
});

test('the third tier says what it cost and how much of it was avoidable, which opens its formula', async () => {
  host.answers.insights_get = () => insightsView({ figures: [...insightsView().figures, { ...insightsView().figures[0]!, name: 'avoidable', target: null, value: 0.2, count: 8, of: 40 }] });
  await insights();
  const region = group('Through the tiers');
  expect(words(region)).toContain('What the third tier had cost 15,000 – 30,000 (assumed hours). Avoidable: 20.0 %, 8 of 40 that the exam asked');
  within(region).getByRole('button', { name: /^Avoidable/ }).click();
  await settle();
  expect(host.asked('figure_explain').at(-1)).toMatchObject({ name: 'avoidable' });
});

test('an avoidable escalation is denied, and says how many were looked at', async () => {
  host.answers.look_set = (args) => ({ kind: args.kind, ticket: args.ticket, other: args.other, before: null, after: args.fits });
  host.answers.avoidable_get = () => avoidable({ looked_at: 5, confirmed: 4, always: 2 });
  await insights();
  const region = group('Avoidable escalations');
  expect(words(region)).toContain('Of 5 answers that somebody looked at, 4 were right.');
  expect(words(region)).toContain('2 others always need engineering: not counted.');
  within(region).getByRole('button', { name: 'It was not' }).click();
  await settle();
  expect(host.asked('look_set')).toEqual([{ kind: 'answer', ticket: 'helpdesk:NW-2', other: 'helpdesk:NW-1', fits: false }]);
});
