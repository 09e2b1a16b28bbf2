import type { FeedbackVerdict, HitView, Host, SeenBefore } from '../host';
import { words } from '../text/words';
import { Ask } from './ask.svelte';
import type { Toasts } from './toasts.svelte';

export type Question = { kind: 'ticket'; id: string; name: string } | { kind: 'text'; text: string };

/** The banner's place in the selection, before the hits. */
export const BANNER = 'banner';
const SHOWN = 10;

/** The answer to *have we seen this, and what do I say?*, and what is said back about it. */
export class Seen {
  question = $state.raw<Question | null>(null);
  ask = new Ask<SeenBefore>();
  answer = $derived(this.ask.value);
  /** Said in this session, ahead of the engine's own record: it takes effect before the engine has answered. */
  #said = $state.raw(new Map<string, FeedbackVerdict | null>());
  hits = $derived<HitView[]>(this.answer?.hits.filter((hit) => this.feedbackOf(hit) !== 'not_same') ?? []);
  /** What `j` and `k` step through. */
  items = $derived([...(this.answer?.known_error ? [BANNER] : []), ...this.hits.map((hit) => hit.id)]);
  #chosen = $state<string | null>(null);
  selected = $derived(this.#chosen !== null && this.items.includes(this.#chosen) ? this.#chosen : (this.items[0] ?? null));
  hit = $derived(this.hits.find((hit) => hit.id === this.selected) ?? null);
  /** The hit whose receipt `w` opens. A banner's reason is written on it, so from there it is the best hit's. */
  explained = $derived(this.hit ?? this.hits[0] ?? null);
  opened = $state.raw<ReadonlySet<string>>(new Set());
  ranOpen = $state(false);
  #host: Host;
  #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
  }

  async about(question: Question | null): Promise<void> {
    const same = JSON.stringify(question) === JSON.stringify(this.question);
    this.question = question;
    if (!question) {
      this.ask.forget();
      return;
    }
    const subject = question.kind === 'ticket' ? { ticket: question.id } : { text: question.text };
    const before = this.answer?.question.id;
    const reply = await this.ask.ask(() => this.#host.call('seen_before', { ...subject, k: SHOWN, lane: 'seen' }));
    if (!reply || (same && reply.question.id === before)) return;
    this.#said = new Map();
    this.#chosen = null;
    this.opened = new Set();
    this.ranOpen = false;
  }

  /** The data changed: the same question again. What was opened and chosen stays. */
  again(): void {
    if (this.question) void this.about(this.question);
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

  feedbackOf(hit: HitView): string | null {
    return this.#said.has(hit.id) ? this.saidOf(hit.id) : hit.feedback;
  }

  /** What was said in this session; the engine's answer carries no feedback about its banner. */
  saidOf(id: string): FeedbackVerdict | null {
    return this.#said.get(id) ?? null;
  }

  async used(id: string, name: string): Promise<void> {
    await this.#say(id, 'used', words.toasts.used(name, this.#name()));
  }

  /** Takes the hit away at once; the cursor goes to the one that moves up. */
  async notSame(hit: HitView): Promise<void> {
    const at = this.items.indexOf(hit.id);
    const next = this.items[at + 1] ?? this.items[at - 1] ?? null;
    const said = this.#say(hit.id, 'not_same', words.toasts.notSame(hit.display_id));
    this.#chosen = next;
    await said;
  }

  /** Looking at a case says something too, but nothing that needs to be told or taken back. */
  noteOpened(id: string): void {
    const question = this.answer?.question.id;
    if (question === undefined) return;
    void this.#host.call('feedback_set', { question, hit: id, verdict: 'opened' }).catch(() => undefined);
  }

  async #say(hit: string, verdict: FeedbackVerdict, told: string): Promise<void> {
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
      this.#chosen = hit;
      // An answer that was asked for meanwhile no longer has the hit.
      this.again();
    });
    try {
      await stored;
    } catch (thrown) {
      put(before);
      this.#toasts.fail(thrown);
    }
  }

  #recorded(hit: string): FeedbackVerdict | null {
    return (this.answer?.hits.find((other) => other.id === hit)?.feedback as FeedbackVerdict | null | undefined) ?? null;
  }

  #name(): string {
    return this.question?.kind === 'ticket' ? this.question.name : words.toasts.thisText;
  }
}
