import type { CaseFilesView, CaseFileView, CaseGroupView, CaseLineView, CaseTimelineView, ChainView, MomentView } from '../host';
import { caseFiles as words } from '../text/case-files';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';

/** What a page hands over in one message, at most; larger files are read where they lie. */
const LARGEST = 24 * 1024 * 1024;
const PAGE = 100;

/** Files that tell what happened on a ticket, and what led to what. */
export class CaseFiles extends OneAtATime {
  list = new Ask<CaseFilesView>();
  timeline = new Ask<CaseTimelineView>();
  lines = new Ask<{ lines: CaseLineView[]; total: number }>();
  ticket = $state<string | null>(null);
  chosen = $state<number | null>(null);
  group = $state<number | null>(null);
  /** What was just taken away: messages lie below the dialog, and so would its way back. */
  gone = $state.raw<CaseFileView | null>(null);
  path = $state('');
  link = $state('');
  /** The first half of a link that is being said. */
  cause = $state<MomentView | null>(null);
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  /** The ticket in the middle, whose files these would be. */
  get possible(): string | null {
    const { screen, places } = this.#app;
    return screen === 'seen' && places.current.kind === 'ticket' ? places.current.id : null;
  }

  get file(): CaseFileView | null {
    const files = this.list.value?.files ?? [];
    return files.find(({ id }) => id === this.chosen) ?? files.find(({ groups }) => groups.length > 0) ?? files[0] ?? null;
  }

  async open(): Promise<void> {
    const ticket = this.possible;
    if (ticket === null) return;
    if (ticket !== this.ticket) {
      this.list.forget();
      this.timeline.forget();
      this.choose(null);
    }
    this.ticket = ticket;
    [this.cause, this.gone] = [null, null];
    this.#app.sheet = 'evidence';
    await this.look();
  }

  async look(): Promise<void> {
    const { ticket } = this;
    if (ticket === null) return;
    await this.list.ask(() => this.#app.host.call('case_files_list', { ticket }));
    await this.timeline.ask(() => this.#app.host.call('case_timeline', { ticket }));
  }

  choose(id: number | null): void {
    this.chosen = id;
    this.group = null;
    this.lines.forget();
  }

  /** Opens or closes a group of lines. */
  async toggle(group: CaseGroupView): Promise<void> {
    this.group = this.group === group.key ? null : group.key;
    this.lines.forget();
    if (this.group !== null) await this.more();
  }

  async more(): Promise<void> {
    const { file, group } = this;
    if (!file || group === null) return;
    const before = this.lines.value?.lines ?? [];
    await this.lines.ask(async () => {
      const { lines, total } = await this.#app.host.call('case_lines', { id: file.id, group, offset: before.length, limit: PAGE });
      return { lines: [...before, ...lines], total };
    });
  }

  /** As they were dropped, or chosen: by where they lie, or by what is in them. */
  async take(paths: string[], files: File[]): Promise<void> {
    const ticket = this.possible ?? this.ticket;
    if (ticket === null) return;
    await this.alone(
      async () => {
        for (const path of paths) await this.#add({ ticket, path });
        for (const file of files) {
          if (file.size > LARGEST) this.#app.toasts.say(words.tooLarge(file.name));
          else await this.#add({ ticket, name: file.name, data: await letters(file) });
        }
      },
      () => this.look(),
    );
  }

  async addPath(): Promise<void> {
    const path = this.path.trim();
    if (path === '') return;
    await this.take([path], []);
    this.path = '';
  }

  async addLink(): Promise<void> {
    const { ticket } = this;
    const link = this.link.trim();
    if (ticket === null || link === '') return;
    await this.alone(
      async () => {
        await this.#add({ ticket, link });
        this.link = '';
      },
      () => this.look(),
    );
  }

  async #add(args: { ticket: string; path?: string; name?: string; data?: string; link?: string }): Promise<void> {
    const { file, undo } = await this.#app.host.call('case_file_add', args);
    this.choose(undo);
    this.#app.toasts.say(words.added(file.name));
  }

  async bringBack(file: CaseFileView): Promise<void> {
    await this.alone(
      async () => {
        await this.#app.host.call('case_file_remove', { undo: file.id, back: true });
        this.gone = null;
        this.choose(file.id);
      },
      () => this.look(),
    );
  }

  async remove(file: CaseFileView): Promise<void> {
    await this.alone(
      async () => {
        await this.#app.host.call('case_file_remove', { undo: file.id });
        this.choose(null);
        this.gone = file;
        this.#app.toasts.sayUndoable(words.removed(file.name), () => this.bringBack(file));
      },
      () => this.look(),
    );
  }

  moment(key: string): MomentView | null {
    return this.timeline.value?.moments.find((one) => one.key === key) ?? null;
  }

  /** The first click says what led to something, the second to what. */
  async point(moment: MomentView): Promise<void> {
    const { cause } = this;
    if (cause === null || cause.key === moment.key) this.cause = cause === null ? moment : null;
    else await this.say({ cause: cause.key, effect: moment.key });
  }

  async say({ cause, effect }: Pick<ChainView, 'cause' | 'effect'>): Promise<void> {
    const { ticket } = this;
    if (ticket === null) return;
    await this.alone(
      async () => {
        const { undo } = await this.#app.host.call('chain_say', { ticket, cause, effect });
        this.cause = null;
        this.#app.toasts.sayUndoable(words.said, () => this.unsay(undo));
      },
      () => this.look(),
    );
  }

  async unsay(undo: number): Promise<void> {
    await this.alone(
      async () => void (await this.#app.host.call('chain_unsay', { undo })),
      () => this.look(),
    );
  }
}

/** Each letter is a byte: whatever is in it passes as text. */
async function letters(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}
