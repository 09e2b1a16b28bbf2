// What changed since somebody was here.
import { screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { actions } from '../../src/actions';
import type { DigestRow } from '../../src/host';
import type { FakeHost } from '../support/host';
import { fullHost, openWindow, settle } from '../support/window';

const row = (what: DigestRow['what'], kind: string, said: string): DigestRow => ({ what, kind, said, at: 5, id: kind === 'escalation' ? '7' : 'kb:KE-1', display_id: 'KE-1', title: 'Login loop' });

let host: FakeHost;
beforeEach(() => {
  host = fullHost();
  host.answers.digest_get = () => ({ since: 1, until: 9, more: 2, rows: [row('stale', 'known_error', '2.3.1'), row('shipped', 'known_error', '2.3.0'), row('repeat', 'escalation', 'another shop'), row('answered', 'escalation', 'Ines')] });
  host.answers.digest_read = () => ({ since: 9, until: 9, more: 0, rows: [] });
});

test('each change is told in words, opens what it is about, and all of it is read with one button', async () => {
  const { app } = await openWindow(host);
  void actions.find(({ id }) => id === 'digest')!.run(app);
  await settle();
  const list = screen.getByRole('list', { name: 'What changed, the latest first' });
  const told = within(list).getAllByRole('button').map((button) => button.querySelector('.small')?.textContent);
  expect(told).toEqual([
    'Stale: its fix is out in 2.3.1, and it says still that there is none',
    'Its fix is out in 2.3.0',
    'Handed over although it was answered: another shop',
    'Engineering answered: Ines',
  ]);
  expect(screen.getByText('2 others changed, too.')).toBeTruthy();
  screen.getByRole('button', { name: /^Read, tell me only/ }).click();
  await settle();
  expect(host.asked('digest_read')).toEqual([{ since: 9 }]);
  expect(screen.getByText(/^Nothing changed/)).toBeTruthy();
});

test('a row leads to what it is about', async () => {
  const { app } = await openWindow(host);
  await app.digest.open();
  await settle();
  screen.getAllByRole('button', { name: /KE-1 Login loop/ })[0]!.click();
  await settle();
  expect([app.sheet, host.asked('known_error_get').at(-1)]).toEqual([null, { id: 'kb:KE-1' }]);
});
