// The job as it is done: with the keyboard and with what was pasted.
import { screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { actions } from '../../src/actions';
import type { SearchHit, SearchReply } from '../../src/host';
import { found, searched, status, ticket as aTicket } from '../support/company';
import { FakeHost, refusal } from '../support/host';
import { fullHost, openWindow, paste, press, settle } from '../support/window';

const pane = () => screen.getByRole('region', { name: 'Seen before' });
const ticket = () => screen.getByRole('region', { name: 'Ticket' });
const focused = () => (document.activeElement as HTMLElement | null)?.dataset.focus ?? document.activeElement?.tagName;

test('an error pasted anywhere is answered with no click', async () => {
  const { host, app } = await openWindow();
  await paste('ORA-00942: table or view does not exist');
  expect(host.asked('seen_before').at(-1)?.text).toBe('ORA-00942: table or view does not exist');
  expect(within(pane()).getAllByRole('article')).toHaveLength(4);
  expect(screen.getByLabelText<HTMLTextAreaElement>('Paste box').value).toBe('ORA-00942: table or view does not exist');
  expect(app.moves.zone).toBe('pane');
});

test('text pasted into a field stays there', async () => {
  const { host } = await openWindow();
  await press('/');
  await paste('coupon');
  expect(host.asked('seen_before')).toEqual([]);
});

test('a ticket is opened from the queue, and the keys go on in its answer', async () => {
  await openWindow();
  await press('g', 'q', 'j', 'Enter');
  expect(within(ticket()).getByRole('heading', { level: 2 }).textContent).toContain('NW-48212');
  expect(focused()).toBe('item:banner');
  await press('j');
  expect(focused()).toBe('item:helpdesk:NW-41877');
});

test('why on the banner goes to the best hit and opens its receipt', async () => {
  await openWindow();
  await press('g', 'q', 'Enter', 'w');
  expect(screen.getByText('Together')).toBeTruthy();
  expect(focused()).toBe('item:helpdesk:NW-41877');
  await press('w');
  expect(screen.queryByText('Together')).toBeNull();
});

test('not the same moves the focus on, and undo brings hit and focus back', async () => {
  await openWindow();
  await press('g', 'q', 'Enter', 'j', 'n');
  expect(focused()).toBe('item:helpdesk:NW-39120');
  await press('z');
  await vi.waitFor(() => expect(within(pane()).getAllByRole('article')).toHaveLength(4));
  expect(screen.getByText('Taken back')).toBeTruthy();
  expect(focused()).toBe('item:helpdesk:NW-41877');
});

test('the focus is never lost when another ticket’s answer takes the place of a card', async () => {
  await openWindow();
  await press('g', 'q', 'Enter', 'j', ']');
  expect(document.activeElement).not.toBe(document.body);
});

describe('the next ticket', () => {
  test('is the one after the one that is open, wherever the cursor is', async () => {
    const { app } = await openWindow();
    await press('g', 'q', 'Enter');
    app.queue.active = 2;
    await press(']');
    expect(app.seen.question).toMatchObject({ id: 'helpdesk:NW-48212' });
    await press('[');
    expect(app.seen.question).toMatchObject({ id: 'helpdesk:NW-48213' });
  });

  test('past the last result of a search is one of the queue', async () => {
    const { app } = await openWindow();
    await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
    app.search.query = 'coupon';
    await app.search.run();
    await press(']');
    expect(app.search.typing).toBe(false);
    expect(app.seen.question).toMatchObject({ id: 'helpdesk:NW-48212' });
  });
});

test('copying says what was copied', async () => {
  const { host } = await openWindow();
  await press('g', 'q', 'Enter', 'j', 'y');
  expect(host.copied).toHaveLength(1);
  expect(screen.getByText('Copied the answer from NW-41877')).toBeTruthy();
});

test('numbers have keys: earlier cases, others, the signature', async () => {
  const { app, host } = await openWindow();
  await press('g', 'q', 'Enter', 'l');
  expect(app.places.current).toMatchObject({ kind: 'cases', title: 'Earlier cases of this problem' });
  await press('Escape', 'd');
  expect(app.places.current).toMatchObject({ kind: 'cases', title: 'Others with the same problem in 7 days' });
  await press('Escape', 's');
  expect(host.copied).toEqual(['7F3K-9Q2M']);
});

describe('a search while not everything can be found', () => {
  const queue = () => screen.getByRole('region', { name: 'Queue' });
  async function search(hits: SearchHit[]) {
    const { app, host } = await openWindow();
    host.answers.search = ({ query }) => searched({ query, hits });
    host.emit({ kind: 'index', index: { state: 'rebuilding', done: 2, total: 9, reason: null } });
    app.search.query = 'coupon';
    await app.search.run();
    await settle();
    return host;
  }

  test('counts what it has found so far, and says why there may be more', async () => {
    await search([found()]);
    expect(queue().textContent).toContain('1 match so far');
    expect(queue().textContent).toContain('The index is being rebuilt: 2 of 9 documents.');
  });

  test('has found nothing yet, and not nothing, and searches again by itself', async () => {
    const host = await search([]);
    expect(queue().textContent).toContain('Nothing found yet.');
    expect(queue().textContent).not.toContain('Nothing matches');
    host.answers.search = ({ query }) => searched({ query });
    host.emit({ kind: 'index', index: { state: 'ready', done: 0, total: 0, reason: null } });
    await vi.waitFor(() => expect(queue().textContent).toContain('1 match'));
    expect(queue().textContent).not.toContain('so far');
  });
});

describe('a search', () => {
  const facets = [
    { field: 'product', values: [{ value: 'storefront', name: 'Storefront', count: 12, chosen: false }, { value: 'billing', name: 'Billing', count: 3, chosen: false }], more: 2 },
    { field: 'status', values: [{ value: 'on_hold', name: 'on_hold', count: 9, chosen: false }, { value: 'open', name: 'open', count: 6, chosen: false }], more: 0 },
  ];
  const results = () => screen.getByRole('listbox', { name: 'Search results' });

  async function search(reply: Partial<SearchReply>) {
    const { app, host } = await openWindow();
    host.answers.search = ({ query, facets: counted }) => searched({ query, ...reply, facets: counted ? facets : [] });
    app.search.query = 'coupon';
    await app.search.run();
    await settle();
    return { app, host };
  }

  test('says of each hit how well it has what was typed', async () => {
    const hits = [found({ id: 'a:1' }), found({ id: 'a:2', tier: 'prefix' }), found({ id: 'a:3', tier: 'typo' }), found({ id: 'a:4', tier: 'typo' })];
    await search({ hits, total: 9, tiers: [{ tier: 'exact', count: 1 }, { tier: 'prefix', count: 1 }, { tier: 'typo', count: 7 }] });
    const groups = within(results()).getAllByRole('group').map((group) => [group.getAttribute('aria-label'), within(group).getAllByRole('option').length]);
    expect(groups).toEqual([['Exact', 1], ['Begins so', 1], ['Spelled nearly so', 2]]);
    expect(results().querySelector('[data-tier="typo"]')?.textContent).toBe('Spelled nearly so7');
  });

  test('is narrowed with the keys alone', async () => {
    const { app, host } = await search({});
    await press('g', 'n');
    const product = await screen.findByRole('group', { name: 'Product' });
    expect(product.textContent).toContain('and 2 others');
    within(product).getByRole('button', { name: /Storefront/ }).focus();
    await press('ArrowRight');
    expect(document.activeElement?.textContent).toContain('Billing');
    (document.activeElement as HTMLElement).click();
    await settle();
    expect(app.search.query).toBe('coupon product:Billing ');
    expect(host.asked('search').some(({ query }) => query === 'coupon product:Billing ')).toBe(true);
    expect(within(product).getByRole('button', { name: /Billing/ }).getAttribute('aria-pressed')).toBe('true');
    expect(within(screen.getByRole('group', { name: 'Status' })).getAllByRole('button')[0]?.textContent).toContain('On hold');
  });

  test('that cannot be asked shows why, and no results of what stood there before', async () => {
    const { app, host } = await search({});
    host.answers.search = () => Promise.reject(refusal('unknown_field', 'There is no field "prodct" to search by; product: may be meant.'));
    app.search.query = 'prodct:billing';
    await app.search.run();
    await settle();
    expect(screen.getByRole('alert').textContent).toContain('product: may be meant');
    expect(screen.queryByRole('listbox', { name: 'Search results' })).toBeNull();
  });

  test('says so where what looks like a field is none', async () => {
    await search({ not_a_field: 'error' });
    expect(screen.getByText('“error” is no field, so it was searched for as words.')).toBeTruthy();
  });
});

describe('one step back', () => {
  test('from a case returns to the card that it was opened from', async () => {
    const { app } = await openWindow();
    await press('g', 'q', 'Enter', 'j', 'j', 'o');
    expect(app.places.current).toEqual({ kind: 'ticket', id: 'helpdesk:NW-39120' });
    await press('Escape');
    expect(app.places.current).toEqual({ kind: 'ticket', id: 'helpdesk:NW-48213' });
    expect(focused()).toBe('item:helpdesk:NW-39120');
  });

  test('from Settings returns to the answer', async () => {
    await openWindow();
    await press('g', 't');
    expect(screen.getByRole('heading', { name: 'Settings' })).toBe(document.activeElement);
    await press('Escape');
    expect(pane()).toBeTruthy();
  });
});

test('the second stroke of a sequence that does nothing now does not do what it does alone', async () => {
  const { host } = await openWindow();
  await press('g', 'q', 'Enter', 'm', 's');
  expect([host.copied, host.asked('sample_fill')]).toEqual([[], []]);
  await press('t', 'd');
  expect(document.documentElement.dataset.theme).toBe('dark');
});

test('a ticket that was merged leads to the one of its own source', async () => {
  const host = fullHost();
  host.answers.ticket_get = ({ id }) => aTicket({ id, display_id: id.split(':')[1] ?? id, merged_into: 'NW-41877' });
  const { app } = await openWindow(host);
  await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
  await settle();
  within(screen.getByRole('region', { name: 'Links' })).getByRole('button', { name: 'NW-41877' }).click();
  await settle();
  expect(app.places.current).toEqual({ kind: 'ticket', id: 'helpdesk:NW-41877' });
});

describe('the palette', () => {
  const offers = () => within(screen.getByRole('listbox', { name: 'Commands' })).getAllByRole('option');

  test('finds a command in spite of a typing mistake and runs it', async () => {
    const { app } = await openWindow();
    await press('mod+k');
    const box = screen.getByRole<HTMLInputElement>('combobox', { name: 'Commands' });
    box.value = 'setings';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    expect(offers()[0]?.textContent).toContain('Go to Settings');
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    await settle();
    expect([app.screen, app.sheet]).toEqual(['settings', null]);
  });

  test('finds a ticket by its id', async () => {
    const { app } = await openWindow();
    await press('mod+k');
    const box = screen.getByRole<HTMLInputElement>('combobox', { name: 'Commands' });
    box.value = 'NW-41877';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    offers()[0]?.click();
    await settle();
    expect(app.places.current).toEqual({ kind: 'ticket', id: 'helpdesk:NW-41877' });
  });
});

test('the sheet of keys lists every action with its key', async () => {
  await openWindow();
  await press('?');
  const sheet = within(screen.getByRole('dialog', { name: 'Keys' }));
  const rows = new Map(sheet.getAllByRole('term').map((term) => [term.textContent, term.parentElement?.querySelector('.visually-hidden')?.textContent]));
  for (const action of actions) expect(rows.get(action.title), action.id).toBe(action.keys[0]);
  await press('Escape');
  expect(screen.queryByRole('dialog')).toBeNull();
});

describe('a narrow window', () => {
  test('is the pane alone, with the ticket as one line above it', async () => {
    const { app } = await openWindow(fullHost(), 420);
    expect(screen.queryByRole('region', { name: 'Queue' })).toBeNull();
    await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
    await settle();
    expect(screen.getByRole('button', { name: 'Show the ticket: NW-48213 Checkout fails after a coupon is applied' })).toBeTruthy();
    expect(within(pane()).getAllByRole('article')).toHaveLength(4);
  });

  test('shows a case over the pane and goes back to it', async () => {
    const { app } = await openWindow(fullHost(), 420);
    await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
    await settle();
    await press('g', 'a', 'j', 'o');
    expect(screen.getByRole('dialog')).toBeTruthy();
    await press('Escape');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

test('an empty workspace teaches the first step, and still answers what is pasted', async () => {
  const host: FakeHost = fullHost();
  host.answers.workspace_status = () => status({ tickets: 0, comments: 0, known_errors: 0, sources: [], data_at: null });
  await openWindow(host);
  expect(screen.getByRole('heading', { name: 'Nothing here yet' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Fill with the sample company' })).toBeTruthy();
  await paste('boom');
  expect(pane()).toBeTruthy();
});

describe('a workspace that does not open', () => {
  const locked = () => Promise.reject(refusal('key_missing', 'The keyring of this system does not hold this workspace’s key.'));

  test('says why in the whole window, and nothing pretends to be empty', async () => {
    const host = fullHost();
    host.answers.workspace_status = locked;
    host.answers.queue_list = locked;
    await openWindow(host);
    expect(screen.getByRole('heading', { name: 'This workspace does not open' })).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('The key of this workspace is not where it was put.');
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  test('shows itself once it does', async () => {
    const host = fullHost();
    host.answers.workspace_status = locked;
    await openWindow(host);
    host.answers.workspace_status = () => status();
    screen.getByRole('button', { name: 'Try again' }).click();
    await vi.waitFor(() => expect(screen.getByRole('listbox')).toBeTruthy());
  });
});
