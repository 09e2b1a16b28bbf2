import { tick } from 'svelte';
import type { KnowledgeText, KnownErrorList, KnownErrorRow } from '../host';
import { fits, known as words, type Which } from '../text/known-errors';
import { status } from '../text/terms';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';

const CHECK_MS = 120;

/** The known errors as a list, and the file of the one that is edited. */
export class KnownErrors extends OneAtATime {
  all = new Ask<KnownErrorList>();
  which = $state<Which>('all');
  typed = $state('');
  rows = $derived((this.all.value?.rows ?? []).filter((row) => fits(row, this.which, this.typed)).sort(byWeight));
  /** The file that is edited, as it was read; `null` while the editor is closed. */
  edited = $state.raw<KnowledgeText | null>(null);
  text = $state('');
  changed = $derived(this.edited !== null && this.text !== this.edited.text);
  check = new Ask<{ findings: string[] }>();
  /** The one about which a flag is written. */
  flagging = $state<string | null>(null);
  said = $state('');
  #app: App;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  counted(which: Which): number {
    return (this.all.value?.rows ?? []).filter((row) => fits(row, which, '')).length;
  }

  async look(): Promise<void> {
    await this.all.ask(() => this.#app.host.call('known_errors_list', {}));
  }

  /** Opens the file, wherever it was asked for. */
  async edit(id: string): Promise<void> {
    await this.alone(async () => {
      const entry = await this.#app.host.call('kb_show', { id });
      if (this.#app.screen !== 'known') this.#app.go('known');
      this.#show(entry);
      await this.look();
    });
    await tick();
    focusOn('known-text');
  }

  close(): void {
    const path = this.edited?.entry.path;
    this.edited = null;
    this.check.forget();
    void tick().then(() => focusOn(`known-edit:${path}`) || focusOn('known'));
  }

  write(text: string): void {
    this.text = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#read(), CHECK_MS);
  }

  async #read(): Promise<void> {
    const path = this.edited?.entry.path;
    if (path !== undefined) await this.check.ask(() => this.#app.host.call('kb_check_text', { path, text: this.text }));
  }

  async save(): Promise<void> {
    const { edited, text } = this;
    if (edited === null || !this.changed) return;
    const { path } = edited.entry;
    await this.alone(
      async () => {
        const saved = await this.#app.host.call('kb_save', { path, before: edited.text, text });
        this.#show(saved);
        this.#app.toasts.sayUndoable(words.saved, () => this.#put(path, text, edited.text));
      },
      () => this.look(),
    );
  }

  /** One field, in one click, with the way back. */
  async set(row: Pick<KnownErrorRow, 'id'>, fields: { state?: string; confidence?: string; code_checked?: boolean }, told: string): Promise<void> {
    await this.alone(
      async () => {
        const { path, before, text } = await this.#app.host.call('kb_set', { id: row.id, ...fields });
        this.#app.toasts.sayUndoable(told, () => this.#put(path, text, before));
      },
      () => this.look(),
    );
  }

  setState(row: KnownErrorRow, state: string): Promise<void> {
    return this.set(row, { state }, words.stateSet(status(state).word));
  }

  validate(row: KnownErrorRow): Promise<void> {
    return this.set(row, { confidence: 'validated' }, words.validated(row.title));
  }

  /** Its code changed, and it is right all the same. */
  stillRight(row: KnownErrorRow): Promise<void> {
    return this.set(row, { code_checked: true }, words.isRight(row.title));
  }

  /** Opens the line in which it is said what is wrong, or closes it. */
  openFlag(id: string): void {
    this.flagging = this.flagging === id ? null : id;
    void tick().then(() => focusOn('known-flag'));
  }

  async flag(): Promise<void> {
    const { flagging, said } = this;
    if (flagging === null || said.trim() === '') return;
    await this.alone(
      async () => {
        const { undo } = await this.#app.host.call('flag_raise', { entry: flagging, said });
        [this.flagging, this.said] = [null, ''];
        this.#app.toasts.sayUndoable(words.flagged, async () => {
          await this.#app.host.call('flag_settle', { id: undo, settled: true });
          await this.look();
        });
      },
      () => this.look(),
    );
  }

  async settle(id: number): Promise<void> {
    await this.alone(
      async () => {
        await this.#app.host.call('flag_settle', { id, settled: true });
        this.#app.toasts.sayUndoable(words.settled, async () => {
          await this.#app.host.call('flag_settle', { id, settled: false });
          await this.look();
        });
      },
      () => this.look(),
    );
  }

  /** The file is changed back, unless somebody changed it since. */
  async #put(path: string, before: string, text: string): Promise<void> {
    const saved = await this.#app.host.call('kb_save', { path, before, text });
    if (this.edited?.entry.path === path) this.#show(saved);
    await this.look();
  }

  #show(entry: KnowledgeText): void {
    this.edited = entry;
    this.write(entry.text);
  }
}

/** What needs a look first, then what most tickets came of. */
const byWeight = (a: KnownErrorRow, b: KnownErrorRow): number =>
  Number(b.causes.length > 0) - Number(a.causes.length > 0) || b.tickets - a.tickets || (b.last_at ?? 0) - (a.last_at ?? 0) || a.id.localeCompare(b.id);
