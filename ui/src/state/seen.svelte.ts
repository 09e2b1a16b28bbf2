import type { FeedbackVerdict, HitView, Host, KnownErrorBanner, SeenArgs, SeenBefore } from '../host';
import { words } from '../text/words';
import { Ask } from './ask.svelte';
import type { Reach } from './reach';
import type { Toasts } from './toasts.svelte';

export type Question = { kind: 'ticket'; id: string; name: string } | { kind: 'text'; text: string };

/** The banner's place in the selection, before the hits. */
export const BANNER = 'banner';
const SHOWN = 10;

const asked = (question: Question): SeenArgs => ({ ...(question.kind === 'ticket' ? { ticket: question.id } : { text: question.text }), k: SHOWN });

/** The answer to *have we seen this, and what do I say?*, and what is said back about it. */
export class Seen {
  question = $state.raw<Question | null>(null);
  ask = new Ask<SeenBefore>();
  answer = $derived(this.ask.value);
  /** Said in this session, ahead of the engine's own record: it takes effect before the engine has answered. */
  #said = $state.raw(new Map<string, FeedbackVerdict | null>());
  /** The known error, unless it is not the same. */
  banner = $derived.by<KnownErrorBanner | null>(() => {
    const known = this.answer?.known_error;
    return known && this.feedbackOf(known) !== 'not_same' ? known : null;
  });
  /** As they are ranked. */
  ranked = $derived<HitView[]>(this.answer?.hits.filter((hit) => this.feedbackOf(hit) !== 'not_same') ?? []);
  /** Recent and older ones, as they are shown: the group with the best case first, so that its age buries none. */
  groups = $derived(
    [...new Set(this.ranked.map(({ older }) => older))].map((older) => ({ older, hits: this.ranked.filter((hit) => hit.older === older) })),
  );
  hits = $derived<HitView[]>(this.groups.flatMap(({ hits }) => hits));
  /** What `j` and `k` step through. */
  items = $derived([...(this.banner ? [BANNER] : []), ...this.hits.map((hit) => hit.id)]);
  #chosen = $state<string | null>(null);
  selected = $derived(this.#chosen !== null && this.items.includes(this.#chosen) ? this.#chosen : (this.items[0] ?? null));
  hit = $derived(this.hits.find((hit) => hit.id === this.selected) ?? null);
  /** The hit whose receipt `w` opens. A banner's reason is written on it, so from there it is the best hit's. */
  explained = $derived(this.hit ?? this.hits[0] ?? null);
  opened = $state.raw<ReadonlySet<string>>(new Set());
  ranOpen = $state(false);
  #turn = $state(0);
  #reach: Reach;
  /** The answer on screen may lack what cannot be found yet: *nothing* then means *nothing yet*. */
  incomplete = $derived.by(() => this.answer !== null && (!this.#reach.whole || this.#turn !== this.#reach.turn));
  #host: Host;
  #toasts: Toasts;

  constructor(host: Host, toasts: Toasts, reach: Reach) {
    this.#host = host;
    this.#toasts = toasts;
    this.#reach = reach;
  }

  /** As the engine is asked; `null` without a question. */
  get asked(): SeenArgs | null {
    return this.question && asked(this.question);
  }

  async about(question: Question | null): Promise<void> {
    const same = JSON.stringify(question) === JSON.stringify(this.question);
    this.question = question;
    if (!question) {
      this.ask.forget();
      return;
    }
    const before = this.answer?.question.id;
    const { turn } = this.#reach;
    let at = 0;
    const reply = await this.ask.ask(async () => {
      const reply = await this.#host.call('seen_before', { ...asked(question), lane: 'seen' });
      at = this.items.indexOf(this.selected ?? '');
      return reply;
    });
    if (!reply) return;
    this.#turn = turn;
    if (same && reply.question.id === before) return this.#stay(at);
    this.#said = new Map();
    this.#chosen = null;
    this.opened = new Set();
    this.ranOpen = false;
  }

  /** The data changed: the same question again. What was opened and chosen stays. */
  async again(): Promise<void> {
    if (this.question) await this.about(this.question);
  }

  select(id: string): void {
    this.#chosen = id;
  }

  move(by: number): void {
    const at = this.selected === null ? -1 : this.items.indexOf(this.selected);
    const next = this.items[Math.min(this.items.length - 1, Math.max(0, at + by))];
    if (next !== undefined) this.#chosen = next;
  }

  toggleReceipt(id: string): void {
    const opened = new Set(this.opened);
    if (!opened.delete(id)) opened.add(id);
    this.opened = opened;
  }

  /** Of a hit or of the banner. */
  feedbackOf({ id, feedback }: { id: string; feedback: string | null }): string | null {
    return this.#said.has(id) ? (this.#said.get(id) ?? null) : feedback;
  }

  async used(id: string, name: string): Promise<void> {
    await this.#say(this.selected ?? id, id, 'used', words.toasts.used(name, this.#name()));
  }

  /** Takes the hit or the banner away at once; the cursor goes to the one that moves up. */
  async notSame(item: string, id: string, name: string): Promise<void> {
    const at = this.items.indexOf(item);
    const nearest = [...this.items.slice(at + 1), ...this.items.slice(0, Math.max(at, 0)).reverse()];
    const said = this.#say(item, id, 'not_same', words.toasts.notSame(name));
    // A known error goes from the banner and from the hits.
    this.#chosen = nearest.find((other) => this.items.includes(other)) ?? null;
    await said;
  }

  /** Looking at a case says something too, but nothing that needs to be told or taken back. */
  noteOpened(id: string): void {
    const question = this.answer?.question.id;
    if (question === undefined) return;
    void this.#host.call('feedback_set', { question, hit: id, verdict: 'opened' }).catch(() => undefined);
  }

  /** The cursor keeps its place when what it was on is gone from a newer answer. */
  #stay(at: number): void {
    if (this.#chosen !== null && !this.items.includes(this.#chosen)) this.#chosen = this.items[Math.min(at, this.items.length - 1)] ?? null;
  }

  /** Once it is stored the verdict may be another one, so it is asked for again. `item` is what the cursor comes back to when it is taken back. */
  async #say(item: string, hit: string, verdict: FeedbackVerdict, told: string): Promise<void> {
    const question = this.answer?.question.id;
    if (question === undefined) return;
    const before = this.#said.has(hit) ? (this.#said.get(hit) ?? null) : this.#recorded(hit);
    const put = (said: FeedbackVerdict | null) => (this.#said = new Map(this.#said).set(hit, said));
    put(verdict);
    const stored = this.#host.call('feedback_set', { question, hit, verdict });
    this.#toasts.sayUndoable(told, async () => {
      const { undo } = await stored;
      await this.#host.call('feedback_undo', { undo });
      // Another question may be on screen by now; what it was told about its own hits stays.
      if (this.answer?.question.id !== question) return;
      put(before);
      const at = this.selected;
      if (this.items.includes(item)) this.#chosen = item;
      // An answer that was asked for meanwhile lacks the hit; it comes back with the next one, unless the cursor went elsewhere.
      await this.again();
      if (this.selected === at && this.items.includes(item)) this.#chosen = item;
    });
    try {
      await stored;
    } catch (thrown) {
      put(before);
      return this.#toasts.fail(thrown);
    }
    if (this.answer?.question.id === question) await this.again();
  }

  #recorded(hit: string): FeedbackVerdict | null {
    const { hits = [], known_error } = this.answer ?? {};
    const found = [known_error, ...hits].find((other) => other?.id === hit);
    return (found?.feedback as FeedbackVerdict | null | undefined) ?? null;
  }

  #name(): string {
    return this.question?.kind === 'ticket' ? this.question.name : words.toasts.thisText;
  }
}
