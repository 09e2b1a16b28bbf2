import { tick } from 'svelte';
import type { CriticalTicket, TicketView, TriageView } from '../host';
import { asNote, triage as words } from '../text/triage';
import type { App } from './app.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';

/** What the team's rules suggest for open tickets. */
export class Triage extends OneAtATime {
  /** Open tickets that something is suggested for. */
  total = $state(0);
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  /** The ticket that is shown, and what of it can be taken or called wrong. */
  get open(): { ticket: TicketView; one: TriageView } | null {
    const ticket = this.#shown();
    const one = ticket?.triage.find(({ taken }) => taken === null);
    return ticket && one ? { ticket, one } : null;
  }

  /** Of the ticket that is shown, what was taken. */
  get taken(): TriageView | null {
    return this.#shown()?.triage.find(({ taken }) => taken === true) ?? null;
  }

  async look(): Promise<void> {
    try {
      this.total = (await this.#app.host.call('queue_list', { filter: 'triage', offset: 0, limit: 0 })).total;
    } catch {
      // The queue tells what is wrong.
    }
  }

  /** Suggestions changed; these came in and are critical. */
  heard(critical: CriticalTicket[]): void {
    void this.#again();
    const [first] = critical;
    if (first) this.#app.toasts.sayWith(words.critical(critical), [{ label: words.open, action: 'open', run: () => void this.#app.openRow(first) }]);
  }

  async say(taken: boolean, ticket = this.open?.ticket, one = this.open?.one): Promise<void> {
    if (!ticket || !one) return;
    await this.alone(
      async () => {
        const { undo } = await this.#app.host.call('triage_say', { ticket: ticket.id, rule: one.rule, taken });
        this.#app.toasts.sayUndoable(taken ? words.took : words.calledWrong, async () => {
          await this.#app.host.call('feedback_undo', { undo });
          await this.#again();
        });
      },
      () => this.#again(),
    );
  }

  async takeBack({ undo }: TriageView): Promise<void> {
    if (undo === null) return;
    await this.alone(
      async () => void (await this.#app.host.call('feedback_undo', { undo })),
      () => this.#again(),
    );
  }

  /** A note on the ticket, ready to be looked at; where its source is only read, on the clipboard. */
  async write(one = this.taken): Promise<void> {
    const ticket = this.#shown();
    if (!one || !ticket) return;
    const { outbox, reply } = this.#app;
    outbox.write({ id: ticket.id, name: ticket.display_id, source: ticket.source });
    await outbox.look();
    if (!outbox.targets.some(({ kind }) => kind !== 'issue')) return reply.copyPlain(asNote(one), words.copied);
    outbox.text = asNote(one);
    this.#app.go('outbox');
    await tick();
    focusOn('outbox-where');
  }

  #shown(): TicketView | null {
    const ticket = this.#app.tickets.ask.value;
    const place = this.#app.places.current;
    return this.#app.screen === 'seen' && place.kind === 'ticket' && ticket?.id === place.id ? ticket : null;
  }

  async #again(): Promise<void> {
    this.#app.tickets.again();
    await Promise.all([this.look(), this.#app.queue.refresh()]);
  }
}
