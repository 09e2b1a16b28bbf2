import { fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changes, ran, ranRepo } from '../support/code';
import { unseen } from '../support/company';
import { QUIET_MS } from '../../src/state/changed.svelte';
import { fullHost, openWindow, press, settle } from '../support/window';

let host = fullHost();
beforeEach(() => {
  vi.useFakeTimers();
  host = fullHost();
});
afterEach(() => vi.useRealTimers());

const lane = () => within(screen.getByRole('region', { name: 'What changed?' }));
const quiet = async () => {
  await vi.advanceTimersByTimeAsync(QUIET_MS);
  await settle();
};
const asked = async (id = 'NW-48213') => {
  const { app } = await openWindow(host);
  await app.seen.about({ kind: 'ticket', id: `helpdesk:${id}`, name: id });
  await settle();
  return app;
};

test('commits stand nearest first with what brought them up, and more are one key away', async () => {
  await asked();
  expect(host.asked('code_changes')).toEqual([]);
  await quiet();
  expect(host.asked('code_changes')).toMatchObject([{ repo: 'shop', to: 'v2.2.0', paths: [] }]);
  expect(lane().getByText('shop from v2.1.0 to v2.2.0')).toBeTruthy();
  expect(lane().getAllByRole('article')).toHaveLength(3);
  const first = within(lane().getAllByRole('article')[0]!);
  expect(first.getByText('the same line')).toBeTruthy();
  await fireEvent.click(first.getByRole('button'));
  await settle();
  expect(first.getByRole('row', { name: /Together/ }).textContent).toContain('3.50');
  await press('v', 'a');
  expect(lane().getAllByRole('article')).toHaveLength(5);
});

test('the keys lead to the first commit and on to the files, and a file opens', async () => {
  await asked();
  await quiet();
  await press('v', 'c');
  expect(document.activeElement?.textContent).toContain('Change 1');
  await press('j', 'j', 'j');
  expect(document.activeElement?.textContent).toBe('src/Totals.java');
  (document.activeElement as HTMLElement).click();
  await settle();
  expect(host.asked('code_file')).toMatchObject([{ repo: 'shop', at: 'v2.2.0', path: 'src/Totals.java' }]);
});

test('while somebody types nothing is looked through, and of the question before nothing stays', async () => {
  const app = await asked();
  for (const id of ['NW-1', 'NW-2']) {
    await vi.advanceTimersByTimeAsync(QUIET_MS / 2);
    await app.seen.about({ kind: 'ticket', id: `helpdesk:${id}`, name: id });
    await settle();
  }
  await quiet();
  expect(host.asked('code_changes').map(({ question }) => question.ticket)).toEqual(['helpdesk:NW-2']);
  await app.seen.about({ kind: 'ticket', id: 'helpdesk:NW-3', name: 'NW-3' });
  await settle();
  expect(screen.queryByRole('region', { name: 'What changed?' })).toBeNull();
});

test('without frames the only repository is looked through, and of several none', async () => {
  host.answers.seen_before = () => unseen();
  const app = await asked();
  await app.repositories.look();
  await settle();
  await quiet();
  expect(host.asked('code_changes')).toMatchObject([{ repo: 'shop' }]);
  expect(host.asked('code_changes')[0]).not.toHaveProperty('to');
  host.answers.code_list = async () => [...(await fullHost().answers.code_list!({})), ...(await fullHost().answers.code_list!({}))];
  await app.repositories.look();
  await settle();
  expect(screen.queryByRole('region', { name: 'What changed?' })).toBeNull();
});

test('a repository that was never read is not looked through, and nothing near says so', async () => {
  host.answers.code_ran = () => ran({ repos: [ranRepo({ state: 'unread', at: null, frames: [] })] });
  await asked();
  await quiet();
  expect(host.asked('code_changes')).toEqual([]);
  document.body.innerHTML = '';
  host = fullHost();
  host.answers.code_changes = () => changes({ changes: [], files: [] });
  await asked();
  await quiet();
  expect(lane().getByText('Nothing that changed comes near this.')).toBeTruthy();
});
