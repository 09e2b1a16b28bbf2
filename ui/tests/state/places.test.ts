import { beforeEach, describe, expect, test } from 'vitest';
import { tick } from 'svelte';
import { Places, focusMark, focusOn } from '../../src/state/places.svelte';

let places: Places;
beforeEach(() => {
  document.body.innerHTML = '<div data-focus="outer"><button data-focus="item:a:1">a</button><button id="plain">b</button></div>';
  places = new Places();
});

test('the way begins at the paste box, and there is no step back from it', () => {
  expect(places.current).toEqual({ kind: 'paste' });
  expect(places.below).toBeNull();
  expect(places.back()).toBe(false);
});

test('each step back shows the place below', () => {
  places.start({ kind: 'ticket', id: '1' });
  places.open({ kind: 'known_error', id: 'k' });
  places.open({ kind: 'ticket', id: '2' });
  expect(places.back()).toBe(true);
  expect(places.current).toEqual({ kind: 'known_error', id: 'k' });
  expect(places.below).toEqual({ kind: 'ticket', id: '1' });
});

test('a new question starts the way again', () => {
  places.open({ kind: 'ticket', id: '1' });
  places.start({ kind: 'ticket', id: '2' });
  expect(places.back()).toBe(false);
});

test('a step back puts focus and scroll where they were', async () => {
  const scroller = document.createElement('div');
  places.scroller = scroller;
  scroller.scrollTop = 240;
  document.querySelector<HTMLElement>('[data-focus="item:a:1"]')?.focus();
  places.open({ kind: 'ticket', id: '1' });
  await tick();
  expect(scroller.scrollTop).toBe(0);
  (document.activeElement as HTMLElement).blur();
  places.back();
  await tick();
  await tick();
  expect(scroller.scrollTop).toBe(240);
  expect(focusMark()).toBe('item:a:1');
});

describe('a mark', () => {
  test('is that of the nearest element that can be returned to', () => {
    document.getElementById('plain')?.focus();
    expect(focusMark()).toBe('outer');
  });
  test('that is not on the page gets no focus', () => {
    expect(focusOn('gone')).toBe(false);
    expect(focusOn(null)).toBe(false);
  });
});
