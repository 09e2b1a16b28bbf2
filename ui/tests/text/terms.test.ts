import { expect, test } from 'vitest';
import { versions } from '../../src/text/terms';

test.each([
  ['>=11.4.0', '11.4.0 and later'],
  ['>= 5.1 <5.4', '5.1 and later before 5.4'],
  ['<=2.0-rc1', '2.0-rc1 and earlier'],
  ['5.4.1', '5.4.1'],
  ['all', 'all'],
])('the versions %s read %s', (written, said) => expect(versions(written)).toBe(said));
