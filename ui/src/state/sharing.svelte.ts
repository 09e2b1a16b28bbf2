import type { Host, KnowledgeConflict, KnowledgeMarked, KnowledgeShared, KnowledgeStanding } from '../host';
import { asHostError, type HostError } from '../host/error';
import { done } from '../text/sharing';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import type { Toasts } from './toasts.svelte';

export type Side = 'ours' | 'theirs' | 'both';

/** What was chosen for a file so far: a side for each of its pieces, or a text that was written over them. */
export class Choosing {
  readonly conflict: KnowledgeConflict;
  sides = $state<(Side | null)[]>([]);
  written = $state<string | null>(null);

  constructor(conflict: KnowledgeConflict) {
    this.conflict = conflict;
    this.sides = conflict.pieces.map(() => null);
  }

  /** Every place has its choice. */
  ready = $derived.by(() => this.written !== null || this.conflict.pieces.every((piece, i) => piece.agreed !== null || this.sides[i] !== null));

  /** One side has no such file any more: it is kept or deleted as a whole. */
  get whole(): boolean {
    return this.conflict.ours === null || this.conflict.theirs === null;
  }

  /** The file as it would be; what is not chosen yet is left out. */
  text = $derived.by(() => this.written ?? this.conflict.pieces.map((piece, i) => piece.agreed ?? this.#chosen(piece, this.sides[i])).join(''));

  #chosen(piece: { ours: string | null; theirs: string | null }, side: Side | null | undefined): string {
    const [ours, theirs] = [piece.ours ?? '', piece.theirs ?? ''];
    return side === 'ours' ? ours : side === 'theirs' ? theirs : side === 'both' ? ours + theirs : '';
  }

  choose(at: number, side: Side): void {
    this.written = null;
    this.sides[at] = side;
  }
}

/** How the knowledge folder stands towards the team's, and what to choose where two edits meet. */
export class Sharing extends OneAtATime {
  standing = new Ask<KnowledgeStanding | null>();
  choosing = $state.raw<Choosing[]>([]);
  /** Where to share a folder that is shared with nobody. */
  to = $state('');
  failure = $state.raw<HostError | null>(null);
  /** What came last and deserves a second look. */
  marked = $state.raw<KnowledgeMarked[]>([]);
  #tried = $state(false);
  missing = $derived(this.#tried && this.to.trim() === '');
  #host: Host;
  #toasts: Toasts;
  #read: () => Promise<void>;

  constructor(host: Host, toasts: Toasts, read: () => Promise<void>) {
    super(toasts);
    this.#host = host;
    this.#toasts = toasts;
    this.#read = read;
  }

  get shared(): KnowledgeStanding | null {
    const standing = this.standing.value;
    return standing && standing.remote !== '' ? standing : null;
  }

  async look(): Promise<void> {
    const standing = await this.standing.ask(() => this.#host.call('kb_standing', {}));
    if (!standing?.conflicts && !this.choosing.length) return;
    const conflicts = await this.#host.call('kb_conflicts', {});
    // What somebody is choosing stays as long as both sides do.
    this.choosing = conflicts.map((fresh) => this.choosing.find((old) => same(old.conflict, fresh)) ?? new Choosing(fresh));
  }

  get(): Promise<void> {
    return this.#do(() => this.#host.call('kb_pull', {}));
  }

  give(): Promise<void> {
    return this.#do(() => this.#host.call('kb_push', {}));
  }

  /** What was to be shared asks for a role that this person does not have. */
  get mayNot(): boolean {
    return this.failure?.code === 'knowledge_may_not';
  }

  /** Onto a branch of its own, where somebody who may publish it looks at it. */
  giveToLookAt(): Promise<void> {
    const who = (this.standing.value?.author ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'somebody';
    return this.#do(() => this.#host.call('kb_push', { branch: `look/${who}-${new Date().toISOString().slice(0, 10)}` }));
  }

  async begin(): Promise<void> {
    this.#tried = true;
    if (this.missing) return;
    await this.#do(() => this.#host.call('kb_push', { to: this.to.trim() }));
    if (this.failure) return;
    this.to = '';
    this.#tried = false;
  }

  keep(choosing: Choosing): Promise<void> {
    const { path } = choosing.conflict;
    const at = choosing.conflict.pieces.findIndex((piece) => piece.agreed === null);
    const side = choosing.sides[at];
    const whole = choosing.whole && choosing.written === null && (side === 'ours' || side === 'theirs') ? { path, side } : { path, text: choosing.text };
    return this.#do(() => this.#host.call('kb_resolve', whole));
  }

  hide(): void {
    this.failure = null;
    this.#tried = false;
  }

  async #do(work: () => Promise<KnowledgeShared>): Promise<void> {
    this.failure = null;
    await this.alone(
      async () => {
        const shared = await work().catch((thrown: unknown) => {
          this.failure = asHostError(thrown);
          return null;
        });
        if (!shared) return;
        this.marked = shared.marked;
        this.#toasts.say(done(shared));
      },
      async () => {
        await Promise.all([this.look(), this.#read()]);
      },
    );
  }
}

function same(a: KnowledgeConflict, b: KnowledgeConflict): boolean {
  return a.path === b.path && a.ours === b.ours && a.theirs === b.theirs && a.settled === b.settled;
}
