import type { CurateItem, CurateView, FollowUpGroup, FollowUpRow, FollowUpsView, Queue } from '../host';
import { curate as words, followUps, replyTo } from '../text/curation';
import { known } from '../text/known-errors';
import { status } from '../text/terms';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';

export type CurateKind = keyof typeof words.kinds;

/** What a lead has to look at, and who waits for a fix that is out. */
export class Curating extends OneAtATime {
  view = new Ask<CurateView>();
  captures = new Ask<Queue>();
  follows = new Ask<FollowUpsView>();
  which = $state<CurateKind>('all');
  items = $derived((this.view.value?.items ?? []).filter(({ kind }) => this.which === 'all' || kind === this.which));
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

  async setAside(item: CurateItem): Promise<void> {
    const why = item.kind === 'duplicate' ? words.notSame : words.aside;
    await this.#aside([item.item], why, words.asideToast, () => this.look());
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

  async merge(item: CurateItem): Promise<void> {
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
    await this.#aside(
      rows.map(({ item }) => item),
      followUps.done,
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

  async #aside(items: string[], why: string, told: string, look: () => Promise<void>): Promise<void> {
    await this.alone(
      async () => {
        for (const item of items) await this.#app.host.call('aside_set', { item, why });
        this.#app.toasts.sayUndoable(told, async () => {
          for (const item of items) await this.#app.host.call('aside_set', { item });
          await look();
        });
      },
      look,
    );
  }
}
