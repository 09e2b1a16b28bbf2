import type { Host, QueueFilter, QueueRow } from '../host';
import { asHostError, type HostError } from '../host/error';

export const PAGE = 100;
export const FILTERS: readonly QueueFilter[] = ['open', 'unassigned', 'known', 'solved', 'all', 'triage'];

/** The queue: any number of tickets, of which only the pages in sight are held. */
export class Queue {
  filter = $state<QueueFilter>('open');
  total = $state(0);
  /** Row under the cursor. */
  active = $state(0);
  error = $state.raw<HostError | null>(null);
  loaded = $state(false);
  /** Pages by number. Replaced whole, so that one change redraws once. */
  #pages = $state.raw(new Map<number, QueueRow[]>());
  #asked = new Set<number>();
  #sight = { first: 0, last: 40 };
  /** Answers to an older filter or an older state of the data are dropped. */
  #turn = 0;
  #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  row(at: number): QueueRow | undefined {
    return this.#pages.get(Math.floor(at / PAGE))?.[at % PAGE];
  }

  activeRow = $derived(this.row(this.active));

  /** Where a ticket stands among the rows that are held. */
  find(id: string): number | null {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex((row) => row.id === id);
      if (at >= 0) return page * PAGE + at;
    }
    return null;
  }

  async choose(filter: QueueFilter): Promise<void> {
    this.filter = filter;
    this.active = 0;
    this.#sight = { first: 0, last: 40 };
    await this.refresh();
  }

  /** The data changed: asks again for what is in sight and lets the rest go. What is shown stays until the answer is there. */
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    this.#asked.clear();
    const wanted = this.#wanted();
    const keep = this.activeRow?.id;
    try {
      const replies = await Promise.all(wanted.map((page) => this.#fetch(page)));
      if (turn !== this.#turn) return;
      this.#pages = new Map(wanted.map((page, i) => [page, replies[i]?.rows ?? []]));
      this.total = replies[0]?.total ?? 0;
      this.error = null;
      this.loaded = true;
      // New tickets push rows down; the cursor stays on its ticket and not on its number.
      const again = keep === undefined ? null : this.find(keep);
      this.active = again ?? Math.min(this.active, Math.max(0, this.total - 1));
      // What scrolled into sight meanwhile.
      this.see(this.#sight.first, this.#sight.last);
    } catch (thrown) {
      if (turn === this.#turn) this.error = asHostError(thrown);
    }
  }

  /** Rows that are on screen now: their pages are fetched when they are not held. */
  see(first: number, last: number): void {
    this.#sight = { first, last };
    const turn = this.#turn;
    for (const page of this.#wanted()) {
      if (this.#pages.has(page) || this.#asked.has(page)) continue;
      this.#asked.add(page);
      this.#fetch(page).then(
        (reply) => {
          this.#asked.delete(page);
          if (turn !== this.#turn) return;
          this.#pages = new Map(this.#pages).set(page, reply.rows);
          this.total = reply.total;
        },
        (thrown: unknown) => {
          this.#asked.delete(page);
          if (turn === this.#turn) this.error = asHostError(thrown);
        },
      );
    }
  }

  move(by: number): void {
    this.active = Math.min(Math.max(0, this.total - 1), Math.max(0, this.active + by));
  }

  #wanted(): number[] {
    const first = Math.floor(this.#sight.first / PAGE);
    const last = Math.floor(Math.max(this.#sight.first, this.#sight.last) / PAGE);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }

  #fetch(page: number) {
    return this.#host.call('queue_list', { filter: this.filter, offset: page * PAGE, limit: PAGE });
  }
}
