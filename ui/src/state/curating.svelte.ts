import type { CurateItem, CurateView, FollowUpGroup, FollowUpRow, FollowUpsView, KnowledgeChanged, KnowledgeText, Queue } from '../host';
import { curate as words, followUps, replyTo } from '../text/curation';
import { known } from '../text/known-errors';
import { status } from '../text/terms';
import type { App } from './app.svelte';
import { SvelteSet } from 'svelte/reactivity';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';

export type CurateKind = keyof typeof words.kinds;

const whyAside = (item: CurateItem): string => (item.kind === 'duplicate' ? words.notSame : words.aside);

/** What a lead has to look at, and who waits for a fix that is out. */
export class Curating extends OneAtATime {
  view = new Ask<CurateView>();
  captures = new Ask<Queue>();
  follows = new Ask<FollowUpsView>();
  which = $state<CurateKind>('all');
  items = $derived((this.view.value?.items ?? []).filter(({ kind }) => this.which === 'all' || kind === this.which));
  /** Items that something is to be done with together. */
  readonly marked = new SvelteSet<string>();
  twice = $state.raw<KnowledgeText[]>([]);
  chosen = $derived(this.items.filter(({ item }) => this.marked.has(item)));
  /** Those of them that only have to be called right. */
  drafts = $derived(this.chosen.filter(({ kind, paths }) => kind === 'draft' && paths.length > 0));
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  counted = (which: CurateKind): number => (this.view.value?.items ?? []).filter(({ kind }) => which === 'all' || kind === which).length;

  async look(): Promise<void> {
    await Promise.all([this.view.ask(() => this.#app.host.call('curate_list', {})), this.captures.ask(() => this.#app.host.call('capture_list', {}))]);
  }

  async lookAtFollowUps(): Promise<void> {
    await this.follows.ask(() => this.#app.host.call('follow_ups_list', {}));
  }

  mark(item: CurateItem): void {
    if (!this.marked.delete(item.item)) this.marked.add(item.item);
  }

  /** All that are shown, or none. */
  markAll(): void {
    const all = this.chosen.length === this.items.length;
    this.marked.clear();
    if (!all) for (const { item } of this.items) this.marked.add(item);
  }

  async setAsideChosen(): Promise<void> {
    const items = this.chosen;
    await this.#asides(
      items.map((item) => ({ item: item.item, why: whyAside(item) })),
      words.asideMany(items.length),
      () => this.look(),
    );
    this.marked.clear();
  }

  async validateChosen(): Promise<void> {
    const items = this.drafts;
    await this.alone(
      async () => {
        const done: KnowledgeChanged[] = [];
        // What was done stands in the way back, even where the next could not be.
        try {
          for (const { paths } of items) done.push(await this.#app.host.call('kb_set', { id: paths[0] ?? '', confidence: 'validated' }));
        } finally {
          if (done.length > 0)
            this.#app.toasts.sayUndoable(words.validatedMany(done.length), async () => {
              for (const { path, before, text } of done.toReversed()) await this.#app.host.call('kb_save', { path, before: text, text: before });
              await this.look();
            });
        }
      },
      () => this.look(),
    );
    this.marked.clear();
  }

  async setAside(item: CurateItem): Promise<void> {
    await this.#asides([{ item: item.item, why: whyAside(item) }], words.asideToast, () => this.look());
  }

  async validate(item: CurateItem): Promise<void> {
    await this.#set(item, { confidence: 'validated' }, words.validated(item.title));
  }

  /** Its code changed, and it is right all the same. */
  async stillRight(item: CurateItem): Promise<void> {
    await this.#set(item, { code_checked: true }, known.isRight(item.title));
  }

  async #set(item: CurateItem, fields: { confidence?: string; code_checked?: boolean }, told: string): Promise<void> {
    const [id] = item.paths;
    if (id === undefined) return;
    await this.alone(
      async () => {
        const { path, before, text } = await this.#app.host.call('kb_set', { id, ...fields });
        this.#app.toasts.sayUndoable(told, async () => {
          await this.#app.host.call('kb_save', { path, before: text, text: before });
          await this.look();
        });
      },
      () => this.look(),
    );
  }

  /** Two entries that say nearly the same, side by side. */
  async compare(item: CurateItem): Promise<void> {
    await this.alone(async () => {
      this.twice = await Promise.all(item.paths.map((id) => this.#app.host.call('kb_show', { id })));
      this.#app.sheet = 'twice';
    });
  }

  /** One of those stays, with the tickets of both. */
  async keep({ entry: stays }: KnowledgeText): Promise<void> {
    const other = this.twice.find(({ entry }) => entry.path !== stays.path);
    if (other === undefined) return;
    await this.merge({ title: stays.title, paths: [stays.path, other.entry.path] });
    this.#app.sheet = null;
  }

  async merge(item: Pick<CurateItem, 'title' | 'paths'>): Promise<void> {
    const [keep, archive] = item.paths;
    if (keep === undefined || archive === undefined) return;
    await this.alone(
      async () => {
        await this.#app.host.call('entries_merge', { keep, archive });
        this.#app.toasts.sayUndoable(words.merged(item.title), async () => {
          await this.#app.deeds.undoLast('entries_merge');
          await this.look();
        });
      },
      () => this.look(),
    );
  }

  async copyReply(group: FollowUpGroup, row: FollowUpRow): Promise<void> {
    await this.#app.outgoing.copy(replyTo(row, group.title, group.fix_versions), [row.ticket], followUps.copied);
  }

  async told(rows: FollowUpRow[]): Promise<void> {
    await this.#asides(
      rows.map(({ item }) => ({ item, why: followUps.done })),
      followUps.doneToast(rows.length),
      () => this.lookAtFollowUps(),
    );
  }

  async setState(group: FollowUpGroup, state: string): Promise<void> {
    await this.alone(
      async () => {
        const { path, before, text } = await this.#app.host.call('kb_set', { id: group.id, state });
        this.#app.toasts.sayUndoable(known.stateSet(status(state).word), async () => {
          await this.#app.host.call('kb_save', { path, before: text, text: before });
          await this.lookAtFollowUps();
        });
      },
      () => this.lookAtFollowUps(),
    );
  }

  async #asides(items: { item: string; why: string }[], told: string, look: () => Promise<void>): Promise<void> {
    await this.alone(
      async () => {
        for (const { item, why } of items) await this.#app.host.call('aside_set', { item, why });
        this.#app.toasts.sayUndoable(told, async () => {
          for (const { item } of items) await this.#app.host.call('aside_set', { item });
          await look();
        });
      },
      look,
    );
  }
}
