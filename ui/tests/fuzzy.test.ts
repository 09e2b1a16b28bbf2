import { describe, expect, test } from 'vitest';
import { distance, match } from '../src/fuzzy';
import { actions } from '../src/actions';

/** Titles that a query finds, best first. */
const find = (query: string) =>
  actions
    .map(({ title }) => ({ title, score: match(query, title) }))
    .filter((found): found is { title: string; score: number } => found.score !== null)
    .sort((a, b) => b.score - a.score)
    .map(({ title }) => title);

test('a typing mistake is forgiven', () => {
  expect(find('setings')[0]).toBe('Go to Settings');
  expect(find('rebiuld')[0]).toBe('Rebuild index');
  expect(find('theem dark')[0]).toBe('Theme: dark');
});

test('a beginning is enough while the word is being typed', () => {
  expect(find('imp')[0]).toBe('Import a file');
  expect(find('copy re')[0]).toBe('Copy reply');
});

test('initials find a title', () => expect(find('gts')).toContain('Go to Settings'));

test('every typed word has to find its place', () => {
  expect(find('copy zebra')).toEqual([]);
  expect(find('qqqq')).toEqual([]);
});

test('nothing typed matches everything', () => expect(find('')).toHaveLength(actions.length));

describe('the distance', () => {
  test('counts a swap of neighbours as one mistake', () => expect(distance('teh', 'the')).toBe(1));
  test('is nought for the same word and the length for an empty one', () => {
    expect(distance('index', 'index')).toBe(0);
    expect(distance('', 'index')).toBe(5);
  });
});
