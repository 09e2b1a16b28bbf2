import { tick } from 'svelte';
import type { WhyNot as View } from '../host';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { focusOn } from './places.svelte';

/** Why a case that somebody misses is not among the hits. */
export class WhyNot {
  ask = new Ask<View>();
  /** What is in the field. */
  id = $state('');
  #asked: string | null = null;
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** The case beside the answer that is not the question; `null` where there is none. */
  get beside(): string | null {
    const { current } = this.#app.places;
    const { question, answer } = this.#app.seen;
    if (answer === null || (current.kind !== 'ticket' && current.kind !== 'known_error')) return null;
    return question?.kind === 'ticket' && question.id === current.id ? null : current.id;
  }

  /** Of the case that is open; where none is, the field to name one. */
  here(): void {
    this.#app.layout.overlay = null;
    const { beside } = this;
    if (beside !== null) void this.about(beside);
    else void tick().then(() => focusOn('why-not-id'));
  }

  submit(): void {
    if (this.id.trim() !== '') void this.about(this.id.trim());
  }

  async about(id: string): Promise<void> {
    this.#asked = id;
    this.id = id;
    await this.again();
    await tick();
    focusOn('why-not');
  }

  /** The answer beside it is another by now. */
  async again(): Promise<void> {
    const id = this.#asked;
    const question = this.#app.seen.asked;
    if (id !== null && question !== null) await this.ask.ask(() => this.#app.host.call('why_not', { question: { ...question, lane: 'why-not' }, id }));
  }

  close(): void {
    this.#asked = null;
    this.id = '';
    this.ask.forget();
  }
}
