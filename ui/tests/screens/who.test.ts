import { fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { QUIET_MS } from '../../src/state/changed.svelte';
import { owners } from '../support/code';
import { fullHost, openWindow, press, settle } from '../support/window';

let host = fullHost();
beforeEach(() => {
  vi.useFakeTimers();
  host = fullHost();
});
afterEach(() => vi.useRealTimers());

const lane = () => within(screen.getByRole('region', { name: 'Who may know' }));
const asked = async () => {
  const { app } = await openWindow(host);
  await app.seen.about({ kind: 'ticket', id: 'helpdesk:NW-48213', name: 'NW-48213' });
  await settle();
  await vi.advanceTimersByTimeAsync(QUIET_MS);
  await settle();
  return app;
};

test('each who may know stands there with the reason, and each number opens what is behind it', async () => {
  await asked();
  expect(host.asked('owner_suggest')).toMatchObject([{ question: { ticket: 'helpdesk:NW-48213' }, lane: 'who' }]);
  expect(lane().getByText('shop at v2.2.0')).toBeTruthy();
  expect(lane().getAllByRole('listitem').map((one) => one.querySelector('p')?.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
    '@northwind/cart answers for 2 of 2 files that ran, as CODEOWNERS says of /src/main/java/com/northwind/cart/',
    expect.stringMatching(/^Mira Solberg wrote 2 of the 5 lines that ran, last on .+; committed here last on /),
    'Payments 3 of 4 cases like this ended there',
  ]);
  await press('h', 'k');
  expect(document.activeElement?.textContent).toBe('Who may know');
  await fireEvent.click(lane().getByText('Totals.java:118'));
  await settle();
  expect(host.asked('code_file')).toMatchObject([{ repo: 'shop', at: 'v2.2.0', line: 118 }]);
});

test('where nobody may know, nothing is said', async () => {
  host.answers.owner_suggest = () => owners({ owners: [] });
  await asked();
  expect(screen.queryByRole('region', { name: 'Who may know' })).toBeNull();
});
