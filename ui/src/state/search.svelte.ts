import type { FacetView, Host, SearchHit, SearchReply } from '../host';
import { has, toggled } from '../text/query';
import { Ask } from './ask.svelte';
import type { Reach } from './reach';

/** Short enough that nobody sees it, long enough that a fast typist asks once per word and not once per letter. */
export const DEBOUNCE_MS = 20;
export const SHOWN = 50;
/** The engine gives no more at once. */
const MOST = 500;

export type SearchKind = 'all' | 'ticket' | 'known_error' | 'article';
export const KINDS: readonly SearchKind[] = ['all', 'ticket', 'known_error', 'article'];

/** Hits of one tier, and where its first stands among all. */
export interface Tier {
  tier: string;
  count: number;
  from: number;
  hits: SearchHit[];
}

/** As-you-type search. While a query stands, its results take the queue's place. */
export class Search {
  query = $state('');
  kind = $state<SearchKind>('all');
  active = $state(0);
  ask = new Ask<SearchReply>();
  /** Whether what narrows the search is shown. */
  narrowing = $state(false);
  facets = $state.raw<FacetView[]>([]);
  typing = $derived(this.query.trim() !== '');
  /** Pages after the first. */
  #more = $state.raw<SearchHit[]>([]);
  #next = $state<string | null>(null);
  hits = $derived<SearchHit[]>([...(this.ask.value?.hits ?? []), ...this.#more]);
  tiers = $derived(this.#tiers());
  activeHit = $derived(this.hits[this.active]);
  /** What the results on screen answer. */
  #answered = '';
  #turn = $state(0);
  #reach: Reach;
  /** The results on screen may lack what cannot be found yet. */
  incomplete = $derived.by(() => this.typing && (!this.#reach.whole || (this.ask.value !== null && this.#turn !== this.#reach.turn)));
  #host: Host;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #counting = new Ask<SearchReply>();
  #paging: string | null = null;

  constructor(host: Host, reach: Reach) {
    this.#host = host;
    this.#reach = reach;
  }

  type(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    if (!this.typing) {
      this.#answered = '';
      this.#turnOver(null);
      this.facets = [];
      this.#counting.forget();
      return this.ask.forget();
    }
    this.#timer = setTimeout(() => void this.run(), DEBOUNCE_MS);
  }

  choose(kind: SearchKind): void {
    this.kind = kind;
    void this.run();
  }

  /** Narrows the search to a value of a field, or no longer. */
  narrow(field: string, value: string): void {
    this.query = toggled(this.query, field, value);
    if (this.typing) void this.run();
    else this.clear();
  }

  isNarrowedTo(field: string, value: string): boolean {
    return has(this.query, field, value);
  }

  showNarrowing(shown: boolean): void {
    this.narrowing = shown;
    if (shown) void this.#count();
  }

  clear(): void {
    this.type('');
    this.active = 0;
  }

  move(by: number): void {
    this.active = Math.min(Math.max(0, this.hits.length - 1), Math.max(0, this.active + by));
    if (this.active >= this.hits.length - 10) void this.more();
  }

  async run(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.typing) return;
    const asked = this.#asked();
    const again = this.#answered === asked;
    const { turn } = this.#reach;
    // The data changed under a list that was read on: it stays as long as it was.
    const k = again ? Math.min(MOST, Math.max(SHOWN, this.hits.length)) : SHOWN;
    const args = { ...this.#args(), k, lane: 'search' };
    const reply = await this.ask.ask(() => this.#host.call('search', args));
    if (!reply) return;
    this.#turn = turn;
    this.#answered = asked;
    this.#turnOver(reply.next);
    if (again) this.move(0);
    else this.active = 0;
    if (this.narrowing) void this.#count();
  }

  /** The next page, once: it is asked for where the list ends and where the keys come near its end. */
  async more(): Promise<void> {
    const after = this.#next;
    if (after === null || this.#paging === after) return;
    this.#paging = after;
    try {
      const page = await this.#host.call('search', { ...this.#args(), k: SHOWN * 2, after, lane: 'page' });
      // Another question, or the same one asked anew, began the list again meanwhile.
      if (this.#paging !== after) return;
      this.#more = [...this.#more, ...page.hits];
      this.#next = page.next;
    } catch {
      // What is shown stays; the end of the list asks again.
      if (this.#paging === after) this.#paging = null;
    }
  }

  /** Enter means what was typed: results of what stood there before must not be opened in its place. */
  async caughtUp(): Promise<void> {
    if (this.#answered !== this.#asked()) await this.run();
  }

  /** Beside the search and after it: to count reads more than a keypress should. */
  async #count(): Promise<void> {
    if (!this.typing) return;
    const reply = await this.#counting.ask(() => this.#host.call('search', { ...this.#args(), k: 0, facets: true, lane: 'facets' }));
    if (reply) this.facets = reply.facets;
  }

  #args() {
    return { query: this.query, kind: this.kind === 'all' ? undefined : this.kind, prefix: true };
  }

  #turnOver(next: string | null): void {
    this.#more = [];
    this.#next = next;
    this.#paging = null;
  }

  #tiers(): Tier[] {
    const counts = new Map(this.ask.value?.tiers.map(({ tier, count }) => [tier, count]));
    const tiers: Tier[] = [];
    this.hits.forEach((hit, at) => {
      const last = tiers.at(-1);
      if (last?.tier === hit.tier) last.hits.push(hit);
      else tiers.push({ tier: hit.tier, count: counts.get(hit.tier) ?? 0, from: at, hits: [hit] });
    });
    return tiers;
  }

  #asked(): string {
    return `${this.kind} ${this.query}`;
  }
}
