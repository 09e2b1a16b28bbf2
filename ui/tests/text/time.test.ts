import { describe, expect, test } from 'vitest';
import { since } from '../../src/text/spans';
import { age, ago, exact, left } from '../../src/text/time';
import { DAY, HOUR, MINUTE, NOON } from '../support/company';

describe('a moment in the past', () => {
  const cases: [number, string][] = [
    [10_000, 'just now'],
    [5 * MINUTE, '5 min ago'],
    [3 * HOUR, '3 h ago'],
    [DAY, 'yesterday'],
    [3 * DAY, '3 days ago'],
    [14 * DAY - 2 * HOUR, '2 weeks ago'],
    [20 * DAY, '2 weeks ago'],
    [100 * DAY, '3 months ago'],
    [400 * DAY, '1 year ago'],
    [800 * DAY, '2 years ago'],
  ];
  test.each(cases)('%d ms ago reads “%s”', (passed, words) => expect(ago(NOON - passed, NOON)).toBe(words));

  test('was yesterday when the night lies between, even if it is only a few hours ago', () => {
    const breakfast = new Date(2026, 2, 11, 8).getTime();
    expect(ago(breakfast - 12 * HOUR, breakfast)).toBe('yesterday');
    // At one in the morning, two hours ago is two hours ago, whatever the calendar says.
    const night = new Date(2026, 2, 11, 1).getTime();
    expect(ago(night - 2 * HOUR, night)).toBe('2 h ago');
  });

  test('that lies ahead is named by its day', () => expect(ago(NOON + 3 * DAY, NOON)).toBe('on 14 Mar 2026'));
});

describe('an age in a column', () => {
  const cases: [number, string][] = [
    [0, '1m'],
    [59 * MINUTE, '59m'],
    [23 * HOUR, '23h'],
    [13 * DAY, '13d'],
    [30 * DAY, '4w'],
    [100 * DAY, '3mo'],
    [800 * DAY, '2y'],
  ];
  test.each(cases)('of %d ms is %s', (passed, words) => expect(age(NOON - passed, NOON)).toBe(words));
});

test('the exact moment is read in the zone that was asked for', () => {
  const at = Date.UTC(2026, 2, 11, 23, 30);
  expect(exact(at, 'UTC')).toContain('11 Mar 2026');
  expect(exact(at, 'Asia/Tokyo')).toContain('12 Mar 2026');
});

test('time left is rounded as people say it', () => {
  expect(left(0.4)).toBe('almost done');
  expect(left(12.1)).toBe('13 s left');
  expect(left(200)).toBe('3 min left');
  expect(left(3 * 3600)).toBe('3 h left');
});

describe('a span that duplicates are counted in', () => {
  test('today begins at the reader’s midnight', () => expect(since('today', NOON)).toBe(new Date(2026, 2, 11).getTime()));
  test('a day and a week reach back from now', () => {
    expect(since('day', NOON)).toBe(NOON - DAY);
    expect(since('week', NOON)).toBe(NOON - 7 * DAY);
  });
});
