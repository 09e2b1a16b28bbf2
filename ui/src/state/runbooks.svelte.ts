import { tick } from 'svelte';
import type { FlagView, RunbookCallView, RunbookCalled, RunbookView } from '../host';
import { TIERS, runbooks as words, type Tier } from '../text/runbooks';
import { Ask } from './ask.svelte';
import type { App } from './app.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';

const TIER = 'runbooks.tier';

/** The runbooks of the knowledge folder, and what is done of them on a ticket. */
export class Runbooks extends OneAtATime {
  all = new Ask<RunbookView[]>();
  /** Where the flag of the one that is unfolded is read. */
  flag = new Ask<FlagView>();
  /** The ticket that they are done on: its id and its name. */
  ticket = $state.raw<{ id: string; name: string } | null>(null);
  tier = $state<Tier>('');
  /** The one that is unfolded. */
  open = $state<string | null>(null);
  /** The one whose request is looked at. */
  calling = $state<string | null>(null);
  /** What became of it. */
  called = $state.raw<RunbookCalled | null>(null);
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
    const flag = this.all.value?.find((one) => one.id === this.open)?.flag;
    if (flag) void this.#lookForFlag(flag);
    else this.flag.forget();
  }

  /** The lines that read its flag; with a ticket also at what that customer runs. */
  async #lookForFlag(flag: string): Promise<void> {
    if (this.flag.value?.flag !== flag) this.flag.forget();
    const { ticket } = this;
    const product = this.all.value?.find((one) => one.id === this.open)?.product;
    const about = ticket ? { question: { ticket: ticket.id } } : product ? { product } : {};
    await this.flag.ask(() => this.#app.host.call('flag_lines', { flag, ...about, lane: 'flag' }));
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

  get request(): RunbookCallView | null {
    return this.all.value?.find(({ id }) => id === this.calling)?.call ?? null;
  }

  /** The one that is unfolded, where its request may be made now. */
  get callable(): RunbookView | null {
    const one = this.all.value?.find(({ id }) => id === this.open);
    const may = one?.call?.allowed && !one.above && (one.approval === '' || one.approved_by !== null);
    return one && may && this.ticket !== null ? one : null;
  }

  beginCall(runbook = this.callable): void {
    if (!runbook) return;
    [this.calling, this.called] = [runbook.id, null];
    this.#app.sheet = 'call';
    void tick().then(() => focusOn('call-send'));
  }

  endCall(): void {
    [this.calling, this.called] = [null, null];
    this.#app.sheet = null;
  }

  async call(): Promise<void> {
    const one = this.all.value?.find(({ id }) => id === this.calling);
    const { call } = one ?? {};
    if (!one || !call) return;
    await this.#change(async (ticket) => {
      this.called = await this.#app.host.call('runbook_call', { ticket, id: one.path, seal: call.seal });
    });
  }

  async keepToken(host: string, secret: string): Promise<void> {
    await this.alone(
      async () => {
        await this.#app.host.call('runbook_token_set', { host, secret });
        this.#app.toasts.say(words.tokenKept);
      },
      () => this.look(),
    );
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
