import { screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { compared } from '../support/code';
import { refusal } from '../support/host';
import { fullHost, openWindow, press, settle } from '../support/window';

const PATH = 'src/main/java/com/northwind/cart/Totals.java';
let host = fullHost();
beforeEach(() => {
  host = fullHost();
  // jsdom lays nothing out.
  HTMLElement.prototype.scrollIntoView = vi.fn();
});

const view = () => within(screen.getByRole('region', { name: 'Code' }));
/** To the first line of the trace, and into its file. */
const opened = async () => {
  const { app } = await openWindow(host);
  await app.seen.about({ kind: 'ticket', id: 'helpdesk:NW-48213', name: 'NW-48213' });
  await settle();
  await press('g', 'c');
  (document.activeElement as HTMLElement).click();
  await settle();
  return app;
};

test('a line opens its file at the version that runs, with the line marked and in sight', async () => {
  await opened();
  expect(host.asked('code_file')).toEqual([{ repo: 'shop', at: 'v2.2.0', path: PATH, line: 118, reach: 200 }]);
  const here = view().getByText('line(118);').closest('li');
  expect(here?.getAttribute('aria-current')).toBe('true');
  expect(vi.mocked(HTMLElement.prototype.scrollIntoView).mock.contexts).toContain(here);
  expect(view().getByText('line 118 of 200')).toBeTruthy();
});

test('one step back returns to the line in the pane', async () => {
  await opened();
  await press('Escape');
  expect(screen.queryByRole('region', { name: 'Code' })).toBeNull();
  expect(document.activeElement?.textContent).toContain('Totals.java:118');
});

test('keys copy the permalink, open it, and go back to the line', async () => {
  await opened();
  await press('v', 'l');
  expect(host.copied).toEqual([`https://github.com/northwind/shop/blob/${'a'.repeat(40)}/${PATH}#L118`]);
  await press('v', 'o');
  expect(host.opened).toEqual(host.copied);
  await press('v', 'g');
  expect(document.activeElement?.textContent).toContain('line(118);');
});

test('a clone from no forge says that there is no permalink, and its keys do nothing', async () => {
  const answer = host.answers.code_file!;
  host.answers.code_file = async (asked) => ({ ...(await answer(asked)), permalink: null });
  await opened();
  expect(view().getByText(/came from no forge/)).toBeTruthy();
  await press('v', 'l', 'v', 'o');
  expect([host.copied, host.opened]).toEqual([[], []]);
});

test('two versions are compared from the older to the newer, whichever is shown', async () => {
  const app = await opened();
  await press('v', 'd');
  expect(document.activeElement).toBe(view().getByLabelText('Compare with'));
  await app.codeView.compare('v2.2.4');
  await settle();
  expect(host.asked('code_compare').at(-1)).toEqual({ repo: 'shop', path: PATH, from: 'v2.2.0', to: 'v2.2.4' });
  const changes = view().getByRole('group', { name: `Changes of ${PATH}` });
  expect(within(changes).getByText(/if \(sum != total\)/).closest('li')?.className).toContain('gone');
  expect(within(changes).getByText(/Math\.abs/).closest('li')?.className).toContain('came');
  await app.codeView.at('v2.3.1');
  await settle();
  expect(host.asked('code_compare').at(-1)).toMatchObject({ from: 'v2.2.4', to: 'v2.3.1' });
  // What is in development is ahead of every release.
  await app.codeView.compare('refs/heads/main');
  expect(host.asked('code_compare').at(-1)).toMatchObject({ from: 'v2.3.1', to: 'refs/heads/main' });
  host.answers.code_compare = (asked) => ({ ...compared(asked), hunks: [] });
  await app.codeView.compare('v2.2.4');
  await settle();
  expect(view().getByText('v2.2.4 and v2.3.1 have the same text here.')).toBeTruthy();
});

test('at another version no line is marked, for which one it is there nobody knows', async () => {
  const app = await opened();
  await app.codeView.at('v2.3.1');
  await settle();
  expect(host.asked('code_file').at(-1)).toEqual({ repo: 'shop', at: 'v2.3.1', path: PATH, reach: 200 });
  expect(view().queryByRole('listitem', { current: true })).toBeNull();
  await app.codeView.at('v2.2.0');
  await settle();
  expect(host.asked('code_file').at(-1)).toMatchObject({ at: 'v2.2.0', line: 118 });
});

test('a file that a version does not have says so', async () => {
  const app = await opened();
  host.answers.code_file = () => Promise.reject(refusal('not_found', 'no text file'));
  await app.codeView.at('v2.3.1');
  await settle();
  expect(view().getByRole('alert')).toBeTruthy();
});

test('a line says who changed it last and where it is by now, and a key goes there', async () => {
  const app = await opened();
  expect(host.asked('code_line')).toEqual([{ repo: 'shop', at: 'v2.2.0', path: PATH, line: 118, lane: 'line' }]);
  expect(view().getByText('Mei Tanaka changed this line last,')).toBeTruthy();
  expect(view().getByText('NW-4100: Round once')).toBeTruthy();
  expect(view().getByText('Today it is the same in main, in line 125 of cart/Totals.java.')).toBeTruthy();
  expect(view().getByText('@northwind/cart answers for it,')).toBeTruthy();
  await press('v', 't');
  expect(app.codeView.spot).toEqual(expect.objectContaining({ at: 'refs/heads/main', path: 'cart/Totals.java', line: 125 }));
});

test('a line that is gone says so, and the key that goes to it does nothing', async () => {
  const answer = host.answers.code_line!;
  host.answers.code_line = async (asked) => ({ ...(await answer(asked)), blame: null, today: { at: 'refs/heads/main', state: 'gone', path: null, line: null, text: null } });
  const app = await opened();
  expect(view().getByText('Today it is gone from main.')).toBeTruthy();
  await press('v', 't');
  expect(app.codeView.spot?.at).toBe('v2.2.0');
});
