import { tick } from 'svelte';
import type { Host, PurgeView, Rhythm, SourceDetail, SourceTest } from '../host';
import { asHostError } from '../host/error';
import { words } from '../text/words';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';
import { SourceForm } from './source-form.svelte';
import type { Toasts } from './toasts.svelte';
import type { Workspace } from './workspace.svelte';

/** That it is there, then what it goes without. */
function told(found: SourceTest, folder: boolean): string[] {
  const lacks = found.lacks.map((lack) => words.settings.lacks[lack] ?? lack);
  return [folder ? words.settings.foundFolder(found.name) : words.settings.found(found.name, found.private, found.requests_left), ...lacks];
}

/** Where tickets come from: which servers are asked, how they are, and the form that adds one. */
export class Sources extends OneAtATime {
  list = new Ask<SourceDetail[]>();
  asked = $derived((this.list.value ?? []).filter((source) => source.url !== null));
  /** How often they are asked by themselves. */
  /** To be typed in at `page`, while somebody signs in with a code. */
  code = $state<{ name: string; code: string; page: string } | null>(null);
  rhythm = new Ask<Rhythm>();
  form = new SourceForm();
  /** What the last test found, by source: that it is there, then what it goes without. */
  found = $state<Record<string, string[]>>({});
  /** The source that somebody wants to remove, and what would go with it. */
  removing = $state.raw<{ name: string; holds: PurgeView | null } | null>(null);
  /** The source that had the focus last. */
  at = $state<string | null>(null);
  /** What a key means, of all that are asked. */
  current = $derived(this.asked.find((source) => source.name === this.at) ?? (this.asked.length === 1 ? (this.asked[0] ?? null) : null));
  #host: Host;
  #workspace: Workspace;
  #toasts: Toasts;

  constructor(host: Host, workspace: Workspace, toasts: Toasts) {
    super(toasts);
    this.#host = host;
    this.#workspace = workspace;
    this.#toasts = toasts;
    workspace.onChange(() => void this.look());
    workspace.onFailed(() => void this.look());
  }

  look(): Promise<SourceDetail[] | null> {
    return this.list.ask(() => this.#host.call('sources_list', {}));
  }

  /** Adds what was filled in and reads it at once: what was added shows its first tickets without another click. */
  async add(): Promise<void> {
    this.form.tried = true;
    if (this.form.missing) return;
    await this.#do(async () => {
      const args = this.form.args();
      const added = await this.#host.call('source_add', args).catch((thrown: unknown) => {
        // What it asks for is folded away.
        if (['address_private', 'certificate_file', 'write_needs_token'].includes(asHostError(thrown).code)) this.form.more = true;
        throw thrown;
      });
      this.#toasts.say(this.form.changing === null ? words.toasts.sourceAdded(added.name) : words.toasts.sourceChanged(added.name));
      this.form.clear();
      if (added.signs_in && !added.has_token) await this.#signIn(added.name);
      else await this.#workspace.sync(added.name);
    });
  }

  /** Shows how it is asked, in the form, to have it asked in another way. */
  change(name: string, field: 'source-client' | 'source-token' | 'source-more' = 'source-token'): void {
    const source = this.asked.find((one) => one.name === name);
    if (!source || source.kind === 'files') return;
    this.form.take(source);
    if (field === 'source-token' && source.options.some((option) => option.key === 'ask_token')) this.form.more = true;
    void tick().then(() => focusOn(field));
  }

  async sync(name: string): Promise<void> {
    await this.#workspace.sync(name);
    await this.look();
  }

  /** From its beginning once more. */
  async readAgain(name: string): Promise<void> {
    await this.#workspace.syncAgain(name);
    await this.look();
  }

  async syncAll(): Promise<void> {
    for (const source of this.asked) if (!source.stopped && !source.paused) await this.#workspace.sync(source.name);
    await this.look();
  }

  lookAtRhythm(): Promise<Rhythm | null> {
    return this.rhythm.ask(() => this.#host.call('rhythm_get', {}));
  }

  /** In minutes; `null`: only when somebody asks. */
  setRhythm(minutes: number | null): Promise<void> {
    return this.#do(async () => {
      const set = await this.#host.call('rhythm_set', { minutes });
      await this.rhythm.ask(async () => set);
    });
  }

  /** What somebody types into the page that was opened. */
  copyCode(): Promise<void> {
    return this.#do(async () => {
      if (!this.code) return;
      await this.#host.copyText(this.code.code);
      this.#toasts.say(words.settings.codeCopied);
    });
  }

  signIn(name: string): Promise<void> {
    return this.#do(() => this.#signIn(name));
  }

  /** The browser comes back to the engine; what was signed in to is read at once. */
  async #signIn(name: string): Promise<void> {
    const { page, code, job } = await this.#host.call('source_sign_in', { name });
    this.code = code === null ? null : { name, code, page };
    this.#workspace.watch(job, () => {
      this.code = null;
      void this.sync(name);
    });
    await this.#host.openExternal(page);
  }

  pause(name: string, paused: boolean): Promise<void> {
    return this.#do(async () => {
      await this.#host.call('source_pause', { name, paused });
    });
  }

  test(name: string): Promise<void> {
    return this.#do(async () => {
      const found = await this.#host.call('source_test', { name });
      const folder = this.list.value?.some((source) => source.name === name && source.kind === 'files') ?? false;
      this.found = { ...this.found, [name]: told(found, folder) };
    });
  }

  /** Asks what was filled in whether it is there, and keeps nothing of it. */
  async tryOut(): Promise<void> {
    this.form.tried = true;
    if (this.form.missing) return;
    await this.#do(async () => {
      const args = this.form.args();
      this.form.found = [];
      this.form.found = told(await this.#host.call('source_try', args), args.kind === 'files');
    });
  }

  /** What would go is counted first, so that somebody can choose. */
  async askRemove(name: string): Promise<void> {
    this.removing = { name, holds: await this.#host.call('purge_preview', { source: name }).catch(() => null) };
    await tick();
    focusOn('keep-read');
  }

  async remove(purge: boolean): Promise<void> {
    const removing = this.removing;
    if (removing === null) return;
    await this.#do(async () => {
      await this.#host.call('source_remove', { name: removing.name, ...(purge ? { purge } : {}) });
      this.removing = null;
      if (this.form.changing === removing.name) this.form.clear();
      this.#toasts.say(purge ? words.toasts.sourcePurged(removing.name) : words.toasts.sourceRemoved(removing.name));
    });
    focusOn('source-address');
  }

  /** What was found and typed goes with the screen; a token is not left lying in a field. */
  hide(): void {
    this.removing = null;
    this.found = {};
    this.form.token = '';
  }

  #do(work: () => Promise<void>): Promise<void> {
    return this.alone(work, () => this.look());
  }
}
