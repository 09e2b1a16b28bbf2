import { expect, test } from 'vitest';
import { has, toggled } from '../../src/text/query';

test('a value is put in as it would be typed, and taken out where it is there', () => {
  expect(toggled('timeout', 'product', 'Storefront')).toBe('timeout product:Storefront ');
  expect(toggled('timeout product:Storefront ', 'product', 'Storefront')).toBe('timeout ');
  expect(toggled('product:storefront', 'product', 'Storefront')).toBe('');
});

test('values with blanks and quotes stand in quotes', () => {
  const narrowed = toggled('timeout', 'component', 'Message Store');
  expect(narrowed).toBe('timeout component:"Message Store" ');
  expect(has(narrowed, 'component', 'message store')).toBe(true);
  expect(toggled(narrowed, 'component', 'Message Store')).toBe('timeout ');
  const quoted = toggled('', 'component', 'The "old" one');
  expect(has(quoted, 'component', 'The "old" one')).toBe(true);
});

test('what was typed otherwise is the same value all the same', () => {
  expect(has('status:on-hold', 'status', 'on_hold')).toBe(true);
  expect(has('product:GRÖSSE', 'product', 'Größe')).toBe(false);
  expect(has('component:cafe', 'component', 'Café')).toBe(true);
});

test('everything else that was typed stays as it was', () => {
  expect(toggled('"connection was refused" version:<5.4 http://host:80/a', 'status', 'open')).toBe(
    '"connection was refused" version:<5.4 http://host:80/a status:open ',
  );
});
