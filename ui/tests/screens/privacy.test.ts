import { screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { refusal, type FakeHost } from '../support/host';
import { fullHost, openWindow, press, settle } from '../support/window';

let host: FakeHost;
beforeEach(() => (host = fullHost()));

const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
const group = (name: string) => screen.getByRole('region', { name });
const click = async (name: string | RegExp) => {
  screen.getByRole('button', { name }).click();
  await settle();
};

async function privacy() {
  const window = await openWindow(host);
  await press('g', 'p');
  return window;
}

test('says where everything lies, and leads to the key', async () => {
  const { app } = await privacy();
  expect(words(group('Where it lies'))).toContain('Folder /home/me/precedent Database 12 MB store.db Key the keyring of this system');
  await click(/^Show the key in Settings/);
  expect(app.screen).toBe('settings');
  await click(/^Privacy/);
  expect(app.screen).toBe('privacy');
});

describe('a retention rule', () => {
  test('is kept only after the number that goes with it was said', async () => {
    let rules: unknown[] = [];
    host.answers.retention_get = () => ({ rules: rules as [], groups: ['Tier 1'], products: [] });
    host.answers.retention_set = (args) => ((rules = args.rules), { tickets: 2, ids: [] });
    const { app } = await privacy();
    await press('m', 'a');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Days since the last change');
    (document.activeElement as HTMLElement).blur();
    expect(words(within(group('How long tickets stay')).getByRole('status'))).toBe('2 tickets would go now.');
    await press('m', 't');
    expect(host.asked('retention_set')).toEqual([]);
    expect(words(within(group('How long tickets stay')).getByRole('status'))).toContain('2 tickets go for good');
    await click(/^Delete 2 tickets and keep the rules/);
    expect(host.asked('retention_set')).toEqual([{ rules: [{ days: 365, group: null, product: null }], confirmed: 2 }]);
    expect(app.toasts.list.at(-1)?.text).toBe('The rules are kept; 2 tickets went');
    expect(app.privacy.changed).toBe(false);
  });

  test('that covers another number by then is not kept, and the number is said anew', async () => {
    host.answers.retention_set = () => Promise.reject(refusal('bad_input'));
    const { app } = await privacy();
    await press('m', 'a');
    host.answers.retention_preview = () => ({ tickets: 3, ids: [] });
    await app.privacy.keepRules();
    await app.privacy.keepRules();
    await settle();
    expect([app.privacy.changed, app.privacy.sure]).toEqual([true, false]);
    expect(words(within(group('How long tickets stay')).getByRole('status'))).toBe('3 tickets would go now.');
  });

  test('opens the rows behind its number', async () => {
    const { app } = await privacy();
    await press('m', 'a');
    await click('2 tickets');
    expect([app.screen, app.places.current]).toEqual(['seen', { kind: 'cases', title: 'What the retention rules would delete', ids: ['helpdesk:NW-1', 'helpdesk:NW-2'], since: undefined }]);
  });

  test('without an age says so and cannot be kept', async () => {
    await privacy();
    await press('m', 'a');
    const days = screen.getByLabelText<HTMLInputElement>('Days since the last change');
    days.value = '';
    days.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    expect(screen.getByText(/needs a whole number of days/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Keep these rules/ }).disabled).toBe(true);
  });
});

test('a source is deleted only when it was said twice', async () => {
  host.answers.purge_preview = ({ source }) => ({ what: source ?? '', tickets: 41_210, comments: 3, known_errors: 1, articles: 12, copies: 2 });
  host.answers.purge = host.answers.purge_preview;
  const { app } = await privacy();
  await press('m', 'd');
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Delete everything of /);
  (document.activeElement as HTMLElement).click();
  await settle();
  expect(host.asked('purge')).toEqual([]);
  expect(words(screen.getByRole('alert'))).toMatch(/goes for good: 41,210 tickets, 3 replies, 12 articles and 1 known error\..*2 older copies of the database go too/);
  await click('Delete it for good');
  expect(host.asked('purge')).toHaveLength(1);
  expect(app.toasts.list.at(-1)?.text).toContain('is deleted, 41,210 tickets with it');
});

test('the configuration is shown and copied without secrets', async () => {
  await privacy();
  await click('Show it');
  expect(words(within(group('Configuration')).getByRole('region', { name: 'The configuration as it is copied' }))).toBe('{ "version": "0.1.0" }');
  await press('m', 'c');
  expect(host.copied).toEqual(['{\n  "version": "0.1.0"\n}']);
});

test('the number of requests opens them', async () => {
  const row = { at: Date.now(), source: 'github', host: 'api.github.com', method: 'GET', path: '/repos/acme/till/issues', purpose: 'issues', status: 200, failed: null, bytes_out: 900, bytes_in: 40_000 };
  host.answers.ledger_list = () => ({ total: 1, bytes_out: 900, bytes_in: 40_000, rows: [row] });
  await privacy();
  expect(words(group('What leaves'))).toContain('1 request to the sources that somebody added: 900 B sent, 40 kB received.');
  await click('1 request');
  const cells = within(group('The newest requests')).getAllByRole('cell').map(words);
  expect(cells.slice(1)).toEqual(['GET api.github.com/repos/acme/till/issues', 'issues', '200']);
});
