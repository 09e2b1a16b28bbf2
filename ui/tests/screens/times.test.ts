// Where time went, how sure it is that it went down, and from when on support handles an error.
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import type { FakeHost } from '../support/host';
import { insightsView } from '../support/insights';
import { fullHost, openWindow, press, settle } from '../support/window';

let host: FakeHost;
beforeEach(() => (host = fullHost()));

const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
const group = (name: string | RegExp) => screen.getByRole('region', { name });

async function insights(): Promise<void> {
  await openWindow(host, 1440);
  await press('g', 'i');
}

test('how sure the change of times is stands with n on both sides, and of an older baseline why not', async () => {
  const frozen = { frozen_at: 5, from: 0, until: 1, rule: 'a rule', rule_changed: false };
  const [first] = insightsView().figures;
  const time = { ...first!, name: 'hours_all', unit: 'hours' as const, value: 11, before: 10, median: 6, p90: 20 };
  host.answers.insights_get = () => insightsView({ baseline: frozen, figures: [time] });
  await insights();
  expect(within(group('Baseline and report')).getByText(/^It was frozen before single times were kept/)).toBeTruthy();
  const since = {
    n_before: 40,
    n: 1200,
    before: { mean: 10, median: 8, p90: 30 },
    median: { less: 0.25, low: -0.05, high: 0.5 },
    p90: { less: 1 / 3, low: null, high: null },
    mean: null,
    redraws: 1000,
    least: 10,
    overlaps: true,
  };
  host.answers.insights_get = () => insightsView({ baseline: frozen, figures: [{ ...time, since }] });
  await press('g', 's');
  await press('g', 'i');
  const region = within(group('Baseline and report'));
  const rows = region.getAllByRole('row').map(words);
  expect(rows.slice(-2)).toEqual(['Median8.0 h, n = 406.0 h, n = 1,20025.0 % less5.0 % more and 50.0 % less', 'p9030.0 h, n = 4020.0 h, n = 1,20033.3 % lessfewer than 10 on a side']);
  expect(region.getByText(/^The periods overlap/)).toBeTruthy();
});

test('from when on support handles an error is said beside the map, marks what it handles, and is taken back', async () => {
  const said: { tickets: number; days: number }[] = [];
  host.answers.handled_set = (args) => {
    said.push(args);
    return { ...args, chosen: true };
  };
  const able = { title: 'Rounding', name: 'known_error:kb:KE-1', always: false, handled: true, lowest: 'l1' as const, l1: ['helpdesk:NW-1', 'helpdesk:NW-2'], l2: [], l3: [] };
  const [first] = insightsView().figures;
  const figures = [{ ...first!, name: 'types_handled', unit: 'count' as const, count: 1, of: 12, value: 1 }];
  host.answers.insights_get = () => insightsView({ figures, capabilities: [able], handled: { tickets: 3, days: 90, chosen: false, ...said.at(-1) } });
  await insights();
  const map = within(group('Which tier can solve what'));
  expect(map.getByRole('button', { name: 'Support handles 1 of 12 errors' }).parentElement?.textContent).toContain('it alone solved 3 tickets or more within the last 90 days');
  expect(map.getByRole('rowheader').textContent).toBe('Roundinghandled by support');
  const save = map.getByRole<HTMLButtonElement>('button', { name: 'Count with these' });
  await fireEvent.input(map.getByLabelText('Tickets, at least'), { target: { value: '0' } });
  expect(save.disabled).toBe(true);
  await fireEvent.input(map.getByLabelText('Tickets, at least'), { target: { value: '5' } });
  save.click();
  await settle();
  expect(said).toEqual([{ tickets: 5, days: 90 }]);
  expect(map.getByText(/it alone solved 5 tickets or more/)).toBeTruthy();
  await screen.findByText('From now on support handles an error from 5 tickets within 90 days on');
  await press('z');
  expect(said.at(-1)).toEqual({ tickets: 3, days: 90 });
});

test('the time of escalated tickets is told by stage, the longest named, what is missing said, and each opens its tickets', async () => {
  const stage = { count: 0, hours: 0, median: null, p90: null, tickets: [] as string[] };
  host.answers.insights_get = () =>
    insightsView({
      stages: {
        tickets: 3,
        hours: 40,
        longest: 'told',
        stages: [
          { ...stage, until: 'acknowledged', count: 2, hours: 10, median: 4, p90: 6, tickets: ['helpdesk:NW-1', 'helpdesk:NW-2'] },
          { ...stage, until: 'diagnosed' },
          { ...stage, until: 'fixed' },
          { ...stage, until: 'told', count: 3, hours: 30, median: 9, p90: 12, tickets: ['helpdesk:NW-1', 'helpdesk:NW-2', 'helpdesk:NW-3'] },
        ],
      },
    });
  await insights();
  const told = within(group('Where the time of escalated tickets went'));
  expect(told.getAllByRole('row').slice(1).map(words)).toEqual(['Acknowledged by engineering25.0 %4.0 h6.0 h2', 'Customer told: the ticket was solved75.0 %9.0 h12.0 h3']);
  expect(told.getByText('Longest: customer told: the ticket was solved, 75.0 % of the time.')).toBeTruthy();
  expect(told.getByText('Not known of any ticket: diagnosed: engineering answered, fixed in the code.')).toBeTruthy();
  told.getByRole('button', { name: /^2 tickets up to/ }).click();
  await settle();
  expect(host.calls.findLast(({ name }) => name === 'cases_list')?.args).toMatchObject({ ids: ['helpdesk:NW-1', 'helpdesk:NW-2'] });
});
