import type { StepsView } from '../host';
import { steps as words } from '../text/known-errors';
import type { App } from './app.svelte';
import { OneAtATime } from './one-at-a-time.svelte';

/** What was tried of known errors on the ticket that asks. */
export class Steps extends OneAtATime {
  /** By known error. */
  views = $state.raw(new Map<string, StepsView>());
  #ticket: string | null = null;
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  /** The ticket that is asked about; `null` where a text is. */
  get ticket(): string | null {
    const { question } = this.#app.seen;
    return question?.kind === 'ticket' ? question.id : null;
  }

  async look(entry: string): Promise<void> {
    const { ticket } = this;
    if (ticket !== this.#ticket) this.views = new Map();
    this.#ticket = ticket;
    if (ticket === null) return;
    try {
      const view = await this.#app.host.call('steps_list', { ticket, entry });
      if (this.ticket === ticket) this.views = new Map(this.views).set(entry, view);
    } catch (thrown) {
      this.#app.toasts.fail(thrown);
    }
  }

  /** A step is ticked, or its tick taken back. */
  async tick(entry: string, step: number): Promise<void> {
    const done = this.views.get(entry)?.done.find((one) => one.step === step);
    await this.#change(entry, async (ticket) => {
      if (done) await this.#app.host.call('step_unlog', { undo: done.undo });
      else await this.#app.host.call('step_log', { ticket, entry, step, outcome: 'done' });
    });
  }

  async say(entry: string, outcome: 'worked' | 'did_not_work'): Promise<void> {
    await this.#change(entry, async (ticket) => {
      const { undo } = await this.#app.host.call('step_log', { ticket, entry, outcome });
      this.#app.toasts.sayUndoable(outcome === 'worked' ? words.saidWorked : words.saidDidNotWork, () => this.#takeBack(entry, undo));
    });
  }

  async takeBack(entry: string): Promise<void> {
    const outcome = this.views.get(entry)?.outcome;
    if (outcome) await this.#change(entry, () => this.#takeBack(entry, outcome.undo));
  }

  async #takeBack(entry: string, undo: number): Promise<void> {
    await this.#app.host.call('step_unlog', { undo });
    await this.look(entry);
  }

  async #change(entry: string, work: (ticket: string) => Promise<void>): Promise<void> {
    const { ticket } = this;
    if (ticket === null) return;
    await this.alone(
      () => work(ticket),
      () => this.look(entry),
    );
  }
}
