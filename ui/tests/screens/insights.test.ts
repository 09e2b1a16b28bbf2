// What support measures itself by: figures with their bases, opened down to the ticket.
import { screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import type { TiersArgs } from '../../src/host';
import type { FakeHost } from '../support/host';
import { avoidable, insightsView } from '../support/insights';
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
  expect(tile(/^Needed engineering/)).toBe('Needed engineering 25.0 % 50 of 200 target under 20 %');
  const target = within(group('Figures')).getByRole('button', { name: /^Needed engineering/ }).querySelector('.target');
  expect(target?.querySelector('svg')?.getAttribute('aria-label')).toBe('Missed');
  expect(tile(/^First to second tier/)).toContain('baseline 31.0 %');
  expect(tile(/^Time to solve/)).toContain('30.5 h n = 150 median 12.0 h, p90 4.0 d');
  expect(tile(/^Escalated again/)).toContain('– 0 of 0');
  expect(words(group('Figures'))).toContain("Rule: escalated to engineering: a linked repository issue");
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
  expect(words(region)).toContain('1 of 50 escalations. 2 – 4 engineering hours, 300 – 600 in money (assumed hours).');
  expect(words(region)).toContain('4 others were perhaps answered: not counted.');
  within(region).getByRole('button', { name: /NW-1 / }).click();
  await settle();
  expect(host.calls.some(({ name, args }) => name === 'ticket_get' && (args as { id: string }).id === 'helpdesk:NW-1')).toBe(true);
});

test('where nobody looked for avoidable escalations, the exam is offered', async () => {
  host.answers.avoidable_get = () => avoidable({ at: null, asked: 0, of: 0, rows: [], perhaps: 0 });
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
  expect(said).toEqual({ groups: [{ name: 'Platform', tier: 'l3' }, { name: 'Desk', tier: 'l2' }], issue: true, group: true, engineer: true });
  expect(host.calls.filter(({ name }) => name === 'insights_get').length).toBeGreaterThan(1);
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
