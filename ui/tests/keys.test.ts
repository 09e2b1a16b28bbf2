import { describe, expect, test } from 'vitest';
import { Strokes, pressed, shown, takesText } from '../src/keys';

const press = (key: string, over: Partial<KeyboardEvent> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...over });
const element = (html: string) => {
  document.body.innerHTML = html;
  return document.body.firstElementChild;
};

describe('a stroke', () => {
  test('is written as in the list of actions', () => {
    expect(pressed(press('k'), false)).toBe('k');
    expect(pressed(press('K'), false)).toBe('k');
    expect(pressed(press('?'), false)).toBe('?');
    expect(pressed(press('Escape'), false)).toBe('Escape');
    expect(pressed(press('k', { ctrlKey: true }), false)).toBe('mod+k');
  });

  test('means the same with ⌘ on a Mac and with Ctrl elsewhere, and nothing with the other one', () => {
    expect(pressed(press('k', { metaKey: true }), true)).toBe('mod+k');
    expect(pressed(press('k', { ctrlKey: true }), true)).toBeNull();
    expect(pressed(press('k', { metaKey: true }), false)).toBeNull();
  });

  test('of a modifier or with Alt is no stroke', () => {
    expect(pressed(press('Shift'), false)).toBeNull();
    expect(pressed(press('ø', { altKey: true }), false)).toBeNull();
  });
});

describe('a sequence', () => {
  const keys = ['g s', 'g a', 's', '/'];

  test('of two strokes completes one written key', () => {
    const strokes = new Strokes();
    expect(strokes.take('g', keys, 0)).toBeNull();
    expect(strokes.take('s', keys, 400)).toBe('g s');
  });

  test('that takes longer than a second is two strokes', () => {
    const strokes = new Strokes();
    strokes.take('g', keys, 0);
    expect(strokes.take('s', keys, 1001)).toBe('s');
  });

  test('that leads nowhere lets its second stroke stand for itself', () => {
    const strokes = new Strokes();
    strokes.take('g', keys, 0);
    expect(strokes.take('/', keys, 10)).toBe('/');
    expect(strokes.take('x', keys, 20)).toBeNull();
  });
});

test('keys are shown as people know them', () => {
  expect(shown('mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(shown('mod+k', true)).toEqual(['⌘', 'K']);
  expect(shown('g s', false)).toEqual(['g', 's']);
  expect(shown('Escape', false)).toEqual(['Esc']);
});

test('letters belong to fields that take text, and to nothing else', () => {
  for (const html of ['<input>', '<input type="search">', '<textarea></textarea>', '<select></select>']) expect(takesText(element(html)), html).toBe(true);
  for (const html of ['<button></button>', '<input type="checkbox">', '<div tabindex="0"></div>']) expect(takesText(element(html)), html).toBe(false);
  expect(takesText(null)).toBe(false);
});
