import { screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { refusal, type FakeHost } from '../support/host';
import { installed, modelStatus } from '../support/model';
import { fullHost, openWindow, press, settle } from '../support/window';

let host: FakeHost;
beforeEach(() => (host = fullHost()));

const group = () => within(screen.getByRole('region', { name: 'Semantic pack' }));
const field = () => screen.getByLabelText<HTMLInputElement>('Path of a pack');
const click = async (name: RegExp) => {
  group().getByRole('button', { name }).click();
  await settle();
};
const type = async (text: string) => {
  field().value = text;
  field().dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
};

test('without one it says what it costs and that everything works, and a key leads to the field', async () => {
  await openWindow(host);
  await press('g', 'm');
  expect(group().getByText(/found by their words alone/)).toBeTruthy();
  expect(document.activeElement).toBe(field());
});

test('installing needs a path, sends it, and shows how far the cases are read', async () => {
  host.answers.model_install = () => installed({ read: 350 });
  await openWindow(host);
  await press('g', 'm');
  await click(/^Install/);
  expect(screen.getByRole('alert').textContent).toBe('Type the path of a pack first.');
  await type('/packs/mini.pack');
  await click(/^Install/);
  expect(host.asked('model_install')).toEqual([{ path: '/packs/mini.pack' }]);
  expect(group().getByText('350 of 1,400')).toBeTruthy();
  expect(group().getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
  expect(group().getByText('45 MB on disk, 67 MB of memory')).toBeTruthy();
});

test('a pack that is refused is said at the field, and the old one stays', async () => {
  host.answers.model_status = () => installed({ read: 1400 });
  host.answers.model_install = () => {
    throw refusal('pack_damaged', 'The semantic pack /x is damaged: it is cut short.');
  };
  await openWindow(host);
  await press('g', 'm');
  expect(group().getByText('All 1,400 cases')).toBeTruthy();
  await type('/x');
  await click(/^Install another/);
  expect(group().getByText(/The semantic pack is damaged/)).toBeTruthy();
  expect(group().getByText('all-MiniLM-L6-v2/f16')).toBeTruthy();
  expect(document.activeElement).toBe(field());
});

test('removing has to be said twice', async () => {
  let status = installed({ read: 1400 });
  host.answers.model_status = () => status;
  host.answers.model_remove = () => {
    status = modelStatus();
    return {};
  };
  await openWindow(host);
  await press('g', 'm');
  await click(/^Remove/);
  expect(host.asked('model_remove')).toEqual([]);
  await click(/^Really remove/);
  expect(host.asked('model_remove')).toEqual([{}]);
  expect(group().getByText(/found by their words alone/)).toBeTruthy();
});
