import { describe, expect, test } from 'vitest';
import { reveal, sight } from '../src/parts/virtual';

describe('the rows that are drawn', () => {
  test('are those on screen and a few on either side, however long the list is', () => {
    const { first, last } = sight(1_000_000, 32, 320_000, 640);
    expect(first).toBeLessThanOrEqual(10_000);
    expect(last).toBeGreaterThanOrEqual(10_019);
    expect(last - first).toBeLessThan(60);
  });

  test('never lie outside the list', () => {
    expect(sight(10, 32, 0, 640)).toEqual({ first: 0, last: 9 });
    const beyond = sight(10, 32, 9_999, 640);
    expect(beyond.first).toBeLessThanOrEqual(beyond.last);
    expect(beyond.last).toBe(9);
  });

  test('are none in an empty list and before the height of a row is known', () => {
    expect(sight(0, 32, 0, 640)).toEqual({ first: 0, last: -1 });
    expect(sight(10, 0, 0, 640)).toEqual({ first: 0, last: -1 });
  });
});

describe('bringing a row into sight', () => {
  test('scrolls up to one above and down to one below, just far enough', () => {
    expect(reveal(2, 32, 320, 640)).toBe(64);
    expect(reveal(40, 32, 320, 640)).toBe(41 * 32 - 640);
  });
  test('leaves a row alone that is wholly in sight', () => expect(reveal(15, 32, 320, 640)).toBeNull());
});
