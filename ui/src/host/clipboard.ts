/** The engine shows characters that would mislead a reader as ⟨U+202E⟩; what is copied is what was written. */
export const asWritten = (shown: string): string =>
  shown.replace(/⟨U\+([0-9A-F]{4,6})⟩/g, (mark, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : mark;
  });

/** Text that a person selects and copies by hand; what stands in a field was typed there and is left alone. */
export function copyAsWritten(event: ClipboardEvent): void {
  const selected = getSelection()?.toString() ?? '';
  const written = asWritten(selected);
  if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement || written === selected) return;
  event.clipboardData?.setData('text/plain', written);
  event.preventDefault();
}

/** Writes to the clipboard; where the page may not ask for it, through a selection as browsers did before. */
export async function copyText(text: string): Promise<void> {
  const written = asWritten(text);
  try {
    await navigator.clipboard.writeText(written);
  } catch {
    const area = document.createElement('textarea');
    area.value = written;
    area.setAttribute('aria-hidden', 'true');
    area.className = 'visually-hidden';
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    if (!copied) throw { code: 'clipboard', message: 'The clipboard did not take the text.', hint: null, retryable: true };
  }
}
