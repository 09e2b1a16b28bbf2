import { Ask } from './ask.svelte';

const HELD = 30;

/** One record on screen at a time. Those seen last are held, so that a step back shows them at once, at their old scroll. */
export class Records<T> {
  ask = new Ask<T>();
  id: string | null = null;
  #fetch: (id: string) => Promise<T>;
  #held = new Map<string, T>();

  constructor(fetch: (id: string) => Promise<T>) {
    this.#fetch = fetch;
  }

  show(id: string): void {
    const held = this.#held.get(id);
    if (held !== undefined) {
      this.ask.value = held;
      this.ask.error = null;
    }
    this.id = id;
    void this.again();
  }

  async again(): Promise<void> {
    const { id } = this;
    if (id === null) return;
    const record = await this.ask.ask(() => this.#fetch(id));
    if (record === null) return;
    this.#held.delete(id);
    this.#held.set(id, record);
    const oldest = this.#held.size > HELD ? this.#held.keys().next().value : undefined;
    if (oldest !== undefined) this.#held.delete(oldest);
  }
}
