import { describe, expect, test } from 'vitest';
import { behind, percent, place, points, side, stood, way } from '../../src/text/exam';

test('places read as people say them', () => {
  expect([1, 2, 3, 4, 11, 12, 22, 101].map(place)).toEqual(['1st', '2nd', '3rd', '4th', '11th', '12th', '22nd', '101st']);
});

test('a share is a percentage with one decimal', () => {
  expect([0, 0.6761, 1].map(percent)).toEqual(['0.0 %', '67.6 %', '100.0 %']);
});

describe('how far a share can be trusted', () => {
  test('grows with fewer tickets, and is never nothing', () => {
    expect(points(0.676, 1000)).toBeCloseTo(2.9, 1);
    expect(points(0.676, 30)).toBeCloseTo(15.9, 0);
    expect(points(1, 10)).toBeGreaterThan(10);
    expect(points(0, 0)).toBe(100);
  });
});

test('a side is told from the exam before and from another way to rank', () => {
  expect([side('here_alone', 'before'), side('there_alone', 'before')]).toEqual(['Gained', 'Lost']);
  expect([side('here_alone', 'without_age'), side('there_alone', 'without_age')]).toEqual(['In use alone', 'Without age alone']);
});

test('what is behind a number names its slice', () => {
  expect(behind('first_five', 'in_use', null, 'Over 180 days')).toBe('Found among the first five · Over 180 days');
  expect(behind('there_alone', 'in_use', 'before', null)).toBe('Lost');
  expect(behind('first', 'without_age', 'in_use', null)).toBe('Without age · Found in the first place');
});

test('a way to rank that this page does not know is shown by its name', () => {
  expect(way('with_links')).toBe('With links');
});

test('where a ticket’s answer stood is said, and why there is no place', () => {
  expect(stood({ place: 3, other_place: 12, found: true }, 'without_age')).toBe('3rd, without age 12th');
  expect(stood({ place: 1, other_place: null, found: true }, 'before')).toBe('1st, in the exam before not found');
  expect(stood({ place: null, other_place: 2, found: true }, null)).toBe('Not among the first hundred');
  expect(stood({ place: null, other_place: null, found: false }, null)).toBe('Not among the candidates');
});
