import type { ReasonLeft, ReasonsLeft } from '../host';
import { tick } from 'svelte';
import { reasonName } from '../text/escalation';
import { reasons as words } from '../text/reasons';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { goTo } from './places.svelte';

/** Why earlier cases were escalated: what their text speaks for, until a lead says so. */
export class Reasons extends OneAtATime {
  left = new Ask<ReasonsLeft>();
  /** What was said of the rows since they were drawn, by ticket. */
  said = $state.raw<Record<string, string>>({});
  /** What is chosen and not said yet, by ticket; where nothing is, what is proposed. */
  chosen = $state.raw<Record<string, string>>({});
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  #ask = () => this.#app.host.call('reasons_get', this.#app.insights.period);

  /** The next of them; those that somebody said something of are gone. */
  async more(): Promise<void> {
    if ((await this.left.ask(this.#ask)) !== null) [this.said, this.chosen] = [{}, {}];
  }

  async go(): Promise<void> {
    const { insights } = this.#app;
    this.#app.go('insights');
    if (insights.view.value === null || this.left.value === null) await insights.look();
    await tick();
    goTo('reasons');
  }

  choice(row: ReasonLeft): string {
    return this.chosen[row.ticket.id] ?? row.proposed ?? '';
  }

  choose(row: ReasonLeft, reason: string): void {
    this.chosen = { ...this.chosen, [row.ticket.id]: reason };
  }

  /** `null` takes it back. */
  say({ ticket }: ReasonLeft, reason: string | null): Promise<void> {
    const before = this.said[ticket.id] ?? null;
    const set = async (to: string | null) => {
      await this.#app.host.call('reason_set', { ticket: ticket.id, reason: to });
      const { [ticket.id]: _, ...others } = this.said;
      this.said = to === null ? others : { ...others, [ticket.id]: to };
    };
    return this.alone(
      async () => {
        await set(reason);
        const told = reason === null ? words.unsaid(ticket.display_id) : words.said(ticket.display_id, reasonName(reason));
        this.#app.toasts.sayUndoable(told, async () => {
          await set(before);
          await this.#recount();
        });
      },
      () => this.#recount(),
    );
  }

  /** Counted anew; the rows stay as they are drawn until somebody asks for more. */
  async #recount(): Promise<void> {
    const rows = this.left.value?.rows ?? [];
    await this.left.ask(async () => ({ ...(await this.#ask()), rows }));
    await this.#app.insights.recount();
  }
}
