import { expect, test } from 'vitest';
import { bytes, counted, score, whole } from '../../src/text/numbers';
import { progress } from '../../src/text/progress';
import { job, NOON } from '../support/company';

test('an import tells its size, its speed and the time left', () => {
  const shown = progress(job({ done: 12_000_000, total: 48_000_000 }), NOON + 4000);
  expect(shown).toEqual({ percent: 25, words: '12 MB of 48 MB · 3.0 MB/s · 12 s left' });
});

test('other jobs count records', () => {
  expect(progress(job({ kind: 'sample', done: 500, total: 2000 }), NOON + 1000).words).toBe('500 of 2,000 · 500/s · 3 s left');
});

test('what an earlier run had done says nothing of how fast this one is', () => {
  const resumed = job({ kind: 'sync', done: 15_400, before: 15_000, total: 20_000 });
  expect(progress(resumed, NOON + 10_000)).toEqual({ percent: 77, words: '15,400 of 20,000 · 40/s · 2 min left' });
  expect(progress(job({ kind: 'sync', done: 400, before: 15_000 }), NOON + 10_000).words).toBe('400 · 40/s');
});

test('what is not known is not said', () => {
  expect(progress(job({ kind: 'reindex', done: 0 }), NOON)).toEqual({ percent: null, words: '0' });
  expect(progress(job({ kind: 'sample', done: 90 }), NOON + 3000).words).toBe('90 · 30/s');
});

test('a job that ran past its total stands at a hundred, with no time left', () => {
  const shown = progress(job({ kind: 'sample', done: 2100, total: 2000 }), NOON + 2000);
  expect(shown.percent).toBe(100);
  expect(shown.words).not.toContain('left');
});

test('numbers are grouped, scores have one decimal, sizes three figures at most', () => {
  expect(whole(48_211)).toBe('48,211');
  expect(score(61)).toBe('61.0');
  expect(counted(1, 'ticket', 'tickets')).toBe('1 ticket');
  expect(counted(0, 'ticket', 'tickets')).toBe('0 tickets');
  expect([0, 999, 1000, 12_345, 1_500_000, 4e12].map(bytes)).toEqual(['0 B', '999 B', '1.0 kB', '12 kB', '1.5 MB', '4.0 TB']);
});
