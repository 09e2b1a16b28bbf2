import { screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { HostError } from '../../src/host';
import { status } from '../support/company';
import { refusal, type FakeHost } from '../support/host';
import { fullHost, openWindow, press, settle } from '../support/window';

let host: FakeHost;
beforeEach(() => (host = fullHost()));

const click = async (name: string) => {
  screen.getByRole('button', { name }).click();
  await settle();
};

const type = async (label: string, text: string) => {
  const field = screen.getByLabelText<HTMLInputElement>(label);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
};

/** Shut until `workspace_open` is answered. */
function shutWith(code: string, open: (args: object) => void) {
  let shut: HostError | null = refusal(code);
  const { workspace_status } = host.answers;
  host.answers.workspace_status = (args) => {
    if (shut) throw shut;
    return workspace_status!(args);
  };
  host.answers.workspace_open = (args) => {
    open(args);
    shut = null;
    return {};
  };
}

describe('a workspace that is shut', () => {
  test('because its database is damaged is mended by a key, and what was done is shown', async () => {
    shutWith('database_damaged', () => {});
    const detail = 'The copy of 2026-01-02 took its place.';
    host.answers.doctor = () => ({ ok: true, checks: [{ name: 'database', ok: true, detail, repaired: true }] });
    await openWindow(host);
    screen.getByRole('button', { name: /Mend the workspace/ });
    await press('m', 'b');
    expect(host.asked('workspace_open')).toEqual([{ repair: true }]);
    expect(screen.queryByText('This workspace does not open')).toBeNull();
    await settle();
    expect(screen.getByText(new RegExp(detail))).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Mend the workspace/ })).toBeNull();
  });

  test('is tried again where its key was put', async () => {
    shutWith('key_missing', () => {});
    await openWindow(host);
    await click('Try again');
    expect(host.asked('workspace_open')).toEqual([{}]);
    expect(screen.queryByText('This workspace does not open')).toBeNull();
  });

  test('opens with the recovery key, and keeps what was typed when that is wrong', async () => {
    let tries = 0;
    shutWith('key_missing', () => {
      if (tries++ === 0) throw refusal('recovery_key_mistyped');
    });
    await openWindow(host);
    await type('Recovery key', '7F3K-9Q2M');
    await click('Open with the recovery key');
    expect(screen.getByRole('alert').textContent).toContain('A letter of the recovery key is wrong or missing.');
    expect(screen.getByLabelText<HTMLInputElement>('Recovery key').value).toBe('7F3K-9Q2M');
    await click('Open with the recovery key');
    expect(host.asked('workspace_open')).toEqual([{ recovery: '7F3K-9Q2M' }, { recovery: '7F3K-9Q2M' }]);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('under a passphrase asks for it first of all', async () => {
    shutWith('passphrase_needed', () => {});
    const { app } = await openWindow(host);
    expect(document.activeElement).toBe(screen.getByLabelText('Passphrase'));
    await type('Passphrase', 'four words of no sense');
    await click('Open');
    expect(host.asked('workspace_open')).toEqual([{ passphrase: 'four words of no sense' }]);
    expect(app.entrance.passphrase).toBe('');
  });

  test('because no keyring takes its key is made under a passphrase that was typed twice alike', async () => {
    shutWith('no_place_for_key', () => {});
    await openWindow(host);
    const choose = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Encrypt under this passphrase' });
    await type('New passphrase', 'four words of no sense');
    await type('The same again', 'four words of no sensf');
    expect(screen.getByText('The two differ.')).toBeTruthy();
    expect(choose().disabled).toBe(true);
    await type('The same again', 'four words of no sense');
    choose().click();
    await settle();
    expect(host.asked('workspace_open')).toEqual([{ passphrase: 'four words of no sense' }]);
  });

  test('without a keyring takes a new passphrase together with the recovery key', async () => {
    shutWith('no_keyring', () => {});
    await openWindow(host);
    await type('Recovery key', '7F3K-9Q2M');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Open with the recovery key' }).disabled).toBe(true);
    await type('New passphrase', 'four words of no sense');
    await type('The same again', 'four words of no sense');
    await click('Open with the recovery key');
    expect(host.asked('workspace_open')).toEqual([{ recovery: '7F3K-9Q2M', passphrase: 'four words of no sense' }]);
  });
});

describe('a recovery key', () => {
  const open = async () => {
    const window = await openWindow(host);
    await window.app.preferences.load();
    await settle();
    return window;
  };
  const offer = () => screen.queryByRole('region', { name: 'Recovery key' });

  test('is offered once, and never again after not now', async () => {
    await open();
    expect(offer()).toBeTruthy();
    await press('m', 'n');
    expect(offer()).toBeNull();
    expect(host.asked('preference_set')).toEqual([{ key: 'recovery.offered', value: 'yes' }]);
  });

  test('is not offered where it was offered before, where there is one, or for the sample', async () => {
    host.answers.preferences_get = () => [{ key: 'recovery.offered', value: 'yes' }];
    const { app } = await open();
    expect(app.offersRecovery).toBe(false);
    app.preferences.offered = false;
    expect(app.offersRecovery).toBe(true);
    app.workspace.status.value = status({ sample: true });
    expect(app.offersRecovery).toBe(false);
  });

  test('is made from the offer, and shown in the settings', async () => {
    host.answers.key_recovery_make = () => ({ words: '7F3K-9Q2M' });
    await open();
    within(offer()!).getByRole('button', { name: /^Make a recovery key/ }).click();
    await settle();
    expect(screen.getByText('7F3K-9Q2M')).toBeTruthy();
    expect(offer()).toBeNull();
  });
});

describe('a passphrase', () => {
  test('is chosen in the settings, by keyboard', async () => {
    host.answers.key_passphrase = () => ({ kind: 'passphrase', place: 'a passphrase', tokens: 'the file tokens.age', made_at: null, recovery_made_at: null });
    await openWindow(host);
    await press('m', 'p');
    expect(document.activeElement).toBe(screen.getByLabelText('New passphrase'));
    await type('New passphrase', 'four words of no sense');
    await type('The same again', 'four words of no sense');
    await click('Use this passphrase');
    expect(host.asked('key_passphrase')).toEqual([{ passphrase: 'four words of no sense' }]);
    expect(within(screen.getByRole('region', { name: 'Encryption' })).getByText('A passphrase')).toBeTruthy();
  });
});
