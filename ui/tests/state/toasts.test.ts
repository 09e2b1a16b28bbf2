import { beforeEach, expect, test, vi } from 'vitest';
import { Toasts } from '../../src/state/toasts.svelte';
import { refusal } from '../support/host';

let toasts: Toasts;
beforeEach(() => {
  vi.useFakeTimers();
  toasts = new Toasts();
});
const texts = () => toasts.list.map(({ text }) => text);

test('a message stays for two seconds', () => {
  toasts.say('Copied');
  vi.advanceTimersByTime(1999);
  expect(texts()).toEqual(['Copied']);
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual([]);
});

test('a message under the pointer stays until the pointer leaves', () => {
  toasts.say('Copied');
  const id = toasts.list[0]?.id ?? 0;
  toasts.hold(id);
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['Copied']);
  toasts.release(id);
  vi.advanceTimersByTime(2000);
  expect(texts()).toEqual([]);
});

test('undo takes back the newest first, each exactly once, also after its message has faded', async () => {
  const undone: string[] = [];
  toasts.sayUndoable('first', async () => void undone.push('first'));
  toasts.sayUndoable('second', async () => void undone.push('second'));
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual([]);
  await toasts.undo();
  await toasts.undo();
  expect(undone).toEqual(['second', 'first']);
  expect(toasts.canUndo).toBe(false);
  await toasts.undo();
  expect(undone).toEqual(['second', 'first']);
  expect(texts()).toContain('Nothing to undo');
});

test('an undo that fails says why', async () => {
  toasts.sayUndoable('done', () => Promise.reject(refusal('in_use')));
  await toasts.undo();
  expect(toasts.list.at(-1)?.tone).toBe('bad');
});

test('three messages at most are on screen', () => {
  for (const text of ['1', '2', '3', '4']) toasts.say(text);
  expect(texts()).toEqual(['2', '3', '4']);
});
