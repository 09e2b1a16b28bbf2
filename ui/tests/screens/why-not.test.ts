// A case that somebody misses among the hits.
import { screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ticket } from '../support/company';
import { refusal, type FakeHost } from '../support/host';
import { whyNot } from '../support/why-not';
import { fullHost, openWindow, press, settle } from '../support/window';

let host: FakeHost;
beforeEach(() => (host = fullHost()));

const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
const group = () => screen.getByRole('group', { name: 'Why not this one?' });
const field = () => screen.getByLabelText<HTMLInputElement>('Id of a case that you miss here');
const focused = () => (document.activeElement as HTMLElement | null)?.dataset.focus;

async function asked(width = 1440) {
  const window = await openWindow(host, width);
  await window.app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
  await settle();
  return window;
}

async function miss(id: string) {
  field().value = id;
  field().dispatchEvent(new Event('input', { bubbles: true }));
  within(screen.getByRole('region', { name: 'Why not another one?' })).getByRole('button', { name: /^Why not\?/ }).click();
  await settle();
}

test('is named by its id, and says its place and what it lacks', async () => {
  await asked();
  await miss(' NW-20007 ');
  expect(host.asked('why_not')).toEqual([{ question: { ticket: 'helpdesk:NW-48213', k: 10, lane: 'why-not' }, id: 'NW-20007' }]);
  expect(focused()).toBe('why-not');
  expect(words(group())).toContain('It is 14th of 96; the first 10 are shown.');
  const rows = within(group()).getAllByRole('row').map(words);
  expect(rows).toEqual([
    'PartNW-20007NW-30118, 10th',
    'Same words in the titlelacks checkout0.012.4',
    'How recent it is2.20.0',
    'Same words in the texthas more cent16.210.3',
    'Together4.3 points short18.422.7',
  ]);
});

describe('a case that is open beside the answer', () => {
  test('is asked about by one key', async () => {
    const { app } = await asked();
    app.openCase('ticket', 'helpdesk:NW-20007');
    await settle();
    expect(screen.getByRole('button', { name: /^Why not this one\?/ })).toBeTruthy();
    await press('q');
    expect(host.asked('why_not').at(-1)?.id).toBe('helpdesk:NW-20007');
    expect(group()).toBeTruthy();
  });

  test('lies no more over the answer in a narrow window', async () => {
    const { app } = await asked(420);
    app.openCase('ticket', 'helpdesk:NW-20007');
    await settle();
    within(screen.getByRole('dialog')).getByRole('button', { name: /^Why not this one\?/ }).click();
    await settle();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(focused()).toBe('why-not');
  });
});

test('where nothing else is open, the key leads to the field', async () => {
  await asked();
  await press('q');
  expect([host.asked('why_not'), focused()]).toEqual([[], 'why-not-id']);
});

test('one that was called not the same is kept out, and opens', async () => {
  host.answers.why_not = () => whyNot({ state: 'barred', reasons: [{ code: 'not_same', other: null }], place: 1 });
  host.answers.ticket_get = ({ id }) => ticket({ id });
  const { app } = await asked();
  await miss('NW-20007');
  expect(words(group())).toContain('It is kept out; it would be 1st of 96.Somebody said that it is not the same');
  within(group()).getByRole('button', { name: 'NW-20007' }).click();
  await settle();
  expect(app.places.current).toEqual({ kind: 'ticket', id: 'helpdesk:NW-20007' });
});

test('that is not there says so', async () => {
  host.answers.why_not = () => Promise.reject(refusal('not_found'));
  await asked();
  await miss('NW-404');
  await vi.waitFor(() => expect(screen.getByRole('alert')).toBeTruthy());
  expect(field().value).toBe('NW-404');
});

test('goes with its question, and is asked anew when that is answered anew', async () => {
  const { app } = await asked();
  await miss('NW-20007');
  await app.seen.again();
  await settle();
  expect(host.asked('why_not')).toHaveLength(2);
  await app.openRow({ id: 'helpdesk:NW-48212', display_id: 'NW-48212' });
  await settle();
  expect(screen.queryByRole('group', { name: 'Why not this one?' })).toBeNull();
  expect(field().value).toBe('');
});
