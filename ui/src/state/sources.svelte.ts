import type { Host, Rhythm, SourceDetail } from '../host';
import { askable, type Askable } from '../text/askable';
import { words } from '../text/words';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import type { Toasts } from './toasts.svelte';
import type { Workspace } from './workspace.svelte';

/** Where tickets come from: which servers are asked, how they are, and the form that adds one. */
export class Sources extends OneAtATime {
  list = new Ask<SourceDetail[]>();
  asked = $derived((this.list.value ?? []).filter((source) => source.url !== null));
  /** How often they are asked by themselves. */
  /** To be typed in at `page`, while somebody signs in with a code. */
  code = $state<{ name: string; code: string; page: string } | null>(null);
  rhythm = new Ask<Rhythm>();
  kind = $state<Askable>('github');
  address = $state('');
  name = $state('');
  token = $state('');
  /** It lies nowhere, and is gone when the program ends. */
  thisRun = $state(false);
  /** By which client somebody signs in, where the kind knows that. */
  client = $state('');
  /** What is sent from the outbox may be written there. */
  write = $state(false);
  /** It was added with something amiss; said until that is mended. */
  #tried = $state(false);
  missing = $derived(this.#tried && this.address.trim() === '');
  /** What the last test found, by source: that it is there, then what it goes without. */
  found = $state<Record<string, string[]>>({});
  /** The source whose removal has to be said twice. */
  removing = $state<string | null>(null);
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
    this.#tried = true;
    if (this.missing) return;
    await this.#do(async () => {
      const [name, secret] = [this.name.trim(), askable[this.kind].token === null ? '' : this.token.trim()];
      const client = 'client' in askable[this.kind] ? this.client.trim() : '';
      const options = [
        ...(client === '' ? [] : [{ key: 'client', value: client }]),
        ...(this.write && askable[this.kind].writes !== null ? [{ key: 'write', value: 'yes' }] : []),
      ];
      const added = await this.#host.call('source_add', {
        kind: this.kind,
        url: this.address.trim(),
        ...(name === '' ? {} : { name }),
        ...(options.length === 0 ? {} : { options }),
        ...(secret === '' ? {} : { secret }),
        ...(secret === '' || !this.thisRun ? {} : { this_run: true }),
      });
      [this.address, this.name, this.token, this.client] = ['', '', '', ''];
      this.#tried = false;
      [this.write, this.thisRun] = [false, false];
      this.#toasts.say(words.toasts.sourceAdded(added.name));
      if (added.signs_in && secret === '') await this.#signIn(added.name);
      else await this.#workspace.sync(added.name);
    });
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
      const folder = this.list.value?.some((source) => source.name === name && source.kind === 'files');
      const lacks = found.lacks.map((lack) => words.settings.lacks[lack] ?? lack);
      this.found = { ...this.found, [name]: [folder ? words.settings.foundFolder(found.name) : words.settings.found(found.name, found.private, found.requests_left), ...lacks] };
    });
  }

  async remove(name: string): Promise<void> {
    if (this.removing !== name) {
      this.removing = name;
      return;
    }
    this.removing = null;
    await this.#do(async () => {
      await this.#host.call('source_remove', { name });
      this.#toasts.say(words.toasts.sourceRemoved(name));
    });
  }

  /** What was found and typed goes with the screen; a token is not left lying in a field. */
  hide(): void {
    this.removing = null;
    this.found = {};
    this.token = '';
  }

  #do(work: () => Promise<void>): Promise<void> {
    return this.alone(work, () => this.look());
  }
}
