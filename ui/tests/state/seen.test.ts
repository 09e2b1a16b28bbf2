import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SeenBefore } from '../../src/host';
import { BANNER, Seen } from '../../src/state/seen.svelte';
import { Toasts } from '../../src/state/toasts.svelte';
import { banner, hit, seen as answer } from '../support/company';
import { FakeHost, later, refusal } from '../support/host';

const TICKET = { kind: 'ticket', id: 'helpdesk:NW-48213', name: 'NW-48213' } as const;

let host: FakeHost, toasts: Toasts, seen: Seen;
let reply: SeenBefore;
let reach: { whole: boolean; turn: number };

beforeEach(async () => {
  vi.useFakeTimers();
  reply = answer();
  reach = { whole: true, turn: 0 };
  host = new FakeHost({ seen_before: () => reply, feedback_set: () => ({ undo: 7 }), feedback_undo: () => ({}) });
  toasts = new Toasts();
  seen = new Seen(host, toasts, reach);
  await seen.about(TICKET);
});

const best = () => {
  const [first] = seen.hits;
  if (!first) throw new Error('there is no hit');
  return first;
};

describe('a question', () => {
  test('about a ticket names it, about text carries the text, and both ask in one lane', async () => {
    await seen.about({ kind: 'text', text: 'ORA-00942' });
    expect(host.asked('seen_before')).toEqual([
      { ticket: TICKET.id, k: 10, lane: 'seen' },
      { text: 'ORA-00942', k: 10, lane: 'seen' },
    ]);
  });

  test('that is withdrawn leaves no answer behind', async () => {
    await seen.about(null);
    expect([seen.answer, seen.hits, seen.items]).toEqual([null, [], []]);
  });

  test('overtaken by a newer one never shows its answer', async () => {
    const [first, second] = [later<SeenBefore>(), later<SeenBefore>()];
    const replies = [first.promise, second.promise];
    host.answers.seen_before = () => replies.shift() ?? Promise.reject(refusal('unexpected'));
    const one = seen.about({ kind: 'text', text: 'a' });
    const two = seen.about({ kind: 'text', text: 'ab' });
    second.give(answer({ searched: 2 }));
    first.give(answer({ searched: 1 }));
    await Promise.all([one, two]);
    expect(seen.answer?.searched).toBe(2);
  });
});

describe('an answer is incomplete', () => {
  test('while not everything can be found, and until it has been asked for after that', async () => {
    expect(seen.incomplete).toBe(false);
    const lags = new Seen(host, toasts, { whole: false, turn: 1 });
    await lags.about(TICKET);
    expect(lags.incomplete).toBe(true);
    const mended = { whole: true, turn: 0 };
    const asks = new Seen(host, toasts, mended);
    await asks.about(TICKET);
    mended.turn = 2;
    const late = new Seen(host, toasts, mended);
    await late.about(TICKET);
    expect([asks.incomplete, late.incomplete]).toEqual([true, false]);
  });

  test('never without a question', () => {
    expect(new Seen(host, toasts, { whole: false, turn: 1 }).incomplete).toBe(false);
  });
});

describe('the cursor', () => {
  test('starts on the known error, which comes before the hits', () => {
    expect(seen.selected).toBe(BANNER);
    expect(seen.hit).toBeNull();
    expect(seen.explained?.id).toBe(best().id);
  });

  test('steps through the items and stops at both ends', () => {
    seen.move(-1);
    expect(seen.selected).toBe(BANNER);
    seen.move(1);
    expect(seen.selected).toBe(best().id);
    seen.move(99);
    expect(seen.selected).toBe(seen.items.at(-1));
  });

  test('and what is open survive new data for the same question, and not another question', async () => {
    seen.move(2);
    const at = seen.selected;
    seen.toggleReceipt(best().id);
    reply = answer({ searched: 1600 });
    await seen.about(TICKET);
    expect([seen.answer?.searched, seen.selected, seen.opened.size]).toEqual([1600, at, 1]);
    reply = answer({ question: { ...answer().question, id: 'helpdesk:NW-1' } });
    await seen.about({ kind: 'ticket', id: 'helpdesk:NW-1', name: 'NW-1' });
    expect([seen.selected, seen.opened.size]).toEqual([BANNER, 0]);
  });

  test('a receipt opens and folds again', () => {
    seen.toggleReceipt('a');
    expect(seen.opened.has('a')).toBe(true);
    seen.toggleReceipt('a');
    expect(seen.opened.has('a')).toBe(false);
  });
});

const notSame = ({ id, display_id }: { id: string; display_id: string }) => seen.notSame(id, id, display_id);

