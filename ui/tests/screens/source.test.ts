// A source that is asked: its form, what it says of itself, and what can be done with it.
import { screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { ASKABLE, askable } from '../../src/text/askable';
import { engineWords, errorWords } from '../../src/text/errors';
import { NOON, job, source } from '../support/company';
import { refusal, type FakeHost } from '../support/host';
import { fullHost, openWindow, press, settle } from '../support/window';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

let host: FakeHost;
beforeEach(() => (host = fullHost()));

const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
const sources = () => screen.getByRole('region', { name: 'Sources' });
const form = (name = 'Add a source') => screen.getByRole('form', { name });
const field = (label: string) => within(sources()).getByLabelText<HTMLInputElement>(label);
const click = async (name: string) => {
  screen.getByRole('button', { name }).click();
  await settle();
};
const type = async (element: HTMLInputElement | HTMLSelectElement, text: string) => {
  element.value = text;
  element.dispatchEvent(new Event(element instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
  await settle();
};
const tick = async (label: string | RegExp) => {
  within(sources()).getByLabelText<HTMLInputElement>(label).click();
  await settle();
};
const more = async () => {
  const fold = form().querySelector('details') as HTMLDetailsElement;
  fold.open = true;
  fold.dispatchEvent(new Event('toggle'));
  await settle();
};
const asked = (over = {}) => source({ url: 'https://github.com/acme/ledger', reach: 'public', tickets: 12, ...over });

async function settings(list = [asked()]) {
  host.answers.sources_list = () => list;
  host.answers.source_add = ({ name, kind, url, options }) => asked({ name: name ?? 'ledger', kind, url, options: options ?? [] });
  host.answers.sync_start = ({ name }) => job({ kind: 'sync', label: name });
  await openWindow(host);
  await press('g', 't');
}

describe('the form', () => {
  /** Not folded away. */
  const seen = () => [...form().querySelectorAll<HTMLElement>('input, select, textarea')].filter((input) => !input.closest('details:not([open])'));

  test.each(ASKABLE)('asks for at most six things of %s, and says what its token has to be allowed', async (kind) => {
    await settings([]);
    await type(within(sources()).getByLabelText<HTMLSelectElement>('Kind') as HTMLSelectElement, kind);
    const ids = seen().map((input) => input.id);
    expect(ids.length, ids.join()).toBeGreaterThanOrEqual(3);
    expect(ids.length, ids.join()).toBeLessThanOrEqual(6);
    expect(ids.slice(0, 2)).toEqual(['source-kind', 'source-address']);
    if ('client' in askable[kind]) expect(ids.indexOf('source-client'), 'signing in comes first').toBeLessThan(ids.indexOf('source-token'));
    expect(ids.includes('source-token')).toBe(askable[kind].token !== null);
  });

  test('adds a server of one’s own network with its authority, folded away until somebody needs that', async () => {
    await settings([]);
    await type(within(sources()).getByLabelText<HTMLSelectElement>('Kind'), 'gitlab');
    expect(seen().map((input) => input.id)).not.toContain('source-own-network');
    await type(field('Address'), 'https://10.1.2.3/ops/ledger');
    await more();
    await tick(/on our own network/);
    await type(field('Authority'), ' /etc/acme.pem ');
    await click('Add and sync');
    expect(host.asked('source_add')).toEqual([
      { kind: 'gitlab', url: 'https://10.1.2.3/ops/ledger', options: [{ key: 'private', value: 'yes' }, { key: 'ca', value: '/etc/acme.pem' }] },
    ]);
  });

  test('opens what is folded where that is what is missing, in the words of the screen', async () => {
    await settings([]);
    host.answers.source_add = () => Promise.reject(Object.assign(refusal('address_private'), { hint: 'Where a server in your own network is meant, add it with --option private=yes.' }));
    await type(field('Address'), 'https://10.1.2.3/ops/ledger');
    await click('Add and sync');
    expect(seen().map((input) => input.id)).toContain('source-own-network');
    expect(screen.getByText(/tick “It is on our own network” under “More”/)).toBeTruthy();
    expect(screen.queryByText(/--option/)).toBeNull();
    expect(field('Address').value).toBe('https://10.1.2.3/ops/ledger');
  });

  test('says in its fold what is chosen there', async () => {
    await settings([]);
    await more();
    await tick(/on our own network/);
    await tick(/kept nowhere/);
    const fold = form().querySelector('details') as HTMLDetailsElement;
    fold.open = false;
    fold.dispatchEvent(new Event('toggle'));
    await settle();
    expect(words(fold.querySelector('summary') as Element)).toBe('More · own network, token for this run');
  });
});

test('no hint that names what is typed in a terminal is shown in the window', () => {
  const rust = readFileSync(join(import.meta.dirname, '../../../src-tauri/crates/engine/src/error/hint.rs'), 'utf8');
  const arms = [...rust.matchAll(/((?:"[a-z_]+"\s*\|?\s*)+)=>\s*\{?\s*"((?:[^"\\]|\\.|\\\n)*)"/g)].map(([, codes = '', hint = '']) => ({ codes: [...codes.matchAll(/"([a-z_]+)"/g)].map(([, code]) => code ?? ''), hint: hint.replace(/\\\n\s*/g, '') }));
  const typed = arms.filter(({ hint }) => /`precedent |--[a-z]/.test(hint));
  expect(typed.length).toBeGreaterThan(4);
  for (const { codes, hint } of typed) {
    for (const code of codes) {
      expect(Object.keys(engineWords), code).toContain(code);
      expect(errorWords({ code, message: '', hint, retryable: false }).next).not.toMatch(/`precedent |--[a-z]/);
    }
  }
});

describe('a source', () => {
  test('says what it leaves out, since when and why, and how many records it skipped', async () => {
    const refused = [{ what: 'events', code: 'access_denied', message: 'Acme.example does not allow this any more: Admins only', at: NOON - 3_600_000 }];
    await settings([asked({ left_out: { refused, skipped: 31, skips: [{ record: '12', reason: 'it has no "created_at"', count: 1 }] } })]);
    const said = words(sources());
    expect(said).toContain('Replies, notes and handoffs are left out: this account may not read them. since 1 h ago');
    expect(said).toContain('Admins only');
    expect(said).toContain('31 records could not be read and are left out.');
    expect(said).toContain('12: it has no "created_at"');
    expect(said).toContain('and 30 others');
  });

  test('that leaves nothing out says nothing of it', async () => {
    await settings();
    expect(words(sources())).not.toContain('left out');
  });

  test('goes with all that came from it, once somebody read what that is', async () => {
    host.answers.purge_preview = () => ({ what: 'ledger', tickets: 12, comments: 3, known_errors: 0, articles: 0, copies: 1 });
    host.answers.source_remove = () => ({});
    await settings();
    await click('Remove ledger');
    expect(host.asked('purge_preview')).toEqual([{ source: 'ledger' }]);
    expect(words(sources())).toContain('takes 12 tickets with 3 replies and notes away for good');
    await click('Do not remove it');
    expect(screen.queryByRole('button', { name: 'Keep what was read' })).toBeNull();
    await press('b', 'd');
    await click('Delete what was read, too');
    expect(host.asked('source_remove')).toEqual([{ name: 'ledger', purge: true }]);
    expect(screen.getByText('ledger is removed, with everything that came from it')).toBeTruthy();
  });

  test('whose token was for one run is given it again, for this run too, and stays as it was asked', async () => {
    const options = [{ key: 'ask_token', value: 'yes' }, { key: 'private', value: 'yes' }];
    await settings([asked({ name: 'forge', kind: 'gitlab', url: 'https://git.acme.example/ops/ledger', has_token: true, asks_token: true, options })]);
    expect(words(sources())).toContain('Its token was for one run only, and that run is over.');
    await click('Give the token forge');
    expect(document.activeElement).toBe(field('Token'));
    await type(field('Token'), 'glpat-secret');
    await click('Keep and sync');
    expect(host.asked('source_add')).toEqual([
      { kind: 'gitlab', url: 'https://git.acme.example/ops/ledger', name: 'forge', options: [{ key: 'private', value: 'yes' }], secret: 'glpat-secret', this_run: true },
    ]);
    expect(host.asked('sync_start')).toEqual([{ name: 'forge' }]);
    expect(form()).toBeTruthy();
    expect(field('Token').value).toBe('');
  });

  test('whose token is not accepted offers to give another before anything else', async () => {
    const failure = { code: 'token_refused', message: 'No.', hint: null, at: NOON };
    await settings([asked({ stopped: true, failure, has_token: true })]);
    expect(screen.getByRole('button', { name: 'Give the token ledger' })).toBeTruthy();
  });

  test('that spares the battery says so without an alarm', async () => {
    const failure = { code: 'battery_low', message: 'The battery has 9 % left.', hint: 'It goes on by itself once it is charged.', at: NOON };
    await settings([asked({ failure })]);
    expect(words(sources())).toContain('The battery is nearly empty');
    expect(within(sources()).queryByRole('alert')).toBeNull();
  });

  test('has a key for everything that can be done with it: for the only one, or the one that had the focus', async () => {
    host.answers.source_test = ({ name }) => ({ name, private: false, requests_left: null, signed_in: false, lacks: [] });
    host.answers.source_pause = ({ name, paused }) => asked({ name, paused });
    host.answers.sync_again = ({ name }) => job({ id: 8, kind: 'sync', label: name, state: 'done' });
    await settings([asked(), asked({ name: 'other', url: 'https://github.com/acme/other' })]);
    await press('b', 't');
    expect(host.asked('source_test'), 'nobody said which').toEqual([]);
    screen.getByRole('button', { name: 'Sync other' }).focus();
    await settle();
    await press('b', 't');
    await press('b', 'p');
    await press('b', 'r');
    expect(host.asked('source_test')).toEqual([{ name: 'other' }]);
    expect(host.asked('source_pause')).toEqual([{ name: 'other', paused: true }]);
    expect(host.asked('sync_again')).toEqual([{ name: 'other' }]);
    await press('b', 'c');
    expect(form('Change other')).toBeTruthy();
    await press('Escape');
  });
});
