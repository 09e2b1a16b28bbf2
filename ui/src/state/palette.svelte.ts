import { actions, possible, type Action } from '../actions';
import { match } from '../fuzzy';
import type { SearchHit, SearchReply, Span } from '../host';
import type { IconName } from '../parts/icons';
import { words } from '../text/words';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';

export interface Entry {
  id: string;
  title: string;
  spans?: Span[];
  group: string;
  icon: IconName;
  action?: Action;
  hit?: SearchHit;
}

/** `AMQ-1234`, `#48213`, `4821`. */
const LOOKS_LIKE_ID = /^#?(?:[a-z][\w.]*[-:])?\d{2,}$/i;

/** What the palette offers, best first. */
export class Palette {
  query = $state('');
  active = $state(0);
  #app: App;
  #tickets = new Ask<SearchReply>();
  entries = $derived.by<Entry[]>(() => [...this.#ticketEntries(), ...this.#actionEntries()]);

  constructor(app: App) {
    this.#app = app;
  }

  type(query: string): void {
    this.query = query;
    this.active = 0;
    const id = query.trim();
    if (!LOOKS_LIKE_ID.test(id)) return this.#tickets.forget();
    void this.#tickets.ask(() => this.#app.host.call('search', { query: id.replace(/^#/, ''), k: 5, prefix: true, lane: 'palette' }));
  }

  move(by: number): void {
    this.active = Math.min(Math.max(0, this.entries.length - 1), Math.max(0, this.active + by));
  }

  run(at = this.active): void {
    const entry = this.entries[at];
    if (!entry) return;
    this.#app.closePalette(entry.action?.sheet ?? null);
    if (entry.hit) {
      this.#app.screen = 'seen';
      this.#app.openSearchHit(entry.hit);
    } else {
      void entry.action?.run(this.#app);
    }
  }

  #ticketEntries(): Entry[] {
    return (this.#tickets.value?.hits ?? []).map((hit) => ({
      id: `ticket:${hit.id}`,
      title: hit.display_id,
      spans: hit.title,
      group: words.palette.tickets,
      icon: hit.kind === 'known_error' ? 'known-error' : hit.kind === 'article' ? 'file' : 'ticket',
      hit,
    }));
  }

  #actionEntries(): Entry[] {
    const query = this.query.trim();
    return actions
      .filter((action) => !action.keyOnly && action.id !== 'palette' && possible(action, this.#app))
      .map((action) => ({ action, score: match(query, action.title) }))
      .filter((scored): scored is { action: Action; score: number } => scored.score !== null)
      .sort((a, b) => (query === '' ? 0 : b.score - a.score))
      .map(({ action }) => ({ id: action.id, title: action.title, group: action.group, icon: action.icon ?? 'chevron-right', action }));
  }
}
