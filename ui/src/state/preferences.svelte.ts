import type { Host } from '../host';

export type Theme = 'system' | 'light' | 'dark' | 'contrast';
export type Density = 'compact' | 'comfortable';
/** Where a critical ticket that comes in is told of: in the window, or also through the system while another is in front. */
export type Notices = 'window' | 'system';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark', 'contrast'];
export const NOTICES: readonly Notices[] = ['window', 'system'];
export const DENSITIES: readonly Density[] = ['compact', 'comfortable'];
export const ZOOM = { min: 80, max: 200, step: 10, usual: 100 };
/** In units of 1/16 rem, so that a width keeps its meaning at every zoom. */
export const WIDTHS = {
  queue: { min: 240, max: 480, usual: 312 },
  pane: { min: 380, max: 880, usual: 548 },
};

export type Column = keyof typeof WIDTHS;

const clamp = (n: number, { min, max }: { min: number; max: number }) => Math.min(max, Math.max(min, n));

/** What the person at this machine chose. The engine keeps it; this applies it to the page. */
export class Preferences {
  theme = $state<Theme>('system');
  density = $state<Density>('compact');
  zoom = $state(ZOOM.usual);
  notices = $state<Notices>('window');
  /** Whether a recovery key was offered; `null` until that is known. */
  offered = $state<boolean | null>(null);
  widths = $state({ queue: WIDTHS.queue.usual, pane: WIDTHS.pane.usual });
  #host: Host;
  #dark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;
  #more = typeof matchMedia === 'function' ? matchMedia('(prefers-contrast: more)') : null;

  constructor(host: Host) {
    this.#host = host;
    this.#dark?.addEventListener('change', () => this.#apply());
    this.#more?.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  async load(): Promise<void> {
    const stored = await this.#host.call('preferences_get', {}).catch(() => null);
    if (stored === null) return;
    this.offered = stored.some(({ key }) => key === 'recovery.offered');
    for (const { key, value } of stored) {
      if (key === 'theme' && (THEMES as readonly string[]).includes(value)) this.theme = value as Theme;
      if (key === 'density' && (DENSITIES as readonly string[]).includes(value)) this.density = value as Density;
      if (key === 'notices' && (NOTICES as readonly string[]).includes(value)) this.notices = value as Notices;
      if (key === 'zoom' && Number(value)) this.zoom = clamp(Number(value), ZOOM);
      if (key === 'width.queue' && Number(value)) this.widths.queue = clamp(Number(value), WIDTHS.queue);
      if (key === 'width.pane' && Number(value)) this.widths.pane = clamp(Number(value), WIDTHS.pane);
    }
    this.#apply();
  }

  closeOffer(): void {
    this.offered = true;
    this.#keep('recovery.offered', 'yes');
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.#keep('theme', theme);
  }

  setDensity(density: Density): void {
    this.density = density;
    this.#keep('density', density);
  }

  setNotices(notices: Notices): void {
    this.notices = notices;
    this.#keep('notices', notices);
  }

  setZoom(zoom: number): void {
    this.zoom = clamp(Math.round(zoom / ZOOM.step) * ZOOM.step, ZOOM);
    this.#keep('zoom', String(this.zoom));
  }

  /** While a splitter is dragged the width follows the pointer; only where it ends is kept. */
  setWidth(column: Column, width: number, keep = true): void {
    this.widths[column] = Math.round(clamp(width, WIDTHS[column]));
    if (keep) this.#keep(`width.${column}`, String(this.widths[column]));
  }

  resetWidths(): void {
    this.setWidth('queue', WIDTHS.queue.usual);
    this.setWidth('pane', WIDTHS.pane.usual);
  }

  #keep(key: string, value: string): void {
    this.#apply();
    // A choice that could not be stored still holds for this session; it is not worth a message.
    void this.#host.call('preference_set', { key, value }).catch(() => undefined);
  }

  #apply(): void {
    if (typeof document === 'undefined') return;
    const root = document.documentElement;
    const dark = this.theme === 'dark' || ((this.theme === 'system' || this.theme === 'contrast') && this.#dark?.matches);
    const contrast = this.theme === 'contrast' || (this.theme === 'system' && this.#more?.matches);
    root.dataset.theme = (contrast ? 'contrast-' : '') + (dark ? 'dark' : 'light');
    root.dataset.density = this.density;
    root.style.fontSize = `${(16 * this.zoom) / 100}px`;
  }
}
