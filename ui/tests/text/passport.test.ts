import { describe, expect, test } from 'vitest';
import type { CodeFixView } from '../../src/host/bindings';
import { fixLine, fixShort, forCustomer, withFix } from '../../src/text/passport';
import { fix } from '../support/code';

const none = { verdict: null, upgrade_to: null, running: null };
const cases: [string, Partial<CodeFixView>, string | null, string | null, string | null][] = [
  ['later', {}, 'Fixed in v2.2.4: upgrade from v2.2.0', 'fixed in v2.2.4', 'This is fixed in v2.2.4. You run v2.2.0. Please upgrade to v2.2.4.'],
  ['in theirs', { verdict: 'fixed_in_yours', since: 'v2.2.4', upgrade_to: null, running: ['v2.2.5'] }, 'Regression: fixed since v2.2.4, and they run v2.2.5', 'fixed in theirs since v2.2.4', 'This was fixed in v2.2.4, and your version, v2.2.5, has that fix.'],
  ['affected', { verdict: 'affected', upgrade_to: null }, 'v2.2.0 is affected; no later release has the fix', 'no later release has the fix', 'You run v2.2.0; no later release has the fix yet.'],
  ['unknown version', { ...none, verdict: 'unknown', running: [] }, 'Fixed in v2.2.4, v2.3.1; what they run is not known', 'fixed in v2.2.4', 'This is fixed in v2.2.4, v2.3.1.'],
  ['merged', { ...none, state: 'merged', releases: [] }, 'A fix is merged, in no release yet', 'merged, not released', null],
  ['in review', { ...none, state: 'in_review', releases: [] }, 'A fix is in review', 'fix in review', null],
  ['in progress', { ...none, state: 'in_progress', releases: [] }, 'A fix is in progress', 'fix in progress', null],
  ['taken back', { state: 'reverted' }, 'The fix was taken back', 'fix taken back', null],
  ['only reported', { ...none, state: 'reported', releases: [], commits: [] }, null, null, null],
];

test.each(cases)('a fix that is %s is said in the verdict, on a card and to the customer', (_, over, line, short, reply) => {
  expect(fixLine(fix(over), 'seen')?.said ?? null).toBe(line);
  expect(fixShort(fix(over))?.said ?? null).toBe(short);
  expect(forCustomer(fix(over), null)).toBe(reply);
});

test('what is only perhaps the same is no regression', () => {
  const theirs = fix({ verdict: 'fixed_in_yours', since: 'v2.2.4', upgrade_to: null, running: ['v2.2.5'] });
  expect(fixLine(theirs, 'maybe')?.said).toBe('Fixed since v2.2.4; they run v2.2.5, which has the fix');
  expect(fixLine(theirs, 'maybe')?.look).toBe('attention');
});

describe('a reply', () => {
  const tracker = { state: 'fixed_later', version: '2.3.1', running: '2.2.0' } as const;

  test('says where it is fixed, by the code before the tracker', () => {
    expect(withFix('Choose rounding per basket.', fix(), tracker)).toBe('Choose rounding per basket.\n\nThis is fixed in v2.2.4. You run v2.2.0. Please upgrade to v2.2.4.');
    expect(withFix('Choose rounding per basket.', null, tracker)).toBe('Choose rounding per basket.\n\nThis is fixed in 2.3.1. You run 2.2.0. Please upgrade to 2.3.1.');
  });

  test('that names the release already stays as it is, and so does one about a fix that nobody has', () => {
    expect(withFix('Upgrade to 2.2.4.', fix(), tracker)).toBe('Upgrade to 2.2.4.');
    expect(withFix('Restart it.', null, null)).toBe('Restart it.');
    expect(withFix('Restart it.', fix({ state: 'in_review', releases: [], ...none }), null)).toBe('Restart it.');
  });

  test('promises nothing of a fix that was taken back, whatever the tracker says', () => {
    expect(withFix('Restart it.', fix({ state: 'reverted' }), tracker)).toBe('Restart it.');
  });
});
