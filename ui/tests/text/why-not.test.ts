import { describe, expect, test } from 'vitest';
import { compared, said, short } from '../../src/text/why-not';
import { whyNot } from '../support/why-not';

describe('the parts of two cases', () => {
  test('add up to what is shown of either score', () => {
    const parts = compared(whyNot());
    const sum = (of: 'its' | 'others') => parts.reduce((all, part) => all + part[of], 0).toFixed(1);
    expect([sum('its'), sum('others')]).toEqual(['18.4', '22.7']);
  });

  test('name what the one has and the other has not', () => {
    expect(compared(whyNot()).map(({ words, lacks, detail }) => [words, lacks, detail])).toEqual([
      ['Same words in the title', true, ['checkout']],
      ['How recent it is', false, []],
      ['Same words in the text', false, ['cent']],
    ]);
  });
});

test('what it is short of is said in points', () => {
  expect([short(whyNot()), short(whyNot({ score: 30 }))]).toEqual(['4.3 points short', '7.3 points more']);
});

test('each state and each reason has its sentence', () => {
  expect(said(whyNot())).toEqual(['It is 14th of 96; the first 10 are shown.']);
  expect(said(whyNot({ state: 'barred', place: 2, reasons: [{ code: 'not_same', other: null }] }))).toEqual([
    'It is kept out; it would be 2nd of 96.',
    'Somebody said that it is not the same as this question.',
  ]);
  expect(said(whyNot({ reasons: [{ code: 'merged', other: 'helpdesk:NW-4:2' }] }))[1]).toBe('It was merged into NW-4:2.');
  expect(said(whyNot({ state: 'nothing_shared', place: null }))[0]).toContain('no word, identifier');
  expect(said(whyNot({ reasons: [{ code: 'from_the_future', other: null }] }))[1]).toBe('from the future');
});
