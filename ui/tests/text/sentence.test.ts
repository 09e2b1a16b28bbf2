import { describe, expect, test } from 'vitest';
import { firstSentence, stepsAsText } from '../../src/text/sentence';
import { folded } from '../../src/text/frames';
import { thread } from '../../src/text/thread';
import { errorWords } from '../../src/text/errors';
import { link, outcome, status } from '../../src/text/terms';
import { signature, ticket } from '../support/company';

describe('the first sentence', () => {
  const cases: [string, string][] = [
    ['Cleared the cache. The customer confirmed.', 'Cleared the cache.'],
    ['Upgrade to 2.3.1 and restart. Done.', 'Upgrade to 2.3.1 and restart.'],
    ['Set cache.size, e.g. to 40, and wait. Then retry.', 'Set cache.size, e.g. to 40, and wait.'],
    ['1. Open the settings.\n2. Choose per basket.', 'Open the settings.'],
    ['- Restart the agent\n- Look again', 'Restart the agent - Look again'],
    ['キャッシュを消しました。確認済み。', 'キャッシュを消しました。'],
    ['no full stop at all', 'no full stop at all'],
  ];
  test.each(cases)('of “%s”', (text, sentence) => expect(firstSentence(text)).toBe(sentence));

  test('is cut between words where it is too long', () => {
    const cut = firstSentence('word '.repeat(100), 22);
    expect(cut).toBe('word word word word …');
  });
});

test('one step is copied as it is, several are numbered', () => {
  expect(stepsAsText(['Restart.'])).toBe('Restart.');
  expect(stepsAsText(['Stop.', 'Start.'])).toBe('1. Stop.\n2. Start.');
});

test('runs of library frames are folded, and no frame is lost', () => {
  const { frames } = signature();
  const runs = folded(frames);
  expect(runs.map((run) => run.frame?.function ?? run.library)).toEqual([
    'com.northwind.cart.Totals.check',
    'com.northwind.cart.Coupons.apply',
    2,
    'com.northwind.web.CheckoutHandler.post',
    1,
  ]);
  expect(runs.reduce((all, run) => all + (run.frame ? 1 : run.library), 0)).toBe(frames.length);
});

test('replies, notes and handoffs stand in the order in which they happened', () => {
  const entries = thread(ticket());
  expect(entries.map((entry) => entry.comment?.id ?? 'handoff')).toEqual(['c1', 'c2', 'handoff', 'c3']);
});

describe('words for the engine’s values', () => {
  test('a value that is not known yet is shown readably', () => {
    expect(status('waiting_for_parts').word).toBe('Waiting for parts');
    expect(outcome('half_fixed').word).toBe('Half fixed');
  });
  test('a link reads differently from its two ends, and a denied one says so', () => {
    expect([link('duplicate_of', true, true), link('duplicate_of', false, true), link('same_as', true, false)]).toEqual(['Duplicate of', 'Has the duplicate', 'Not the same']);
  });
  test('an error says what happened and what to do, in its own words where there are none for its code', () => {
    const error = { code: 'odd', message: 'The tape is torn.', hint: null, retryable: true };
    expect(errorWords(error)).toEqual({ what: 'The tape is torn.', next: 'Try again.' });
    expect(errorWords({ ...error, code: 'disk_full', hint: 'Free 2 GB.' })).toEqual({ what: 'The disk is full.', next: 'Free 2 GB.' });
  });
});
