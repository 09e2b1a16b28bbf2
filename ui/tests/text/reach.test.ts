import { expect, test } from 'vitest';
import { reachWords } from '../../src/text/reach';

test('a rebuild says how far it is and why it is done', () => {
  expect(reachWords({ state: 'rebuilding', done: 1200, total: 1550, reason: 'the search index was missing' })).toBe(
    'The index is being rebuilt: 1,200 of 1,550 documents. Until it is done, not everything can be found. Reason: the search index was missing.',
  );
});

test('a beginning has no numbers yet, and a reason that ends in a full stop gets no second one', () => {
  expect(reachWords({ state: 'catching_up', done: 0, total: 0, reason: 'A page is damaged.' })).toBe(
    'The index is catching up. Until it is done, not everything can be found. Reason: A page is damaged.',
  );
});

test('an answer from before the index was complete is being asked for again', () => {
  expect(reachWords({ state: 'ready', done: 0, total: 0, reason: 'a page is damaged' })).toBe('The index is complete. This is being asked again.');
});
