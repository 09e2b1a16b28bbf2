import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import type { DeployGoneArgs, DeploysArgs, DeployView } from '../../src/host/bindings';
import { refusal } from '../support/host';
import { fullHost, openWindow, press, settle } from '../support/window';

let host = fullHost();
let kept: DeployView[] = [];
const SYNCED: DeployView = { repo: 'shop', environment: 'production', release: 'v2.3.0', at: Date.parse('2026-01-02T08:00:00Z'), commit: null, product: 'northwind/shop', source: 'monitor' };

beforeEach(() => {
  host = fullHost();
  kept = [];
  const list = () => ({ deploys: [SYNCED, ...kept].sort((a, b) => a.at - b.at) });
  const drop = ({ environment, repo, at }: DeployGoneArgs) => (kept = kept.filter((one) => one.environment !== environment || one.repo !== repo || one.at !== at));
  host.answers.code_deploys = list;
  host.answers.code_deploys_remove = (gone: DeployGoneArgs) => (drop(gone), list());
  host.answers.code_deploys_add = ({ deploys, instead }: DeploysArgs) => {
    if (instead) drop(instead);
    kept.push(...deploys.map((one) => ({ repo: one.repo ?? 'shop', environment: one.environment, release: `v${one.version.replace('v', '')}`, at: Date.parse(one.at ?? '2026-02-01T00:00:00Z'), commit: null, product: null, source: null })));
    return list();
  };
});

const form = () => within(screen.getByRole('form', { name: 'What runs where' }));
const rows = () =>
  form()
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell').slice(0, 2).map((cell) => cell.textContent).join(' '));
const type = async (label: string, value: string) => {
  await fireEvent.input(form().getByLabelText(label), { target: { value } });
  await settle();
};

test('what runs where is said by keyboard, put right, removed and taken back', async () => {
  await openWindow(host);
  await press('g', 't');
  await settle();
  expect(rows()).toEqual(['production v2.3.0']);
  expect(form().getByText('monitor')).toBeTruthy();
  expect(form().queryByRole('button', { name: /Remove v2.3.0/ })).toBeNull();

  await press('v', 'e');
  expect(document.activeElement).toBe(form().getByLabelText('Environment'));
  await type('Environment', 'staging');
  await type('Release', '2.3.1');
  await fireEvent.submit(screen.getByRole('form', { name: 'What runs where' }));
  await settle();
  expect(host.asked('code_deploys_add')).toEqual([{ deploys: [{ repo: 'shop', environment: 'staging', version: '2.3.1' }] }]);
  expect(rows()).toEqual(['staging v2.3.1', 'production v2.3.0']);

  await fireEvent.click(form().getByRole('button', { name: 'Change v2.3.1 in staging' }));
  await settle();
  await type('Environment', 'canary');
  await fireEvent.click(form().getByRole('button', { name: /Keep this/ }));
  await settle();
  const at = Date.parse('2026-02-01T00:00:00Z');
  expect(host.asked('code_deploys_add').at(-1)).toEqual({
    deploys: [{ repo: 'shop', environment: 'canary', version: 'v2.3.1', at: new Date(at).toISOString() }],
    instead: { environment: 'staging', repo: 'shop', at },
  });
  expect(rows()).toEqual(['canary v2.3.1', 'production v2.3.0']);

  await fireEvent.click(form().getByRole('button', { name: 'Remove v2.3.1 in canary' }));
  await settle();
  expect(rows()).toEqual(['production v2.3.0']);
  (document.activeElement as HTMLElement | null)?.blur();
  await press('z');
  await settle();
  expect(rows()).toEqual(['canary v2.3.1', 'production v2.3.0']);
  await press('z');
  await settle();
  expect(rows()).toEqual(['staging v2.3.1', 'production v2.3.0']);
  await press('z');
  await settle();
  expect(rows()).toEqual(['production v2.3.0']);
});

test('what cannot be kept says why and stays in the form', async () => {
  await openWindow(host);
  await press('g', 't');
  await settle();
  await fireEvent.submit(screen.getByRole('form', { name: 'What runs where' }));
  await settle();
  expect(form().getByRole('alert').textContent).toContain('Say which release runs');
  host.answers.code_deploys_add = () => Promise.reject(refusal('not_found', '9.9'));
  await type('Environment', 'staging');
  await type('Release', '9.9');
  await fireEvent.submit(screen.getByRole('form', { name: 'What runs where' }));
  await settle();
  expect(form().getByRole('alert')).toBeTruthy();
  expect(form().getByLabelText<HTMLInputElement>('Release').value).toBe('9.9');
  expect(rows()).toEqual(['production v2.3.0']);
});
