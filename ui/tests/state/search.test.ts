import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SearchReply } from '../../src/host';
import { DEBOUNCE_MS, Search } from '../../src/state/search.svelte';
import { Records } from '../../src/state/records.svelte';
import { found, searched } from '../support/company';
import { FakeHost, later } from '../support/host';

const reply = (query: string, n = 3): SearchReply => searched({ query, hits: Array.from({ length: n }, (_, i) => found({ id: `${query}${i}` })) });

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

describe('page after page', () => {
  const hits = (from: number, n: number) => Array.from({ length: n }, (_, i) => found({ id: `hit${from + i}`, tier: from + i < 60 ? 'exact' : 'typo' }));
  const paged = () => {
    host.answers.search = ({ query, after, k = 20 }) => {
      const from = Number(after ?? 0);
      const page = hits(from, Math.min(k, 130 - from));
      const next = from + k < 130 ? String(from + k) : null;
      return searched({ query, hits: page, total: 130, next, tiers: [{ tier: 'exact', count: 60 }, { tier: 'typo', count: 70 }] });
    };
  };

  test('the list goes on to the very end, in its tiers', async () => {
    paged();
    search.type('a');
    await pass();
    expect(search.hits).toHaveLength(50);
    search.move(45);
    await pass();
    expect(search.hits).toHaveLength(130);
    await search.more();
    expect(host.asked('search')).toHaveLength(2);
    expect(search.tiers.map(({ tier, count, from, hits }) => [tier, count, from, hits.length])).toEqual([['exact', 60, 0, 60], ['typo', 70, 60, 70]]);
  });

  test('a page of what stood there before is not added to what was typed since', async () => {
    paged();
    search.type('a');
    await pass();
    const slow = later<SearchReply>();
    const { search: answer } = host.answers;
    host.answers.search = (args) => (args.after ? slow.promise : answer!(args));
    const more = search.more();
    search.type('ab');
    await pass();
    slow.give(searched({ hits: hits(50, 50), next: null }));
    await more;
    expect(search.hits).toHaveLength(50);
  });

  test('a list that was read on stays as long as it was when the data changes', async () => {
    paged();
    search.type('a');
    await pass();
    await search.more();
    search.move(120);
    await search.run();
    expect([search.hits.length, search.active]).toEqual([130, 120]);
  });
});

describe('narrowing', () => {
  const facets = [{ field: 'product', values: [{ value: 'storefront', name: 'Storefront', count: 3, chosen: false }], more: 0 }];

  test('values are counted only while they are shown, and beside the search', async () => {
    host.answers.search = ({ query, facets: asked }) => searched({ query, facets: asked ? facets : [] });
    search.type('a');
    await pass();
    expect(host.asked('search').some((args) => args.facets)).toBe(false);
    search.showNarrowing(true);
    await pass();
    expect(search.facets).toEqual(facets);
    expect(host.asked('search').at(-1)).toMatchObject({ query: 'a', facets: true, lane: 'facets' });
  });

  test('a value narrows the search, and once more does not', async () => {
    search.type('a');
    await pass();
    search.narrow('product', 'Storefront');
    await pass();
    expect(host.asked('search').at(-1)?.query).toBe('a product:Storefront ');
    expect(search.isNarrowedTo('product', 'storefront')).toBe(true);
    search.narrow('product', 'Storefront');
    await pass();
    expect(host.asked('search').at(-1)?.query).toBe('a ');
  });
});
