import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { OutboxItem } from '../../src/host';
import { NOON, source } from '../support/company';
import { fullHost, openWindow, settle } from '../support/window';
import type { FakeHost } from '../support/host';

const item = (over: Partial<OutboxItem> = {}): OutboxItem => ({
  id: 4,
  source: 'helpdesk',
  kind: 'note',
  on: 'NW-48213',
  about: 'helpdesk:NW-48213',
  to: 'desk.example/api/v2/tickets/7/notes',
  method: 'POST',
  payload: '{"body":"Seen before"}',
  seal: '0123456789abcdef',
  mark: 'precedent-1',
  title: null,
  text: 'The coupon stops it',
  body: 'The coupon stops it',
  conflict: null,
  redacted: [{ kind: 'email', count: 2 }],
  state: 'draft',
  made_by: 'ann',
  made_at: NOON,
  sent_by: null,
  clicked_at: null,
  may_be_there: false,
  attempts: 0,
  attempt_at: null,
  not_before: null,
  failure: null,
  done_at: null,
  remote_id: null,
  url: null,
  can_send: true,
  can_drop: true,
  ...over,
});

const writable = source({ name: 'helpdesk', writes: ['note'], may_write: true });
const forge = source({ name: 'forge', writes: ['issue', 'comment'], may_write: true });

async function open(items: OutboxItem[], sources = [writable, forge]): Promise<FakeHost> {
  const host = fullHost();
  host.answers.outbox_list = () => items;
  host.answers.sources_list = () => sources;
  host.answers.outbox_send = () => item({ state: 'sent' });
  const { app } = await openWindow(host);
  await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
  await settle();
  app.writeAbout();
  await settle();
  return host;
}

test('an internal note is offered first, and nothing that was not allowed', async () => {
  await open([], [writable, forge, source({ name: 'other', writes: ['issue'], may_write: false })]);
  const where = screen.getByLabelText('Where');
  expect(within(where).getAllByRole('option').map((option) => option.textContent)).toEqual(['Internal note on NW-48213', 'New issue in forge']);
});

test('where nothing may be written the way to allow it is shown', async () => {
  await open([], [source({ name: 'helpdesk', writes: ['note'], may_write: false })]);
  expect(screen.queryByLabelText('Where')).toBeNull();
  expect(screen.getByText(/Nobody allowed yet/)).toBeTruthy();
  expect(screen.getByRole('button', { name: /Go to the sources/ })).toBeTruthy();
});

test('sending names the seal of what is shown', async () => {
  const host = await open([item()]);
  await fireEvent.click(screen.getByRole('button', { name: /The coupon stops it/ }));
  expect(screen.getByText('2 e-mail addresses')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Send it' }));
  await settle();
  expect(host.asked('outbox_send')).toEqual([{ id: 4, seal: '0123456789abcdef', not_there: false }]);
});

test('of what may have arrived a person can say that it did not', async () => {
  const host = await open([item({ state: 'unclear', may_be_there: true, failure: { code: 'arrival_unknown', message: 'Whether it arrived cannot be told', hint: 'Look there.', at: NOON } })]);
  await fireEvent.click(screen.getByRole('button', { name: /The coupon stops it/ }));
  expect(screen.getByText('Arrival unknown')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'It did not arrive: send it again' }));
  await settle();
  expect(host.asked('outbox_send')).toEqual([{ id: 4, seal: '0123456789abcdef', not_there: true }]);
});

test('what changed since it was shown stands side by side, and a person sends, edits or drops it', async () => {
  const conflict = {
    seal: 'fedcba9876543210', was_at: NOON - 60_000, now_at: NOON,
    changes: [
      { what: 'status', lines: [{ was: 'open', now: 'solved', same: false }] },
      { what: 'body', lines: [{ was: 'It stops.', now: 'It stops.', same: true }, { was: null, now: 'Solved by the restart.', same: false }] },
    ],
    said: [{ by: 'ben', at: NOON, public: true, text: 'Never mind.' }],
  };
  const host = await open([item({ state: 'conflict', failure: { code: 'outbox_conflict', message: 'what it is written on has changed', hint: 'Look at what changed.', at: NOON }, conflict })]);
  host.answers.outbox_write = () => item({ id: 5 });
  host.answers.outbox_drop = () => item({ state: 'dropped' });
  screen.getByText('Changed meanwhile').click();
  await settle();
  const status = screen.getByRole('table', { name: 'State' });
  expect(within(status).getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['open', 'solved']);
  expect(within(screen.getByRole('table', { name: 'Description' })).getAllByRole('row')).toHaveLength(3);
  expect(screen.getByRole('region', { name: 'Said since' }).textContent).toContain('Never mind.');
  screen.getByRole('button', { name: 'Send it anyway' }).click();
  await settle();
  expect(host.asked('outbox_send')).toEqual([{ id: 4, seal: '0123456789abcdef', not_there: false, seen: 'fedcba9876543210' }]);

  screen.getByRole('button', { name: 'Edit it' }).click();
  await settle();
  const text = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text' });
  expect(text.value).toBe('The coupon stops it');
  await fireEvent.input(text, { target: { value: 'The restart solved it' } });
  screen.getByRole('button', { name: /Show what would leave/ }).click();
  await settle();
  expect(host.asked('outbox_write').at(-1)).toMatchObject({ kind: 'note', to: 'helpdesk:NW-48213', text: 'The restart solved it' });
  expect(host.asked('outbox_drop')).toEqual([{ id: 4 }]);
});
