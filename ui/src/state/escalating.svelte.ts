import type { EscalationArgs, EscalationDraft, EscalationView, SeverityView } from '../host';
import { asHostError } from '../host/error';
import { REASONS, escalation as words, type Reason } from '../text/escalation';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { tick } from 'svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';

/** How long a pause in typing has to be before the package is made anew. */
const PAUSE_MS = 250;

/** The package of the ticket that is open, while somebody completes it. What is shown is what leaves. */
export class Escalating extends OneAtATime {
  draft = new Ask<EscalationDraft>();
  /** Asked for beside the package, which does not wait for it. */
  severity = new Ask<SeverityView>();
  ticket = $state<string | null>(null);
  reason = $state<Reason | null>(null);
  reasonText = $state('');
  to = $state('');
  although = $state('');
  path = $state('');
  author = $state('');
  /** What somebody wrote, by fact. */
  written = $state<Record<string, string>>({});
  waived = $state<string[]>([]);
  /** It was handed over with something amiss; said until that is mended. */
  #tried = $state(false);
  #noPath = $state(false);
  #begun = new Map<string, Pick<Escalating, 'reason' | 'reasonText' | 'to' | 'although' | 'path' | 'written' | 'waived'>>();
  /** What of it the workspace has. */
  #kept = '';
  #app: App;
  #waiting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  repeat = $derived(this.draft.value?.repeat ?? null);
  /** Engineering has such ones always: they go on without why. */
  always = $derived(this.draft.value?.always ?? false);
  /** What is asked for and not there, in the order of the sheet. */
  missing = $derived((this.draft.value?.facts ?? []).filter((fact) => fact.needed && !fact.filled && !fact.waived));
  /** What keeps it from being handed over. */
  amiss = $derived.by(() => {
    if (this.reason === null) return words.reasonNeeded;
    if (this.reason === 'other' && this.reasonText.trim() === '') return words.otherNeeded;
    return this.repeat && !this.always && this.although.trim() === '' ? words.althoughNeeded : null;
  });
  complaint = $derived(this.#tried ? this.amiss : null);
  pathComplaint = $derived(this.#noPath && this.path.trim() === '' ? words.needsPath : null);

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  /** The ticket that is the question on screen. */
  get possible(): string | null {
    const question = this.#app.seen.question;
    return this.#app.screen === 'seen' && question?.kind === 'ticket' ? question.id : null;
  }

  open(): void {
    const ticket = this.possible;
    if (ticket === null) return;
    const known = ticket === this.ticket || this.#begun.has(ticket);
    if (ticket !== this.ticket) this.#turnTo(ticket);
    this.ticket = ticket;
    this.#tried = false;
    this.#app.sheet = 'escalate';
    void this.severity.ask(() => this.#app.host.call('severity_of', { id: ticket }));
    void (known ? this.again() : this.#recall(ticket));
  }

  close(): void {
    clearTimeout(this.#timer);
    void this.#keep();
    this.#app.sheet = null;
  }

  /** What was written for one ticket waits there while another is looked at. */
  #turnTo(ticket: string): void {
    const { reason, reasonText, to, although, path, written, waived } = this;
    if (this.ticket !== null) this.#begun.set(this.ticket, { reason, reasonText, to, although, path, written, waived });
    this.#clear();
    Object.assign(this, this.#begun.get(ticket) ?? {});
  }

  /** What was typed before this window was opened. What is typed meanwhile stays. */
  async #recall(ticket: string): Promise<void> {
    const kept = (await this.#app.host.call('drafts_list', {}).catch(() => [])).find((one) => one.ticket === ticket)?.kept;
    const blank = this.reason === null && this.reasonText === '' && this.although === '' && Object.keys(this.written).length === 0 && this.waived.length === 0;
    if (this.ticket !== ticket) return;
    if (kept && blank) {
      const { reason, reason_text, to, facts, waived } = kept.package;
      [this.reason, this.reasonText, this.to, this.although] = [REASONS.find((one) => one === reason) ?? null, reason_text ?? '', to ?? this.to, kept.although ?? ''];
      [this.written, this.waived] = [Object.fromEntries((facts ?? []).map(({ fact, text }) => [fact, text])), waived ?? []];
      this.#kept = this.#typed;
    }
    await this.again();
  }

  /** What would be lost with the window. To whom it went the last time is offered for every ticket, and is nothing typed for this one. */
  get #typed(): string {
    const { reason, reasonText, although, written, waived } = this;
    return JSON.stringify([this.ticket, reason, reasonText, although, written, waived, reason === null ? '' : this.to]);
  }

  async #keep(): Promise<void> {
    const [ticket, typed] = [this.ticket, this.#typed];
    if (ticket === null || typed === this.#kept || (this.#kept === '' && typed === this.#nothing)) return;
    this.#kept = typed;
    const { to, ...rest } = this.#args;
    const about = { ...rest, ...(this.reason === null ? {} : { to, reason: this.reason }) };
    await this.#app.host.call('draft_keep', { package: about, although: this.although }).catch((thrown: unknown) => this.#app.toasts.fail(thrown));
  }

  get #nothing(): string {
    return JSON.stringify([this.ticket, null, '', '', {}, [], '']);
  }

  #clear(): void {
    this.draft.forget();
    this.severity.forget();
    [this.reason, this.reasonText, this.although, this.path] = [null, '', '', ''];
    [this.written, this.waived, this.#noPath] = [{}, [], false];
    this.#kept = '';
  }

  get #args(): EscalationArgs {
    return {
      ticket: this.ticket ?? '',
      ...(this.reason === null || (this.reason === 'other' && this.reasonText.trim() === '') ? {} : { reason: this.reason }),
      reason_text: this.reasonText,
      to: this.to,
      facts: Object.entries(this.written).map(([fact, text]) => ({ fact, text })),
      waived: this.waived,
    };
  }

  async again(): Promise<void> {
    clearTimeout(this.#timer);
    this.#waiting = false;
    void this.#keep();
    if (this.ticket !== null) await this.draft.ask(() => this.#app.host.call('escalation_draft', { ...this.#args, lane: 'escalation' }));
  }

  /** After a pause in typing. */
  soon(): void {
    clearTimeout(this.#timer);
    this.#waiting = true;
    this.#timer = setTimeout(() => void this.again(), PAUSE_MS);
  }

  write(fact: string, text: string): void {
    this.written = { ...this.written, [fact]: text };
    this.soon();
  }

  waive(fact: string, waived: boolean): void {
    this.waived = waived ? [...this.waived, fact] : this.waived.filter((one) => one !== fact);
    void this.again();
  }

  async goMissing(): Promise<void> {
    const fact = this.missing.find(({ writable }) => writable);
    await tick();
    if (fact) focusOn(`fact:${fact.fact}`);
  }

  waiveMissing(): void {
    const [fact] = this.missing;
    if (fact) this.waive(fact.fact, true);
  }

  choose(reason: Reason): void {
    this.reason = reason;
    void this.again();
  }

  /** It was thrown away where everything that was begun stands. */
  forget(ticket: string): void {
    this.#begun.delete(ticket);
    if (this.ticket !== ticket) return;
    this.#clear();
    this.ticket = null;
  }

  openRepeat(): void {
    const repeat = this.repeat;
    if (!repeat) return;
    this.close();
    if (repeat.kind === 'escalation') return void this.#app.escalations.show(Number(repeat.id));
    this.#app.openCase(repeat.kind, repeat.id);
  }

  copy(): Promise<void> {
    return this.#hand(async (made) => {
      await this.#app.host.copyText(made.markdown.text);
      this.#app.toasts.say(words.copied(made.row.id));
    });
  }

  async save(): Promise<void> {
    this.#noPath = true;
    if (this.path.trim() === '') return void tick().then(() => focusOn('bundle-path'));
    await this.#hand(async (made) => {
      const saved = await this.#app.host.call('bundle_save', { id: made.row.id, path: this.path.trim(), ...(this.author.trim() === '' ? {} : { author: this.author.trim() }) });
      this.#app.toasts.say(words.saved(saved.code));
    });
  }

  /** Goes on in the outbox: there it is shown once more as it will leave, and sent by a click. */
  issue(): Promise<void> {
    return this.#hand(async ({ row, markdown }) => {
      this.#app.toasts.say(words.noted(row.id));
      await this.#app.writeIssue(row.ticket, row.title, markdown.text);
    });
  }

  note(): Promise<void> {
    return this.#hand((made) => Promise.resolve(this.#app.toasts.say(words.noted(made.row.id))));
  }

  /** Written down first: what leaves is what was written down. */
  async #hand(leave: (made: EscalationView) => Promise<void>): Promise<void> {
    this.#tried = true;
    if (this.amiss !== null) return;
    await this.alone(async () => {
      // What was typed a moment ago is not shown yet.
      if (this.#waiting) await this.again();
      const seal = this.draft.value?.seal;
      const made = await this.#app.host.call('escalation_submit', { package: this.#args, although: this.although, ...(seal === undefined ? {} : { seal }) }).catch(async (thrown: unknown) => {
        if (asHostError(thrown).code === 'package_changed') await this.again();
        throw thrown;
      });
      await leave(made);
      this.#begun.delete(made.row.ticket);
      this.#clear();
      this.ticket = null;
      this.close();
    });
  }
}
