import type { Preferences } from './preferences.svelte';

export type Shape = 'wide' | 'middle' | 'narrow';
export type Overlay = 'queue' | 'ticket' | null;

/**
 * At zoom 200 % a 1440-px window has the room of a 720-px one, so the shape follows the room and not the pixels. Each shape needs
 * the least widths of its columns: below 820 the rail, the strip, the ticket and the pane no longer fit side by side.
 */
export function shapeOf(width: number, zoom: number): Shape {
  const room = (width * 100) / zoom;
  if (room >= 1180) return 'wide';
  return room >= 820 ? 'middle' : 'narrow';
}

/** How many columns there is room for, and what lies over them. */
export class Layout {
  width = $state(typeof window === 'undefined' ? 1440 : window.innerWidth);
  overlay = $state<Overlay>(null);
  #preferences: Preferences;
  shape = $derived.by<Shape>(() => shapeOf(this.width, this.#preferences.zoom));

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    if (typeof window !== 'undefined') window.addEventListener('resize', () => this.resized());
  }

  resized(): void {
    const before = this.shape;
    this.width = window.innerWidth;
    // An overlay over a column that is now visible would show it twice.
    if (before !== this.shape) this.overlay = null;
  }
}
