import type { Attachment } from 'svelte/attachments';

const NAME = 'counted';

/**
 * Underlines the given texts inside an element without touching its nodes: the customer's text stays exactly as it was sanitised.
 * Where the browser has no highlight registry nothing is underlined, and nothing else changes.
 */
export function underline(texts: string[]): Attachment<HTMLElement> {
  return (element) => {
    if (texts.length === 0 || typeof CSS === 'undefined' || !('highlights' in CSS) || typeof Highlight === 'undefined') return;
    const ranges = rangesOf(element, texts);
    const highlight = CSS.highlights.get(NAME) ?? new Highlight();
    for (const range of ranges) highlight.add(range);
    CSS.highlights.set(NAME, highlight);
    return () => {
      for (const range of ranges) highlight.delete(range);
    };
  };
}

/** Where the texts stand, each within one text node. */
export function rangesOf(element: HTMLElement, texts: string[]): Range[] {
  const found: Range[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const content = node.textContent ?? '';
    for (const text of texts) {
      for (let at = content.indexOf(text); at >= 0 && text !== ''; at = content.indexOf(text, at + text.length)) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + text.length);
        found.push(range);
      }
    }
  }
  return found;
}
