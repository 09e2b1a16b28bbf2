import { expect, test } from 'vitest';
import { shade } from '../../src/parts/share';
import { shownParts } from '../../src/text/receipt';
import { hit } from '../support/company';

const sum = (parts: { points: number }[]) => Math.round(parts.reduce((all, part) => all + part.points * 10, 0)) / 10;

test('the parts that are shown add up to the score that is shown', () => {
  const { receipt, score } = hit();
  expect(sum(shownParts(receipt, score))).toBe(92.4);
});

test('they do so for any parts, although each is rounded', () => {
  // Eighths and thirds, the worst there is for tenths.
  for (let n = 1; n < 9; n++) {
    for (const unit of [1 / 8, 1 / 3, 0.0499, 7.77]) {
      const receipt = Array.from({ length: n }, (_, i) => ({ kind: 'terms', field: 'body', detail: [], points: unit * (i + 1) }));
      const score = receipt.reduce((all, part) => all + part.points, 0);
      expect(sum(shownParts(receipt, score)), `${n} × ${unit}`).toBe(Math.round(score * 10) / 10);
    }
  }
});

test('no part is moved by more than the tenth that rounding takes', () => {
  const { receipt, score } = hit();
  for (const [i, part] of shownParts(receipt, score).entries()) expect(Math.abs(part.points - (receipt[i]?.points ?? 0))).toBeLessThan(0.1);
});

test('a part is named by its field where it is about words, and never by its code', () => {
  const named = shownParts(
    [
      { kind: 'terms', field: 'resolution', detail: ['restart'], points: 1 },
      { kind: 'signature', field: '', detail: [], points: 1 },
      { kind: 'from_the_future', field: '', detail: [], points: 1 },
    ],
    3,
  ).map((part) => part.words);
  expect(named).toEqual(['Same words in the resolution', 'Same error signature', 'from the future']);
});

test('neighbours in the bar differ and none is lost', () => {
  const shades = Array.from({ length: 6 }, (_, i) => shade(i));
  expect(new Set(shades).size).toBe(6);
  expect(Math.min(...Array.from({ length: 20 }, (_, i) => shade(i)))).toBeGreaterThanOrEqual(0.2);
});
