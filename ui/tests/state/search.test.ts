import { beforeEach, expect, test, vi } from 'vitest';
import type { SearchReply } from '../../src/host';
import { DEBOUNCE_MS, Search } from '../../src/state/search.svelte';
import { Records } from '../../src/state/records.svelte';
import { found } from '../support/company';
import { FakeHost, later } from '../support/host';

const reply = (query: string, n = 3): SearchReply => ({ query, total: n, ms: 1, hits: Array.from({ length: n }, (_, i) => found({ id: `${query}${i}` })) });

let host: FakeHost, search: Search;
beforeEach(() => {
  vi.useFakeTimers();
  host = new FakeHost({ search: ({ query }) => reply(query) });
  search = new Search(host, { whole: true, turn: 0 });
});
const pass = () => vi.advanceTimersByTimeAsync(DEBOUNCE_MS);

test('a fast typist asks once, with the last word as a beginning', async () => {
  for (const text of ['c', 'co', 'cou']) search.type(text);
  await pass();
  expect(host.asked('search')).toEqual([{ query: 'cou', kind: undefined, k: 50, prefix: true, lane: 'search' }]);
  expect(search.activeHit?.id).toBe('cou0');
});

test('results of an older query never replace those of a newer one', async () => {
  const old = later<SearchReply>();
  host.answers.search = ({ query }) => (query === 'a' ? old.promise : reply(query));
  search.type('a');
  await pass();
  search.type('ab');
  await pass();
  old.give(reply('a'));
  await pass();
  expect(search.hits[0]?.id).toBe('ab0');
});

test('an emptied box shows the queue again and drops what is under way', async () => {
  const slow = later<SearchReply>();
  host.answers.search = () => slow.promise;
  search.type('a');
  await pass();
  search.clear();
  slow.give(reply('a'));
  await pass();
  expect([search.typing, search.hits]).toEqual([false, []]);
});

test('the kind narrows the search, and the cursor stays among the hits', async () => {
  search.type('a');
  await pass();
  search.move(99);
  expect(search.active).toBe(2);
  search.choose('known_error');
  await pass();
  expect(host.asked('search').at(-1)?.kind).toBe('known_error');
  expect(search.active).toBe(0);
});

test('Enter opens a result of what was typed, not of what stood there before', async () => {
  search.type('a');
  await pass();
  search.type('ab');
  await search.caughtUp();
  expect(search.activeHit?.id).toBe('ab0');
  await pass();
  expect(host.asked('search').map(({ query }) => query)).toEqual(['a', 'ab']);
});

test('Enter finds a word again that was searched for and cleared before', async () => {
  search.type('a');
  await pass();
  search.clear();
  search.type('a');
  await search.caughtUp();
  expect(search.activeHit?.id).toBe('a0');
});

test('the cursor stays where it is when only the data changed', async () => {
  search.type('a');
  await pass();
  search.move(2);
  await search.run();
  expect(search.active).toBe(2);
});

test('a record seen before is shown at once, then asked for again', async () => {
  vi.useRealTimers();
  let version = 1;
  const records = new Records(async (id: string) => `${id} v${version}`);
  records.show('a');
  await records.again();
  records.show('b');
  await records.again();
  version = 2;
  records.show('a');
  expect(records.ask.value).toBe('a v1');
  await records.again();
  expect(records.ask.value).toBe('a v2');
});
