import { tick } from 'svelte';
import type { RunbookView } from '../host';
import { TIERS, runbooks as words, type Tier } from '../text/runbooks';
import { Ask } from './ask.svelte';
import type { App } from './app.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';

const TIER = 'runbooks.tier';

/** The runbooks of the knowledge folder, and what is done of them on a ticket. */
export class Runbooks extends OneAtATime {
  all = new Ask<RunbookView[]>();
  /** The ticket that they are done on: its id and its name. */
  ticket = $state.raw<{ id: string; name: string } | null>(null);
  tier = $state<Tier>('');
  /** The one that is unfolded. */
  open = $state<string | null>(null);
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  /** From a ticket, for that ticket. */
  async go(): Promise<void> {
    const { current } = this.#app.places;
    const shown = this.#app.tickets.ask.value;
    this.ticket = this.#app.screen === 'seen' && current.kind === 'ticket' ? { id: current.id, name: shown?.id === current.id ? shown.display_id : current.id } : null;
    this.#app.go('runbooks');
    await tick();
    focusOn('runbooks');
  }

  async look(): Promise<void> {
    const preferences = await this.#app.host.call('preferences_get', {}).catch(() => []);
    const tier = preferences.find(({ key }) => key === TIER)?.value ?? '';
    this.tier = TIERS.find((known) => known === tier) ?? '';
    const { ticket } = this;
    await this.all.ask(() => this.#app.host.call('runbooks_list', ticket ? { ticket: ticket.id } : {}));
  }

  async chooseTier(tier: Tier): Promise<void> {
    await this.alone(
      async () => {
        await this.#app.host.call('preference_set', { key: TIER, value: tier });
      },
      () => this.look(),
    );
  }

  leaveTicket(): Promise<void> {
    this.ticket = null;
    return this.look();
  }

  toggle(id: string): void {
    this.open = this.open === id ? null : id;
  }

  async tick(runbook: RunbookView, step: number): Promise<void> {
    const done = runbook.done.find((one) => one.step === step);
    await this.#change(async (ticket) => {
      if (done) await this.#app.host.call('step_unlog', { undo: done.undo });
      else await this.#app.host.call('runbook_log', { ticket, id: runbook.path, step, outcome: 'done' });
    });
  }

  async say(runbook: RunbookView, outcome: 'worked' | 'did_not_work'): Promise<void> {
    await this.#change(async (ticket) => {
      const { undo } = await this.#app.host.call('runbook_log', { ticket, id: runbook.path, outcome });
      this.#app.toasts.sayUndoable(outcome === 'worked' ? words.saidWorked : words.saidDidNotWork, async () => {
        await this.#app.host.call('step_unlog', { undo });
        await this.look();
      });
    });
  }

  async approve(runbook: RunbookView, who: string): Promise<void> {
    if (who.trim() === '') return;
    await this.#change(async (ticket) => {
      await this.#app.host.call('runbook_log', { ticket, id: runbook.path, outcome: '', approved_by: who.trim() });
    });
  }

  async takeBack(runbook: RunbookView): Promise<void> {
    const { outcome } = runbook;
    if (outcome) await this.#change(async () => void (await this.#app.host.call('step_unlog', { undo: outcome.undo })));
  }

  async #change(work: (ticket: string) => Promise<void>): Promise<void> {
    const { ticket } = this;
    if (ticket === null) return;
    await this.alone(
      () => work(ticket.id),
      () => this.look(),
    );
  }
}
