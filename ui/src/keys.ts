/** Keys as they are written in the list of actions: `g s`, `mod+k`, `?`, `Enter`. `mod` is Ctrl, and ⌘ on a Mac. */

export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What was pressed, in the notation of the list; `null` for a modifier alone. Shift is part of the character. */
export function pressed(event: Press, mac = isMac): string | null {
  if (['Control', 'Shift', 'Meta', 'Alt', 'Dead', 'Process'].includes(event.key)) return null;
  const mod = mac ? event.metaKey : event.ctrlKey;
  if (event.altKey || (mac ? event.ctrlKey : event.metaKey)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return mod ? `mod+${key}` : key;
}

/** For reading: `Ctrl K`, `⌘ K`, `g then s`. */
export function shown(key: string, mac = isMac): string[] {
  const names: Record<string, string> = { Enter: '⏎', Escape: 'Esc', ArrowDown: '↓', ArrowUp: '↑' };
  return key.split(' ').flatMap((stroke) => {
    const bare = stroke.startsWith('mod+') ? stroke.slice(4) : stroke;
    const name = names[bare] ?? (stroke === bare ? bare : bare.toUpperCase());
    return stroke === bare ? [name] : [mac ? '⌘' : 'Ctrl', name];
  });
}

const SEQUENCE_MS = 1000;

/** Follows strokes and says which written key they complete, sequences included. */
export class Strokes {
  #first: { stroke: string; at: number } | null = null;

  take(stroke: string, keys: Iterable<string>, now: number): string | null {
    const all = [...keys];
    const first = this.#first && now - this.#first.at < SEQUENCE_MS ? this.#first.stroke : null;
    this.#first = null;
    if (first !== null && all.includes(`${first} ${stroke}`)) return `${first} ${stroke}`;
    if (all.some((key) => key.startsWith(`${stroke} `))) {
      this.#first = { stroke, at: now };
      return null;
    }
    return all.includes(stroke) ? stroke : null;
  }
}

/** Whether typing goes into this element: plain letters then belong to it. */
export function takesText(element: EventTarget | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.isContentEditable || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  return element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(element.type);
}
