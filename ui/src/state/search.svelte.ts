import type { Host, SearchHit, SearchReply } from '../host';
import { Ask } from './ask.svelte';
import type { Reach } from './reach';

/** Short enough that nobody sees it, long enough that a fast typist asks once per word and not once per letter. */
export const DEBOUNCE_MS = 20;
const SHOWN = 50;

export type SearchKind = 'all' | 'ticket' | 'known_error';
export const KINDS: readonly SearchKind[] = ['all', 'ticket', 'known_error'];

/** As-you-type search. While a query stands, its results take the queue's place. */
export class Search {
  query = $state('');
  kind = $state<SearchKind>('all');
  active = $state(0);
  ask = new Ask<SearchReply>();
  typing = $derived(this.query.trim() !== '');
  hits = $derived<SearchHit[]>(this.ask.value?.hits ?? []);
  activeHit = $derived(this.hits[this.active]);
  /** What the results on screen answer. */
  #answered = '';
  #turn = $state(0);
  #reach: Reach;
  /** The results on screen may lack what cannot be found yet. */
  incomplete = $derived.by(() => this.typing && (!this.#reach.whole || (this.ask.value !== null && this.#turn !== this.#reach.turn)));
  #host: Host;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, reach: Reach) {
    this.#host = host;
    this.#reach = reach;
  }

  type(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    if (!this.typing) {
      this.#answered = '';
      return this.ask.forget();
    }
    this.#timer = setTimeout(() => void this.run(), DEBOUNCE_MS);
  }

  choose(kind: SearchKind): void {
    this.kind = kind;
    void this.run();
  }

  clear(): void {
    this.type('');
    this.active = 0;
  }

  move(by: number): void {
    this.active = Math.min(Math.max(0, this.hits.length - 1), Math.max(0, this.active + by));
  }

  async run(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.typing) return;
    const query = this.query;
    const asked = this.#asked();
    const { turn } = this.#reach;
    const kind = this.kind === 'all' ? undefined : this.kind;
    const reply = await this.ask.ask(() => this.#host.call('search', { query, kind, k: SHOWN, prefix: true, lane: 'search' }));
    if (!reply) return;
    this.#turn = turn;
    if (this.#answered === asked) this.move(0);
    else this.active = 0;
    this.#answered = asked;
  }

  /** Enter means what was typed: results of what stood there before must not be opened in its place. */
  async caughtUp(): Promise<void> {
    if (this.#answered !== this.#asked()) await this.run();
  }

  #asked(): string {
    return `${this.kind} ${this.query}`;
  }
}
