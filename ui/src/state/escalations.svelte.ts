import type { DraftKept, EscalationAnswerArgs, EscalationAuthor, EscalationRow, EscalationView, PackageLine } from '../host';
import { asHostError, type HostError } from '../host/error';
import { escalation as words } from '../text/escalation';
import { tick } from 'svelte';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';

type Answer = Pick<EscalationAnswerArgs, 'cause' | 'fix' | 'workaround' | 'versions' | 'note'>;

const BLANK: Answer = { cause: '', fix: '', workaround: '', versions: '', note: '' };

/** Everything that was handed over, the one that is open, and the bundle that somebody sent. */
export class Escalations extends OneAtATime {
  list = new Ask<EscalationRow[]>();
  /** What was begun, and handed over by nobody yet. */
  drafts = new Ask<DraftKept[]>();
  one = new Ask<EscalationView>();
  /** Who this workspace is in its bundles. */
  own = new Ask<EscalationAuthor>();
  answer = $state<Answer>({ ...BLANK });
  by = $state('');
  effort = $state<number | null>(null);
  path = $state('');
  trust = $state('');
  /** Where the answer is saved. */
  returnTo = $state('');
  /** Why the bundle was not taken; said beside the form until it is tried again. */
  failure = $state.raw<HostError | null>(null);
  /** Somebody who is not known here made it. */
  unknown = $derived(this.failure?.code === 'bundle_author_unknown');
  answered = $derived(Object.values(this.answer).some((text) => text.trim() !== ''));
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  async look(): Promise<EscalationRow[] | null> {
    void this.own.ask(() => this.#app.host.call('bundle_own', {}));
    await this.drafts.ask(() => this.#app.host.call('drafts_list', {}));
    return this.list.ask(() => this.#app.host.call('escalation_list', {}));
  }

  /** Goes on where it was left. */
  async goOn(draft = this.drafts.value?.[0]): Promise<void> {
    if (!draft) return;
    this.#app.go('seen');
    await this.#app.openRow({ id: draft.ticket, display_id: draft.ticket.slice(draft.ticket.indexOf(':') + 1) });
    this.#app.escalating.open();
  }

  async throwAway(draft = this.drafts.value?.[0]): Promise<void> {
    if (!draft) return;
    const { host, toasts, escalating } = this.#app;
    await this.alone(async () => {
      await host.call('draft_drop', { ticket: draft.ticket });
      escalating.forget(draft.ticket);
      await this.look();
      toasts.sayUndoable(words.thrownAway(draft.ticket), async () => {
        await host.call('draft_keep', draft.kept);
        await this.look();
      });
      await tick();
      if (!focusOn(`draft:${this.drafts.value?.[0]?.ticket}`)) focusOn('escalations');
    });
  }

  async show(id: number): Promise<void> {
    this.#app.go('escalations');
    this.#app.evidence.forget();
    this.#take(await this.one.ask(() => this.#app.host.call('escalation_get', { id })));
    await tick();
    focusOn('escalation');
  }

  /** As it is by now, where it is still open: what was typed stays. */
  async again(id: number): Promise<void> {
    if (this.one.value?.row.id === id) await this.one.ask(() => this.#app.host.call('escalation_get', { id }));
  }

  back(): void {
    const id = this.one.value?.row.id;
    this.one.forget();
    void this.look();
    void tick().then(() => focusOn(`escalation:${id}`) || focusOn('escalations'));
  }

  #take(view: EscalationView | null): void {
    if (!view) return;
    this.answer = { ...BLANK, ...view.answer };
    this.effort = view.effort;
    this.by = view.row.answered_by ?? this.by;
  }

  async move(state: string): Promise<void> {
    const id = this.one.value?.row.id;
    if (id === undefined) return;
    await this.alone(async () => void (await this.one.ask(() => this.#app.host.call('escalation_move', { id, state }))));
  }

  async give(): Promise<void> {
    const id = this.one.value?.row.id;
    if (id === undefined) return;
    const before = this.one.value?.answer ?? null;
    await this.alone(async () => {
      const given = await this.#app.host.call('escalation_answer', { id, ...this.answer, by: this.by, ...(this.effort === null ? {} : { effort: this.effort }) });
      await this.one.ask(() => Promise.resolve(given.escalation));
      this.#app.toasts.say(before ? words.changed(given.escalation.row.author !== null) : words.given(given.known_error, given.article, given.no_folder));
    });
  }

  /** The answer in a file of its own, for the machine that the case came from. */
  async sendBack(): Promise<void> {
    const id = this.one.value?.row.id;
    const path = this.returnTo.trim();
    if (id === undefined || path === '') return void focusOn('return-path');
    await this.alone(async () => {
      const saved = await this.#app.host.call('bundle_save', { id, path, ...(this.by.trim() === '' ? {} : { author: this.by.trim() }) });
      this.returnTo = '';
      this.#app.toasts.say(words.saved(saved.code));
      await this.again(id);
    });
  }

  /** Said a second time it is taken back. */
  took(minutes: number): void {
    this.effort = this.effort === minutes ? null : minutes;
  }

  openFirstLine(): void {
    const line = this.one.value?.code[0];
    if (line) this.openLine(line);
  }

  openLine({ repo, at, path, line }: PackageLine): void {
    this.#app.openOver({ kind: 'code', repo, at, path, line });
  }

  openTicket(): void {
    const ticket = this.one.value?.row.ticket;
    if (ticket === undefined) return;
    this.#app.go('seen');
    void this.#app.openRow({ id: ticket, display_id: ticket.slice(ticket.indexOf(':') + 1) });
  }

  /** Never over what is here: the engine proves it first. */
  async openBundle(): Promise<void> {
    const path = this.path.trim();
    if (path === '') return;
    const trust = this.unknown && this.trust.trim() !== '' ? { trust: this.trust.trim() } : {};
    await this.alone(async () => {
      const opened = await this.#app.host.call('bundle_open', { path, ...trust }).catch((thrown: unknown) => {
        this.failure = asHostError(thrown);
        return null;
      });
      if (!opened) return;
      [this.path, this.trust, this.failure] = ['', '', null];
      this.#app.toasts.say(words.opened(opened.row.id));
      await this.show(opened.row.id);
    });
  }
}
