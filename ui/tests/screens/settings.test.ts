import { screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ImportReport } from '../../src/host';
import { NOON, job, source, status } from '../support/company';
import { refusal, type FakeHost } from '../support/host';
import { fullHost, openWindow, press, settle } from '../support/window';

const REPORT: ImportReport = {
  read: 20_532,
  added: 20_100,
  changed: 0,
  unchanged: 424,
  deleted: 0,
  expired: 0,
  skipped: 8,
  comments: 15_883,
  hops: 0,
  articles: 0,
  articles_gone: 0,
  known_errors: 0,
  releases: 0,
  resumed_after: 8120,
  errors: [{ file: null, line: 88, reason: 'A comma is missing at column 14.' }],
};

let host: FakeHost;
beforeEach(() => (host = fullHost()));

const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
const group = (name: string) => screen.getByRole('region', { name });
const click = async (name: string) => {
  screen.getByRole('button', { name }).click();
  await settle();
};

const type = async (field: HTMLInputElement | HTMLTextAreaElement, text: string) => {
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
};

async function settings() {
  const window = await openWindow(host);
  await press('g', 't');
  return window;
}

describe('an import', () => {
  const path = () => screen.getByLabelText<HTMLInputElement>('Path of a file or folder');

  test('without a path says what is missing, at the field', async () => {
    await settings();
    await click('Import');
    expect(screen.getByRole('alert').textContent).toBe('Type the path of a file or a folder first.');
    expect(path().getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(path());
  });

  test('sends the path, the format and the name that were filled in', async () => {
    host.answers.import_start = ({ path }) => job({ label: path });
    const { app } = await settings();
    await type(path(), '/exports/amq.jsonl.zst');
    const format = screen.getByLabelText<HTMLSelectElement>('Format');
    format.value = 'jira';
    format.dispatchEvent(new Event('change'));
    await click('Import');
    expect(host.asked('import_start')).toEqual([{ path: '/exports/amq.jsonl.zst', format: 'jira' }]);
    expect(app.workspace.running?.label).toBe('/exports/amq.jsonl.zst');
    expect(words(group('Jobs of this session'))).toContain('Running');
  });

  test('of a table takes columns by name, and leads to the line that is none', async () => {
    host.answers.import_start = ({ path }) => job({ label: path });
    await settings();
    expect(screen.queryByLabelText('Columns')).toBeNull();
    await type(path(), '/exports/cases.csv');
    const columns = screen.getByLabelText<HTMLTextAreaElement>('Columns');
    await type(columns, 'id Ref');
    await click('Import');
    expect(screen.getByRole('alert').textContent).toContain('Line 1 is not field = column');
    expect(document.activeElement).toBe(columns);
    await type(columns, 'id = Ref');
    await click('Import');
    expect(host.asked('import_start')).toEqual([{ path: '/exports/cases.csv', format: 'auto', mapping: [{ field: 'id', column: 'Ref' }] }]);
  });

  test('of a file dropped on the window has its path filled in', async () => {
    const { app } = await openWindow(host);
    host.drop('/home/omar/export.csv');
    await settle();
    expect(app.screen).toBe('settings');
    expect(path().value).toBe('/home/omar/export.csv');
    expect(document.activeElement).toBe(path());
  });

  test('dropped where no path is told asks for it in words', async () => {
    await openWindow(host);
    host.drop();
    await settle();
    expect(screen.getByText(/Type its path instead/)).toBeTruthy();
  });

  test('half filled in is still there after something was looked up', async () => {
    await settings();
    await type(path(), '/exports/a');
    await press('Escape');
    await press('g', 's', 'g', 't');
    expect(path().value).toBe('/exports/a');
  });
});

describe('a job', () => {
  test('that is done shows what it did, and what it could not read', async () => {
    host.answers.jobs_list = () => [job({ state: 'done', report: REPORT })];
    await settings();
    const report = screen.getByRole('group', { name: 'Import report' });
    const counts = [...report.querySelectorAll('dl > div')].map(words);
    expect(counts).toEqual(['Read 20,532', 'Added 20,100', 'Unchanged 424', 'Skipped 8', 'Replies and notes 15,883']);
    expect(words(report)).toContain('Went on after 8,120 records, where it was interrupted.');
    expect(words(report)).toContain('The first 1 of 8');
    const lines = within(report).getAllByRole('row', { hidden: true }).map((row) => [...row.children].map(words));
    expect(lines).toEqual([
      ['Line', 'Reason'],
      ['88', 'A comma is missing at column 14.'],
    ]);
  });

  test('that failed says why and what to do', async () => {
    host.answers.jobs_list = () => [job({ state: 'failed', error: { code: 'file_missing', message: 'There is no file at /a.', hint: null, retryable: false } })];
    await settings();
    expect(words(screen.getByRole('alert'))).toContain('There is no file at that place. Check the path');
  });

  test('that runs can be cancelled, here and in the footer', async () => {
    host.answers.jobs_list = () => [job({ id: 4, started_at: NOON })];
    host.answers.job_cancel = () => ({});
    await settings();
    const buttons = screen.getAllByRole('button', { name: 'Cancel' });
    expect(buttons).toHaveLength(2);
    for (const button of buttons) button.click();
    expect(host.asked('job_cancel')).toEqual([{ id: 4 }, { id: 4 }]);
  });
});

test('sources are listed with their age', async () => {
  await settings();
  const rows = within(group('Sources')).getAllByRole('row').slice(1).map((row) => [...row.children].map(words));
  expect(rows).toEqual([
    ['helpdesk', 'Imported files', '1,400', '2 min ago'],
    ['old-tracker', 'Imported files', '96', 'never'],
  ]);
});

describe('a source that is asked', () => {
  const asked = (over = {}) => source({ url: 'https://github.com/acme/ledger', reach: 'public', tickets: 12, ...over });

  test('is added with its address, and read at once', async () => {
    host.answers.source_add = () => asked();
    host.answers.sync_start = ({ name }) => job({ kind: 'sync', label: name });
    await settings();
    await click('Add and sync');
    expect(screen.getByRole('alert').textContent).toBe('Type an address first.');
    expect(document.activeElement).toBe(screen.getByLabelText('Address'));
    await type(screen.getByLabelText<HTMLInputElement>('Address'), ' https://github.com/acme/ledger ');
    await type(screen.getByLabelText<HTMLInputElement>('Token'), 'ghp_secret');
    await click('Add and sync');
    expect(host.asked('source_add')).toEqual([{ kind: 'github', url: 'https://github.com/acme/ledger', secret: 'ghp_secret' }]);
    expect(host.asked('sync_start')).toEqual([{ name: 'ledger' }]);
    expect(screen.getByLabelText<HTMLInputElement>('Token').value).toBe('');
  });

  test('is of the kind that was chosen, whose address and token it explains', async () => {
    host.answers.source_add = ({ url }) => asked({ kind: 'redmine', url });
    host.answers.sync_start = ({ name }) => job({ kind: 'sync', label: name });
    await settings();
    const kind = within(group('Sources')).getByLabelText<HTMLSelectElement>('Kind');
    kind.value = 'redmine';
    kind.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    const address = screen.getByLabelText<HTMLInputElement>('Address');
    expect(address.placeholder).toContain('/projects/');
    expect(screen.getByText(/The API key from My account/)).toBeTruthy();
    await type(address, 'https://tracker.example');
    await click('Add and sync');
    expect(host.asked('source_add')).toEqual([{ kind: 'redmine', url: 'https://tracker.example' }]);
  });

  test('that is refused stays in the form, to be mended', async () => {
    host.answers.source_add = () => Promise.reject(refusal('address_refused'));
    await settings();
    await type(screen.getByLabelText<HTMLInputElement>('Address'), 'http://github.com/acme/ledger');
    await click('Add and sync');
    expect(screen.getByText(/cannot be a source/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Address').value).toBe('http://github.com/acme/ledger');
  });

  test('says why it stopped and what to do', async () => {
    const failure = { code: 'token_refused', message: 'Api.github.com no longer accepts the token.', hint: 'Make a new one.', at: NOON };
    host.answers.sources_list = () => [asked({ stopped: true, failure, has_token: true })];
    await settings();
    const words_ = words(group('Sources'));
    expect(words_).toContain('Stopped until somebody looks');
    expect(words_).toContain('The server no longer accepts the token.');
    expect(words_, 'the button beside it').toContain('choose “Give the token”');
    expect(words_).toContain('https://github.com/acme/ledger · with a token');
  });

  test('is tested, and removed only when it was said twice', async () => {
    host.answers.sources_list = () => [asked()];
    host.answers.source_test = () => ({ name: 'acme/ledger', private: false, requests_left: 57, signed_in: false, lacks: ['requests'] });
    host.answers.source_remove = () => ({});
    await settings();
    await click('Test ledger');
    expect(screen.getByText('acme/ledger is there, public; 57 requests left for now.')).toBeTruthy();
    expect(screen.getByText(/sixty requests an hour/)).toBeTruthy();
    host.answers.purge_preview = () => ({ what: 'ledger', tickets: 12, comments: 3, known_errors: 0, articles: 0, copies: 1 });
    await click('Remove ledger');
    expect(host.asked('source_remove')).toEqual([]);
    expect(document.activeElement?.textContent?.trim(), 'the choice that loses nothing has the focus').toBe('Keep what was read');
    await click('Keep what was read');
    expect(host.asked('source_remove')).toEqual([{ name: 'ledger' }]);
  });

  test('is signed in to in the browser, and read once that came back', async () => {
    host.answers.source_add = ({ url }) => asked({ kind: 'zendesk', name: 'desk', url, signs_in: true });
    host.answers.source_sign_in = ({ name }) => ({ page: 'https://acme.zendesk.com/oauth/authorizations/new?x=1', code: null, job: job({ id: 9, kind: 'sign_in', label: name }) });
    host.answers.sync_start = ({ name }) => job({ id: 10, kind: 'sync', label: name });
    await settings();
    const kind = within(group('Sources')).getByLabelText<HTMLSelectElement>('Kind');
    kind.value = 'zendesk';
    kind.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    await type(screen.getByLabelText<HTMLInputElement>('Address'), 'https://acme.zendesk.com');
    await type(screen.getByLabelText<HTMLInputElement>('OAuth client'), 'precedent');
    await click('Add and sign in');
    expect(host.asked('source_add')).toEqual([{ kind: 'zendesk', url: 'https://acme.zendesk.com', options: [{ key: 'client', value: 'precedent' }] }]);
    expect(host.opened).toEqual(['https://acme.zendesk.com/oauth/authorizations/new?x=1']);
    expect(host.asked('sync_start')).toEqual([]);
    host.emit({ kind: 'job', job: job({ id: 9, kind: 'sign_in', label: 'desk', state: 'done' }) });
    await settle();
    expect(host.asked('sync_start')).toEqual([{ name: 'desk' }]);
  });

  test('shows the code that somebody types in, to be copied, and forgets it once that is done', async () => {
    const page = 'https://github.com/login/device';
    const signingIn = job({ id: 9, kind: 'sign_in', label: 'ledger' });
    host.answers.sources_list = () => [asked({ signs_in: true, has_token: false })];
    host.answers.source_sign_in = () => ({ page, code: 'WDJB-MJHT', job: signingIn });
    host.answers.sync_start = ({ name }) => job({ id: 10, kind: 'sync', label: name });
    await settings();
    await click('Sign in ledger');
    host.emit({ kind: 'job', job: signingIn });
    await settle();
    expect(words(group('Sources'))).toContain('WDJB-MJHT');
    expect(host.opened).toEqual([page]);
    await click('Copy the code');
    expect(host.copied).toEqual(['WDJB-MJHT']);
    host.emit({ kind: 'job', job: { ...signingIn, state: 'done' } });
    await settle();
    expect(words(group('Sources'))).not.toContain('WDJB-MJHT');
    expect(host.asked('sync_start')).toEqual([{ name: 'ledger' }]);
  });

  test('is paused and asked again by its button', async () => {
    let paused = false;
    host.answers.sources_list = () => [asked({ paused })];
    host.answers.source_pause = (args) => ((paused = args.paused), asked({ paused }));
    await settings();
    await click('Pause ledger');
    expect(words(group('Sources'))).toContain('Paused: it is asked only when you say so.');
    await click('Resume ledger');
    expect(host.asked('source_pause')).toEqual([{ name: 'ledger', paused: true }, { name: 'ledger', paused: false }]);
  });

  test('is asked by itself as often as somebody chose, and says why it is less often', async () => {
    host.answers.sources_list = () => [asked()];
    host.answers.rhythm_get = () => ({ minutes: 5, now: 15, slower: 'battery' });
    host.answers.rhythm_set = ({ minutes }) => ({ minutes, now: minutes, slower: null });
    await settings();
    const choice = screen.getByLabelText<HTMLSelectElement>('By itself');
    expect([choice.selectedOptions[0]?.textContent, words(group('Sources'))]).toEqual(['Every 5 minutes', expect.stringContaining('On battery: every 15 minutes.')]);
    choice.value = '0';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(host.asked('rhythm_set')).toEqual([{ minutes: null }]);
    expect(words(group('Sources'))).not.toContain('On battery: every');
  });

  test('is read from its beginning once more by its button', async () => {
    host.answers.sources_list = () => [asked()];
    host.answers.sync_again = ({ name }) => job({ kind: 'sync', label: name });
    await settings();
    await click('Read all again ledger');
    expect(host.asked('sync_again')).toEqual([{ name: 'ledger' }]);
  });

  test('is synced by a key, and a stopped one is left alone', async () => {
    host.answers.sources_list = () => [asked(), asked({ name: 'other', stopped: true }), asked({ name: 'paused', paused: true }), source({ name: 'files' })];
    host.answers.sync_start = ({ name }) => job({ kind: 'sync', label: name });
    await settings();
    await press('m', 'y');
    expect(host.asked('sync_start')).toEqual([{ name: 'ledger' }]);
  });
});

test('an empty workspace offers the sample here too, a filled one does not', async () => {
  await settings();
  expect(screen.queryByRole('button', { name: 'Fill with the sample company' })).toBeNull();
  host.answers.workspace_status = () => status({ tickets: 0, sources: [], data_at: null });
  host.emit({ kind: 'changed', seq: 1 });
  expect(await screen.findByRole('button', { name: 'Fill with the sample company' })).toBeTruthy();
});

describe('the check', () => {
  test('that finds a fault offers to mend it, and says what was mended', async () => {
    host.answers.doctor = ({ repair }) => ({ ok: repair, checks: [{ name: 'index', ok: repair, detail: 'It holds 1,500 of 1,503 documents.', repaired: repair }] });
    await settings();
    await click('Check the workspace');
    expect(screen.getByText('Something needs mending.')).toBeTruthy();
    await click('Mend it');
    expect(host.asked('doctor')).toEqual([{ repair: false }, { repair: true }]);
    expect(screen.getByText('Everything is in order.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Mend it' })).toBeNull();
    expect(words(group('Workspace'))).toContain('It holds 1,500 of 1,503 documents. mended');
  });
});

describe('encryption', () => {
  test('says where the key lies, and shows a recovery key once', async () => {
    let made_at: number | null = null;
    host.answers.key_status = () => ({ kind: 'key_file', place: 'the key file /etc/precedent.key', tokens: 'the key file /etc/precedent.key', made_at: NOON, recovery_made_at: made_at });
    host.answers.key_recovery_make = () => ((made_at = NOON), { words: '7F3K-9Q2M' });
    await settings();
    const shown = group('Encryption');
    expect(words(shown)).toContain('the key file /etc/precedent.key');
    expect(words(shown)).toContain('None yet');
    await click('Make a recovery key');
    expect(words(within(shown).getByRole('status'))).toContain('7F3K-9Q2M Write it down');
    expect(words(shown)).not.toContain('None yet');
    await click('I have written it down');
    expect(screen.queryByText('7F3K-9Q2M')).toBeNull();
    await press('m', 'r');
    expect(screen.queryByText('7F3K-9Q2M'), 'one is there already').toBeNull();
    expect(words(within(shown).getByRole('status'))).toContain('There is a recovery key already.');
    await click('Replace the recovery key');
    expect(screen.getByText('7F3K-9Q2M')).toBeTruthy();
    await press('Escape');
    await press('g', 't');
    expect(screen.queryByText('7F3K-9Q2M')).toBeNull();
  });

  test('changes the key and says so, and says why not', async () => {
    host.answers.key_rotate = () => ({ kind: 'keyring', place: 'the keyring of this system', tokens: 'the keyring of this system', made_at: NOON, recovery_made_at: null });
    const { app } = await settings();
    await press('m', 'k');
    expect(app.toasts.list.at(-1)?.text).toContain('The key was changed');
    host.answers.key_rotate = () => Promise.reject(refusal('keyring_locked'));
    await press('m', 'k');
    expect(app.toasts.list.at(-1)?.text).toContain('The keyring is locked.');
  });
});

describe('a job that cannot be cancelled', () => {
  test('offers no Cancel', async () => {
    host.answers.jobs_list = () => [job({ kind: 'reindex', cancellable: false })];
    await settings();
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });
});

describe('appearance', () => {
  test('is chosen with arrows as with radio buttons, and kept', async () => {
    await settings();
    const theme = within(screen.getByRole('radiogroup', { name: 'Theme' }));
    const system = theme.getByRole('radio', { name: 'System' });
    system.focus();
    await press('ArrowRight');
    expect(theme.getByRole('radio', { name: 'Light' }).getAttribute('aria-checked')).toBe('true');
    expect(document.activeElement?.textContent?.trim()).toBe('Light');
    expect(host.asked('preference_set')).toEqual([{ key: 'theme', value: 'light' }]);
  });

  test('zooms with buttons and with keys, also while typing', async () => {
    const { app } = await settings();
    await click('Larger');
    await press('g', 'f', 'mod+=');
    expect(app.preferences.zoom).toBe(120);
    await press('mod+0');
    expect(app.preferences.zoom).toBe(100);
  });
});
