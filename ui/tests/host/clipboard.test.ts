import { afterEach, expect, test } from 'vitest';
import { asWritten, copyAsWritten } from '../../src/host/clipboard';

afterEach(() => document.body.replaceChildren());

/** What lands on the clipboard when everything inside `element` is selected; `null` where the browser does it itself. */
function copied(element: HTMLElement): string | null {
  document.body.append(element);
  getSelection()?.selectAllChildren(element);
  let taken: string | null = null;
  const event = new Event('copy', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { setData: (_: string, text: string) => (taken = text) } });
  element.addEventListener('copy', (event) => copyAsWritten(event as ClipboardEvent));
  element.dispatchEvent(event);
  return taken;
}

test('a mark is copied as the character that it stands for', () => {
  expect(asWritten('a⟨U+202E⟩b⟨U+E0049⟩')).toBe('a\u202eb\u{e0049}');
  expect(asWritten('⟨U+FFFFFF⟩ ⟨x⟩')).toBe('⟨U+FFFFFF⟩ ⟨x⟩');
  expect(copied(Object.assign(document.createElement('p'), { textContent: 'pay⟨U+200B⟩pal' }))).toBe('pay\u200bpal');
});

test('a selection without marks and a field are left to the browser', () => {
  expect(copied(Object.assign(document.createElement('p'), { textContent: 'plain' }))).toBeNull();
  expect(copied(document.createElement('textarea'))).toBeNull();
});
