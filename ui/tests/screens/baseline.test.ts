// The baseline that everything is compared with, the report as a file, and what stands behind pictures.
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { actions } from '../../src/actions';
import type { DeedView } from '../../src/host';
import type { FakeHost } from '../support/host';
import { insightsView } from '../support/insights';
import { fullHost, openWindow, press, settle } from '../support/window';

let host: FakeHost;
beforeEach(() => (host = fullHost()));

async function insights() {
  const window = await openWindow(host);
  await press('g', 'i');
  return window;
}

test('another baseline takes the place of the one that is there only after a second word, and comes back', async () => {
  const baseline = { frozen_at: 2, from: 0, until: 1, rule: 'a rule', rule_changed: false };
  host.answers.insights_get = () => insightsView({ baseline });
  host.answers.baseline_freeze = () => insightsView({ baseline });
  host.answers.deeds_list = () => [{ id: 8, at: 2, what: 'baseline_freeze', about: '', can_undo: true, undone_at: null }] as unknown as DeedView[];
  host.answers.deed_undo = () => ({}) as never;
  const { app } = await insights();
  const ask = () => screen.queryByRole('group', { name: 'Freeze another period' });
  const freeze = () => screen.getByRole('button', { name: /^Freeze another period/ });
  freeze().click();
  await settle();
  expect([ask() !== null, document.activeElement?.textContent?.trim(), host.asked('baseline_freeze')]).toEqual([true, 'Freeze this period in its place', []]);
  screen.getByRole('button', { name: 'Leave it as it is' }).click();
  await settle();
  expect([ask(), document.activeElement]).toEqual([null, freeze()]);
  freeze().click();
  await settle();
  screen.getByRole('button', { name: 'Freeze this period in its place' }).click();
  await settle();
  expect([ask(), host.asked('baseline_freeze')]).toEqual([null, [{ period: { days: 90 }, replace: true }]]);
  await vi.waitFor(() => expect(app.toasts.canUndo).toBe(true));
  await app.toasts.undo();
  expect(host.asked('deed_undo')).toEqual([{ id: 8 }]);
});

test('the report becomes a file: of the browser, or of the engine where the window is its own, and where it lies is told', async () => {
  host.answers.insights_report = ({ format }) => ({ name: `report.${format}`, text: `as ${format}` });
  host.answers.report_save = ({ folder }) => ({ path: `${folder ?? '/home/me/Downloads'}/report.html`, bytes: 7 });
  const { app } = await insights();
  screen.getByRole('button', { name: /^Save as CSV/ }).click();
  await settle();
  expect(host.downloaded).toEqual([['report.csv', 'as csv']]);
  expect(screen.getByText('report.csv lies where your browser puts downloads')).toBeTruthy();
  host.ownWindow = true;
  app.insights.folder = '/srv/reports';
  void actions.find(({ id }) => id === 'save-html')!.run(app);
  await settle();
  expect(host.asked('report_save')).toEqual([{ report: { format: 'html', period: { days: 90 } }, folder: '/srv/reports' }]);
  expect(screen.getByText('Saved as /srv/reports/report.html')).toBeTruthy();
});

test('a number of a picture opens its tickets by mouse and by key', async () => {
  host.answers.figure_behind = () => ({ total: 2, tickets: ['helpdesk:NW-1', 'helpdesk:NW-2'] });
  const arrivals = Array.from({ length: 7 }, (_, day) => Array.from({ length: 24 }, (_, hour) => (day === 1 && hour === 2 ? 5 : 0)));
  host.answers.insights_get = () => insightsView({ arrivals });
  const { app } = await insights();
  const { funnel, months } = insightsView();
  screen.getByRole('button', { name: new RegExp(`^First tier: ${funnel.l1} tickets?, open them$`) }).click();
  await settle();
  expect(host.asked('figure_behind').at(-1)).toEqual({ tier: 'l1', period: { days: 90 } });
  expect(app.screen).toBe('seen');
  await press('g', 'i');
  within(screen.getByRole('region', { name: 'Month by month' })).getAllByRole('button', { name: /Tickets: .* open them$/, hidden: true })[0]!.click();
  await settle();
  expect(host.asked('figure_behind').at(-1)).toEqual({ month: months[0]!.from, what: 'tickets', period: { days: 90 } });
  await press('g', 'i');
  const map = within(screen.getByRole('region', { name: /^When/ })).getByRole('img');
  map.focus();
  await fireEvent.focus(map);
  for (const key of ['Enter', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter']) await fireEvent.keyDown(map, { key });
  await settle();
  expect(host.asked('figure_behind').at(-1)).toEqual({ day: 1, hour: 2, period: { days: 90 } });
  expect(host.asked('figure_behind')).toHaveLength(3);
});