describe('not the same', () => {
  test('takes the hit away at once and puts the cursor on the one that moved up', () => {
    const [first, second] = seen.hits;
    host.answers.feedback_set = () => later<{ undo: number }>().promise;
    void notSame(first ?? hit());
    expect(seen.hits.map(({ id }) => id)).not.toContain(first?.id);
    expect(seen.selected).toBe(second?.id);
  });

  test('of the last hit puts the cursor on the one before', () => {
    const last = seen.hits.at(-1) ?? hit();
    void notSame(last);
    expect(seen.selected).toBe(seen.hits.at(-1)?.id);
  });

  test('is stored for the question and the hit, and can be taken back', async () => {
    const first = best();
    await notSame(first);
    expect(host.asked('feedback_set')).toEqual([{ question: TICKET.id, hit: first.id, verdict: 'not_same' }]);
    await toasts.undo();
    expect(host.asked('feedback_undo')).toEqual([{ undo: 7 }]);
    expect(seen.hits[0]?.id).toBe(first.id);
    expect(seen.selected).toBe(first.id);
  });

  test('asks again after an undo, because a newer answer may lack the hit', async () => {
    await notSame(best());
    const before = host.asked('seen_before').length;
    await toasts.undo();
    expect(host.asked('seen_before').length).toBe(before + 1);
  });

  test('is followed by a new answer once it is stored, and what is on screen stays until that is there', async () => {
    const next = later<SeenBefore>();
    host.answers.seen_before = () => next.promise;
    const [first, second] = seen.hits;
    const done = notSame(first ?? hit());
    await vi.advanceTimersByTimeAsync(0);
    expect(host.asked('seen_before')).toHaveLength(2);
    expect([seen.answer?.verdict.times, seen.selected]).toEqual([14, second?.id]);
    next.give(answer({ verdict: { ...answer().verdict, times: 13 }, hits: answer().hits.slice(1) }));
    await done;
    expect([seen.answer?.verdict.times, seen.selected]).toEqual([13, second?.id]);
  });

  test('leaves the cursor in its place when the new answer lacks the hit that it went to', async () => {
    const [first, second, third] = seen.hits;
    reply = answer({ hits: answer().hits.slice(2) });
    await notSame(first ?? hit());
    expect(seen.items).not.toContain(second?.id);
    expect(seen.selected).toBe(third?.id);
  });

  test('that is taken back brings the hit back under the cursor, also when the answer has lacked it', async () => {
    const first = best();
    reply = answer({ hits: answer().hits.slice(1) });
    await notSame(first);
    reply = answer();
    await toasts.undo();
    expect(seen.selected).toBe(first.id);
  });

  test('is not asked about again when it could not be stored', async () => {
    host.answers.feedback_set = () => Promise.reject(refusal('disk_full'));
    await notSame(best());
    expect(host.asked('seen_before')).toHaveLength(1);
  });

  test('comes back with a word when it could not be stored', async () => {
    const first = best();
    host.answers.feedback_set = () => Promise.reject(refusal('disk_full'));
    await notSame(first);
    expect(seen.hits[0]?.id).toBe(first.id);
    expect(toasts.list.some(({ tone, text }) => tone === 'bad' && text.startsWith('The disk is full.'))).toBe(true);
  });

  test('undone after another question is on screen changes nothing there', async () => {
    const first = best();
    await notSame(first);
    reply = answer({ question: { ...answer().question, id: 'helpdesk:NW-1' } });
    await seen.about({ kind: 'ticket', id: 'helpdesk:NW-1', name: 'NW-1' });
    seen.move(2);
    const at = seen.selected;
    await toasts.undo();
    expect(seen.selected).toBe(at);
  });

  test('said earlier is known from the engine and keeps the hit away', async () => {
    const [first, ...rest] = reply.hits;
    reply = answer({ hits: [{ ...(first ?? hit()), feedback: 'not_same' }, ...rest] });
    await seen.about(TICKET);
    expect(seen.hits.map(({ id }) => id)).toEqual(rest.map(({ id }) => id));
  });
});

describe('a known error that is not the same', () => {
  const known = () => seen.banner ?? banner();
  const notIt = (id = known().id) => seen.notSame(BANNER, id, '“Coupon rounding”');

  test('leaves the banner and the hits at once, and the cursor goes to the best hit', () => {
    host.answers.feedback_set = () => later<{ undo: number }>().promise;
    const { id } = known();
    void notIt();
    expect(seen.banner).toBeNull();
    expect(seen.hits.map((hit) => hit.id)).not.toContain(id);
    expect(seen.selected).toBe(best().id);
  });

  test('is asked about again once that is stored, because another one may stand behind it', async () => {
    const next = banner({ id: 'helpdesk:KE-32', title: 'Another one' });
    reply = answer({ known_error: next });
    await notIt();
    await vi.advanceTimersByTimeAsync(0);
    expect(host.asked('seen_before')).toHaveLength(2);
    expect(seen.banner?.id).toBe(next.id);
  });

  test('is not asked about again when it could not be stored', async () => {
    host.answers.feedback_set = () => Promise.reject(refusal('disk_full'));
    const { id } = known();
    await notIt();
    expect(host.asked('seen_before')).toHaveLength(1);
    expect(seen.banner?.id).toBe(id);
  });

  test('comes back under the cursor when that is taken back', async () => {
    await notIt();
    await toasts.undo();
    expect([seen.banner?.id, seen.selected]).toEqual([banner().id, BANNER]);
  });
});

test('what was said earlier about the known error is known from the engine', async () => {
  reply = answer({ known_error: banner({ feedback: 'used' }) });
  await seen.about(TICKET);
  expect(seen.banner && seen.feedbackOf(seen.banner)).toBe('used');
});

test('used is shown at once, told with both names, and taken back with the same key', async () => {
  const first = best();
  await seen.used(first.id, first.display_id);
  expect(seen.feedbackOf(first)).toBe('used');
  expect(toasts.list.at(-1)?.text).toBe('NW-41877 marked as used for NW-48213');
  await toasts.undo();
  expect(seen.feedbackOf(first)).toBeNull();
});

test('opening a case is noted without a word, and a refusal of that is nobody’s trouble', async () => {
  host.answers.feedback_set = () => Promise.reject(refusal('in_use'));
  seen.noteOpened('helpdesk:NW-41877');
  await vi.advanceTimersByTimeAsync(0);
  expect(host.asked('feedback_set')).toEqual([{ question: TICKET.id, hit: 'helpdesk:NW-41877', verdict: 'opened' }]);
  expect(toasts.list).toEqual([]);
});
