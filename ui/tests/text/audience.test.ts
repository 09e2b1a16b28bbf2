import { expect, test } from 'vitest';
import { isForTheHouse, whose } from '../../src/text/audience';

test('what is written for customers, or by a source without such a word, is copied without a question', () => {
  expect(['internal', 'partner', 'customer', 'public', null].map(isForTheHouse)).toEqual([true, true, false, false, false]);
  expect(whose('internal')).toContain('people in the house');
});
