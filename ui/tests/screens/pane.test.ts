// The Seen before pane on realistic answers, in the whole window.
import { screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import type { SeenBefore } from '../../src/host';
import { PATIENCE_MS } from '../../src/state/ask.svelte';
import { banner, hit, seen, signature, unseen } from '../support/company';
import { later, refusal, type FakeHost } from '../support/host';
import { fullHost, openWindow, settle } from '../support/window';

const pane = () => screen.getByRole('region', { name: 'Seen before' });
const lane = (name: string) => within(pane()).getByRole('region', { name });
const cards = () => within(lane('What worked before?')).queryAllByRole('article');
const card = (at: number) => cards()[at] ?? document.createElement('p');
const click = async (element: HTMLElement) => {
  element.click();
  await settle();
};
const words = (element: Element | null) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

async function answered(answer: SeenBefore = seen()) {
  const host = fullHost();
  host.answers.seen_before = () => answer;
  const window = await openWindow(host);
  await window.app.openRow({ id: answer.question.id, display_id: 'NW-48213' });
  await settle();
  return window;
}

describe('the verdict', () => {
  test('says how often it was right here', async () => {
    await answered();
    expect(pane().textContent).toContain('Right in 74 of 100 here, of 212 past tickets whose earlier case is known; said of 12 of 100 of which nobody knows, too');
  });

  test('of which that is not measured leads to the exam', async () => {
    const { app } = await answered(seen({ verdict: { ...seen().verdict, measured: null } }));
    await click(screen.getByRole('button', { name: 'take the exam' }));
    expect(app.screen).toBe('exam');
  });

  test('that people said is no guess, and nothing is said of how often guesses are right', async () => {
    await answered(seen({ verdict: { ...seen().verdict, told: true, measured: null } }));
    expect(pane().textContent).not.toContain('not measured yet');
  });

  const heading = () => words(within(pane()).getAllByRole('heading')[0] ?? null);

  test('says how often and when last, where it is fixed, and how it usually ended', async () => {
    await answered();
    expect(heading()).toBe('Seen 14 times, last 3 days ago');
    expect(pane().textContent).toContain('Fixed in 2.3.1, customer runs 2.2.0');
    expect(words(pane())).toContain('Usually: configuration 9 of 11');
  });

  test('says so when nothing is certain', async () => {
    await answered(seen({ verdict: { ...seen().verdict, kind: 'maybe', times: 2 } }));
    expect(heading()).toBe('Perhaps seen twice, last 3 days ago');
    expect(pane().textContent).toContain('Compare before you answer.');
  });

  test('says so when it is new, and shows no lane that would be empty', async () => {
    await answered(unseen());
    expect(heading()).toBe('New here');
    expect(pane().textContent).toContain('Nothing like it among 1,503 documents.');
    expect(pane().textContent).toContain('Nobody else in the last 7 days');
    expect(pane().textContent).toContain('No earlier case is close enough to show.');
    expect(within(pane()).queryByRole('region', { name: 'What ran?' })).toBeNull();
    expect(within(pane()).queryByRole('region', { name: 'Known error' })).toBeNull();
  });

  test('never says that it is new while not everything can be found, and asks again by itself once it can', async () => {
    vi.useFakeTimers();
    const { host } = await answered(unseen());
    const index = { done: 1200, total: 1550, reason: 'somebody asked for it' };
    host.emit({ kind: 'index', index: { ...index, state: 'rebuilding' } });
    await settle();
    expect(heading()).toBe('Nothing found yet');
    expect(words(pane())).toContain('The index is being rebuilt: 1,200 of 1,550 documents. Until it is done, not everything can be found. Reason: somebody asked for it.');
    for (const claim of ['New here', 'Nothing like it', 'Nobody else in', 'No earlier case is']) expect(words(pane())).not.toContain(claim);
    const before = host.asked('seen_before').length;
    const next = later<SeenBefore>();
    host.answers.seen_before = () => next.promise;
    host.emit({ kind: 'index', index: { state: 'ready', done: 0, total: 0, reason: null } });
    await vi.advanceTimersByTimeAsync(250);
    expect(host.asked('seen_before').length).toBe(before + 1);
    expect(heading()).toBe('Nothing found yet');
    next.give(unseen());
    await settle();
    expect(heading()).toBe('New here');
    expect(words(pane())).not.toContain('The index is');
  });

  test('of a problem seen before says too that there may be more of it', async () => {
    const { host } = await answered();
    host.emit({ kind: 'index', index: { state: 'catching_up', done: 3, total: 9, reason: null } });
    await settle();
    expect(heading()).toBe('Seen 14 times, last 3 days ago');
    expect(words(pane())).toContain('The index is catching up: 3 of 9 documents.');
  });

  test('is a warning when the customer has the fix already', async () => {
    await answered(seen({ verdict: { ...seen().verdict, fix: { state: 'fixed_in_yours', version: '2.1.0', running: '2.2.0' } } }));
    expect(screen.getByText(/which has the fix/).className).toContain('attention');
  });

  test('of a known error that no case carries names it without a number', async () => {
    await answered(seen({ verdict: { ...seen().verdict, times: 0, last_at: null, cases: [], usually: null } }));
    expect(heading()).toBe('This is a known error');
  });

  test('opens the cases that ended as they usually do, and no other', async () => {
    const { app } = await answered();
    await click(within(pane()).getByRole('button', { name: '9 of 11' }));
    expect(app.places.current).toMatchObject({ kind: 'cases', title: 'Earlier cases that ended with: configuration', ids: seen().verdict.usually?.ids });
  });

  test('opens the cases that it counts', async () => {
    const { app } = await answered();
    await click(within(pane()).getByRole('button', { name: '14 times' }));
    expect(app.places.current).toMatchObject({ kind: 'cases', ids: seen().verdict.cases });
  });
});

describe('others with the same problem', () => {
  test('are counted in three spans, each of which opens its rows', async () => {
    const { app } = await answered();
    const others = within(pane()).getByRole('group', { name: 'Others with the same problem' });
    expect(within(others).getAllByRole('button').map(words)).toEqual(['3 today', '4 in 24 h', '7 in 7 days']);
    expect(within(others).getByRole('img', { name: 'Per day, oldest first: 1, 0, 1, 0, 1, 1, 3' })).toBeTruthy();
    await click(within(others).getByRole('button', { name: '3 today' }));
    const midnight = new Date().setHours(0, 0, 0, 0);
    expect(app.places.current).toMatchObject({ title: 'Others with the same problem today', ids: seen().duplicates.tickets, since: midnight });
  });

  test('that are none in a span open nothing', async () => {
    await answered(seen({ duplicates: { ...seen().duplicates, today: 0 } }));
    const others = within(pane()).getByRole('group', { name: 'Others with the same problem' });
    expect(within(others).getAllByRole('button').map(words)).toEqual(['4 in 24 h', '7 in 7 days']);
    expect(words(others)).toContain('0 today');
  });
});

describe('the known error', () => {
  test('shows its steps, how often they worked, why it is here and when the fix comes', async () => {
    await answered();
    const region = lane('Known error');
    expect(within(region).getAllByRole('listitem').map(words)).toEqual(banner().workaround);
    for (const text of ['Worked 9 of 11', 'Shown because a matched case belongs to it', 'Fix expected 20 Mar 2026, says Payments team']) expect(words(region)).toContain(text);
  });

  test('whose date has passed is not to be promised', async () => {
    await answered(seen({ known_error: banner({ eta_past: true }) }));
    expect(words(lane('Known error'))).toContain('do not promise it');
    expect(words(lane('Known error'))).not.toContain('Fix expected');
  });

  test('names the notes that explain it, and opens one', async () => {
    const note = { kind: 'article', id: 'knowledge:concepts/locks.md', display_id: 'locks', title: 'How import locks work' };
    const { app } = await answered(seen({ known_error: banner({ concepts: [note] }) }));
    await click(within(lane('Known error')).getByRole('button', { name: 'How import locks work' }));
    expect(app.places.current).toEqual({ kind: 'article', id: 'knowledge:concepts/locks.md' });
  });

  test('goes when it is not the same, with its hit, and comes back', async () => {
    const { app, host } = await answered();
    await click(within(lane('Known error')).getByRole('button', { name: 'Not the same' }));
    expect(within(pane()).queryByRole('region', { name: 'Known error' })).toBeNull();
    expect(cards()).toHaveLength(3);
    expect(host.asked('feedback_set')).toEqual([{ question: 'helpdesk:NW-48213', hit: banner().id, verdict: 'not_same' }]);
    expect(app.toasts.list.at(-1)?.text).toBe('“Coupon rounding differs between basket and order” will not come up here again');
    await click(screen.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(() => expect(cards()).toHaveLength(4));
    expect(lane('Known error')).toBeTruthy();
  });

  test('that was used before a restart still says so', async () => {
    await answered(seen({ known_error: banner({ feedback: 'used' }) }));
    expect(within(lane('Known error')).queryByRole('button', { name: 'Used' })).toBeNull();
  });

  test('is copied as numbered steps', async () => {
    const { host, app } = await answered();
    await click(within(lane('Known error')).getByRole('button', { name: 'Copy reply' }));
    expect(host.copied).toEqual(['1. Open Tax › Rounding in the shop’s settings.\n2. Choose rounding per basket.\n3. Ask the customer to place the order again.\n\nThis is fixed in 2.3.1. You run 2.2.0. Please upgrade to 2.3.1.']);
    expect(app.toasts.list.at(-1)?.text).toBe('Copied the workaround');
  });
});

describe('what ran', () => {
  test('names the error with its masked parts, and unfolds the frames that count', async () => {
    await answered();
    const ran = lane('What ran?');
    expect(words(ran)).toContain('com.northwind.cart.RoundingException: Totals differ by 0.01 for basket');
    expect(within(ran).getByTitle('Masked: number').textContent).toBe('0.01');
    expect(within(ran).queryAllByRole('listitem')).toEqual([]);
    await click(within(ran).getByRole('button', { name: 'Show the frames' }));
    expect(within(ran).getAllByRole('listitem').map(words)).toEqual([
      'com.northwind.cart.Totals.check counts Totals.java:118 if (sum != total) throw new RoundingException(sum, total);',
      'com.northwind.cart.Coupons.apply counts Coupons.java:64 totals.check(basket.sum(), basket.total());',
      '2 library frames',
      'com.northwind.web.CheckoutHandler.post CheckoutHandler.java:201 counts',
      '1 library frame',
    ]);
  });

  test('hides further errors behind their number', async () => {
    await answered(seen({ ran: [signature(), signature({ code: 'BBBB-BBBB', exception: 'ORA-00942' })] }));
    expect(words(lane('What ran?'))).toContain('1 more error');
    expect(words(lane('What ran?'))).not.toContain('ORA-00942');
  });

  test('finds the other tickets with the signature, whose code search knows', async () => {
    const { app } = await answered();
    await click(within(lane('What ran?')).getByRole('button', { name: '3 other tickets' }));
    expect(app.search.query).toBe('7F3K-9Q2M');
  });
});

describe('a card', () => {
  test('says what the colleague did before what the customer said, then outcome, version and age', async () => {
    await answered();
    expect(cards()).toHaveLength(4);
    const text = words(card(0));
    const places = ['Switched the shop to rounding per basket', 'Held', 'Coupon of 15 % ends in an error', 'fixed in 2.3.1', '2 weeks ago'].map((part) => text.indexOf(part));
    expect(places.every((at, i) => at >= 0 && at > (places[i - 1] ?? -1)), text).toBe(true);
  });

  test('without an answer on record says so and offers nothing to copy', async () => {
    await answered();
    expect(words(card(3))).toContain('Nothing on record says what was done.');
    expect(within(card(3)).queryByRole('button', { name: 'Copy reply' })).toBeNull();
  });

  test('of the known error that the banner shows does not say it twice', async () => {
    await answered();
    expect(words(card(2))).toContain('Its workaround stands above.');
  });

  test('copies the whole answer, not the sentence that is shown', async () => {
    const { host } = await answered();
    await click(within(card(0)).getByRole('button', { name: 'Copy reply' }));
    expect(host.copied).toEqual([hit().answer?.text]);
  });

  test('goes away when it is not the same, and comes back', async () => {
    const { app } = await answered();
    await click(within(card(0)).getByRole('button', { name: 'Not the same' }));
    expect(cards()).toHaveLength(3);
    expect(card(0).getAttribute('aria-label')).toContain('NW-39120');
    await click(screen.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(() => expect(cards()).toHaveLength(4));
    expect(app.seen.selected).toBe('helpdesk:NW-41877');
  });

  test('that was the only one takes the verdict with it when it is not the same', async () => {
    const one = seen({ known_error: null, hits: seen().hits.slice(0, 1), verdict: { ...seen().verdict, times: 1, cases: ['helpdesk:NW-41877'], usually: null, fix: null } });
    const { host } = await answered(one);
    const heading = () => words(within(pane()).getAllByRole('heading')[0] ?? null);
    expect(heading()).toContain('Seen once');
    host.answers.seen_before = () => unseen({ question: one.question });
    await click(within(card(0)).getByRole('button', { name: 'Not the same' }));
    await vi.waitFor(() => expect(heading()).toBe('New here'));
    host.answers.seen_before = () => one;
    await click(screen.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(() => expect(heading()).toContain('Seen once'));
    expect(cards()).toHaveLength(1);
  });

  test('shows that it was used in place of the button', async () => {
    await answered();
    await click(within(card(0)).getByRole('button', { name: 'Used' }));
    expect(within(card(0)).queryByRole('button', { name: 'Used' })).toBeNull();
    expect(within(card(0)).getByTitle('Marked as used')).toBeTruthy();
  });

  test('opens beside the pane and tells the engine', async () => {
    const { app, host } = await answered();
    await click(within(card(1)).getByRole('button', { name: 'Open' }));
    expect(app.places.current).toEqual({ kind: 'ticket', id: 'helpdesk:NW-39120' });
    expect(host.asked('feedback_set')).toEqual([{ question: 'helpdesk:NW-48213', hit: 'helpdesk:NW-39120', verdict: 'opened' }]);
  });
});

describe('a receipt', () => {
  test('opens on demand, with the whole answer and parts that sum to the score', async () => {
    await answered();
    expect(screen.queryByText('Together')).toBeNull();
    const score = within(card(0)).getByRole('button', { name: 'Why it is here: 92.4 points' });
    await click(score);
    expect(score.getAttribute('aria-expanded')).toBe('true');
    expect(words(within(card(0)).getByRole('region', { name: 'What was done' }))).toContain('the customer keeps the setting until 2.3.1.');
    const rows = within(card(0)).getAllByRole('row').map((row) => [...row.children].map(words));
    expect(rows.at(0)).toEqual(['Same error signature', '7F3K-9Q2M', '40.0']);
    const points = rows.map((row) => Math.round(Number(row[2]) * 10));
    expect(points.slice(0, -1).reduce((sum, n) => sum + n, 0)).toBe(points.at(-1));
    expect(rows.at(-1)).toEqual(['Together', '', '92.4']);
    await click(score);
    expect(screen.queryByText('Together')).toBeNull();
  });
});

test('an answer to another question is read from its top, new data for the same one moves nothing', async () => {
  const { app, host } = await answered();
  const scroller = within(pane()).getByRole('group', { name: 'Seen before' });
  scroller.scrollTop = 300;
  host.answers.seen_before = () => seen({ searched: 1600 });
  app.seen.again();
  await settle();
  expect(scroller.scrollTop).toBe(300);
  host.answers.seen_before = () => unseen({ question: { ...seen().question, id: 'helpdesk:NW-48212' } });
  await app.openRow({ id: 'helpdesk:NW-48212', display_id: 'NW-48212' });
  await settle();
  expect(scroller.scrollTop).toBe(0);
});

describe('waiting', () => {
  async function slowly(host: FakeHost) {
    const { app } = await openWindow(host);
    await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
    await settle();
    vi.useFakeTimers();
    const next = later<SeenBefore>();
    host.answers.seen_before = () => next.promise;
    void app.openRow({ id: 'helpdesk:NW-48212', display_id: 'NW-48212' });
    await settle();
    return next;
  }

  test('keeps the old answer, and after a moment says that another one is looked for', async () => {
    const next = await slowly(fullHost());
    expect(cards()).toHaveLength(4);
    expect(pane().getAttribute('aria-busy')).toBe('false');
    vi.advanceTimersByTime(PATIENCE_MS);
    await settle();
    expect(cards()).toHaveLength(4);
    expect(pane().getAttribute('aria-busy')).toBe('true');
    expect(within(pane()).getByRole('status').textContent).toBe('Looking …');
    next.give(unseen());
    await settle();
    expect(cards()).toHaveLength(0);
    expect(pane().getAttribute('aria-busy')).toBe('false');
  });

  test('that ends in an error takes the old answer away and says what to do', async () => {
    const next = await slowly(fullHost());
    next.fail(refusal('index_corrupt'));
    await settle();
    expect(within(pane()).queryByRole('article')).toBeNull();
    expect(words(within(pane()).getByRole('alert'))).toContain('The search index is damaged. It is made anew from the database');
    expect(within(pane()).getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  test('for a question teaches the next step', async () => {
    const { app } = await openWindow();
    expect(words(pane())).toContain('Open a ticket or paste an error.');
    await click(within(pane()).getByRole('button', { name: 'Ask about new text' }));
    expect(app.places.current.kind).toBe('paste');
    expect(document.activeElement?.id).toBe('paste');
  });
});

test('a pasted trace shows the first names that were understood, and the rest behind their number', async () => {
  const host = fullHost();
  const identifiers = Array.from({ length: 30 }, (_, i) => `Name${i}.java`);
  host.answers.seen_before = () => seen({ question: { ...seen().question, id: 'text:1', identifiers } });
  const { app } = await openWindow(host);
  app.newQuestion();
  app.write('java.lang.IllegalStateException');
  await app.seen.about({ kind: 'text', text: 'java.lang.IllegalStateException' });
  await settle();
  expect(screen.getByText('Name11.java').closest('details')).toBeNull();
  expect(words(screen.getByText('Name12.java').closest('details')?.querySelector('summary') ?? null)).toBe('18 more');
});

describe('recent and older cases', () => {
  const [A, B, C] = ['NW-1', 'NW-2', 'NW-3'].map((id, i) => hit({ id: `helpdesk:${id}`, display_id: id, older: i !== 1 }));
  const order = () => cards().map((card) => words(card).match(/^\d+|NW-\d/g)?.join(' '));

  test('are two groups, that of the best case first, each case under its own place', async () => {
    await answered(seen({ known_error: null, hits: [A!, B!, C!] }));
    const groups = within(lane('What worked before?')).getAllByRole('group');
    expect(groups.map((group) => group.getAttribute('aria-labelledby')).map((id) => words(document.getElementById(id ?? '')))).toEqual(['Older known issues, more than 180 days', 'Recent']);
    expect(order()).toEqual(['1 NW-1', '3 NW-3', '2 NW-2']);
  });

  test('are walked through in the order in which they stand', async () => {
    const { app } = await answered(seen({ known_error: null, hits: [A!, B!, C!] }));
    const walked = [0, 1, 1].map((by) => (app.seen.move(by), app.seen.selected));
    expect(walked).toEqual(['helpdesk:NW-1', 'helpdesk:NW-3', 'helpdesk:NW-2']);
  });

  test('need no name where there is one group', async () => {
    await answered(seen({ known_error: null, hits: [A!, C!] }));
    expect(within(lane('What worked before?')).queryAllByRole('group')).toEqual([]);
  });
});
