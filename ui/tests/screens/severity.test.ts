// How severe a known error is, from numbers that are printed, and how severe it would be with others.
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { actions, possible } from '../../src/actions';
import type { SeverityArgs } from '../../src/host';
import { severity } from '../support/company';
import type { FakeHost } from '../support/host';
import { fullHost, openWindow, press, settle } from '../support/window';

let host: FakeHost;
beforeEach(() => {
  host = fullHost();
  host.answers.severity_get = (args: SeverityArgs) => severity({ class: args.accounts >= (args.rule?.accounts ?? 5) ? 'high' : 'low', accounts: args.accounts, people: args.people });
});

const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
const focused = () => (document.activeElement as HTMLElement | null)?.dataset.focus;
const impact = () => screen.getByRole('region', { name: 'Impact' });

async function known() {
  const window = await openWindow(host);
  window.app.openOver({ kind: 'known_error', id: 'helpdesk:KE-31' });
  await settle();
  return window;
}

test('severity is told with what it was taken from, and tickets that say otherwise open', async () => {
  await known();
  expect(words(impact())).toContain('Severity Medium: impact high (5 accounts in four weeks; high from 5 on), urgency low (1 person within a day; high from 5 on, 10 times the usual 0.4, counted as 0.5)');
  within(impact()).getByRole('button', { name: '1 ticket says “low”' }).click();
  await settle();
  expect(host.asked('cases_list').some((args) => JSON.stringify(args).includes('NW-41877'))).toBe(true);
});

test('what it would be is asked from the palette on, kept by nobody, and the bars only when somebody says so', async () => {
  const kept: unknown[] = [];
  host.answers.severity_set = (args) => {
    kept.push(args);
    return { ...args, least_usual: 0.5, chosen: true };
  };
  const { app } = await known();
  const action = actions.find(({ id }) => id === 'what-if')!;
  expect(possible(action, app)).toBe(true);
  void action.run(app);
  await settle();
  expect(focused()).toBe('what-if');
  const slider = (name: string) => within(impact()).getByRole('slider', { name });
  const keep = () => within(impact()).getByRole<HTMLButtonElement>('button', { name: 'Count with these bars' });
  await fireEvent.input(slider('Accounts that are hit'), { target: { value: '2' } });
  await settle();
  expect(words(impact())).toContain('Would be Low');
  expect(host.asked('severity_get').at(-1)).toEqual({ accounts: 2, people: 1, usual: 0.4, rule: { accounts: 5, times: 10 } });
  expect(keep().disabled).toBe(true);
  await fireEvent.input(slider('Impact high from … accounts on'), { target: { value: '2' } });
  await settle();
  expect(words(impact())).toContain('Would be High');
  expect(words(impact())).toContain('Severity Medium');
  expect(kept).toEqual([]);
  keep().click();
  await settle();
  expect(kept).toEqual([{ accounts: 2, times: 10 }]);
  await press('z');
  expect(kept.at(-1)).toEqual({ accounts: 5, times: 10 });
});
