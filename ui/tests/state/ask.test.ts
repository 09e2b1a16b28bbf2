import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Ask, PATIENCE_MS } from '../../src/state/ask.svelte';
import { later, refusal } from '../support/host';

let ask: Ask<string>;
beforeEach(() => (ask = new Ask()));

test('a late answer never replaces a newer one', async () => {
  const [first, second] = [later<string>(), later<string>()];
  const one = ask.ask(() => first.promise);
  const two = ask.ask(() => second.promise);
  second.give('newer');
  expect(await two).toBe('newer');
  first.give('late');
  expect(await one).toBeNull();
  expect(ask.value).toBe('newer');
});

test('a late error does not hide a newer answer either', async () => {
  const first = later<string>();
  const one = ask.ask(() => first.promise);
  await ask.ask(async () => 'newer');
  first.fail(refusal('disk_full'));
  await one;
  expect([ask.value, ask.error]).toEqual(['newer', null]);
});

test('the old answer stays until the new one is there', async () => {
  await ask.ask(async () => 'old');
  const next = later<string>();
  const asked = ask.ask(() => next.promise);
  expect(ask.value).toBe('old');
  next.give('new');
  await asked;
  expect(ask.value).toBe('new');
});

test('an error is told, and the next answer clears it', async () => {
  await ask.ask(() => Promise.reject(refusal('not_found')));
  expect(ask.error?.code).toBe('not_found');
  await ask.ask(async () => 'found');
  expect(ask.error).toBeNull();
});

test('a question that the engine dropped for a newer one is no error', async () => {
  const first = later<string>();
  const one = ask.ask(() => first.promise);
  const two = ask.ask(async () => 'newer');
  first.fail(refusal('superseded'));
  await Promise.all([one, two]);
  expect([ask.value, ask.error]).toEqual(['newer', null]);
});

test('the newest question, dropped for an older one that arrived late, is asked anew', async () => {
  const replies = [Promise.reject(refusal('superseded')), Promise.resolve('there')];
  expect(await ask.ask(() => replies.shift() ?? Promise.resolve('too often'))).toBe('there');
  expect([ask.value, ask.error]).toEqual(['there', null]);
});

test('a question that is dropped again and again ends in an error and not in silence', async () => {
  let asked = 0;
  await ask.ask(() => (asked++, Promise.reject(refusal('superseded'))));
  expect([ask.error?.code, asked]).toEqual(['superseded', 6]);
});

test('what was forgotten is not answered any more', async () => {
  const first = later<string>();
  const one = ask.ask(() => first.promise);
  ask.forget();
  first.give('late');
  await one;
  expect(ask.value).toBeNull();
});

describe('waiting', () => {
  test('is told only after a moment, and ends with the answer', async () => {
    vi.useFakeTimers();
    const answer = later<string>();
    const asked = ask.ask(() => answer.promise);
    vi.advanceTimersByTime(PATIENCE_MS - 1);
    expect(ask.slow).toBe(false);
    vi.advanceTimersByTime(1);
    expect(ask.slow).toBe(true);
    answer.give('there');
    await asked;
    expect(ask.slow).toBe(false);
  });

  test('goes on while a newer question waits, whatever happens to the older', async () => {
    vi.useFakeTimers();
    const [first, second] = [later<string>(), later<string>()];
    const one = ask.ask(() => first.promise);
    const two = ask.ask(() => second.promise);
    vi.advanceTimersByTime(PATIENCE_MS);
    first.give('late');
    await one;
    expect(ask.slow).toBe(true);
    second.give('newer');
    await two;
    expect(ask.slow).toBe(false);
  });
});
