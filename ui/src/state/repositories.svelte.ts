import type { Host, RepoView } from '../host';
import { asHostError, type HostError } from '../host/error';
import { repositories as words } from '../text/repositories';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import type { Toasts } from './toasts.svelte';
import type { Workspace } from './workspace.svelte';

/** Product repositories: which there are, how far they were read, and the form that adds one. */
export class Repositories extends OneAtATime {
  list = new Ask<RepoView[]>();
  path = $state('');
  name = $state('');
  /** Why the last one could not be added; said beside the form until it is tried again. */
  failure = $state.raw<HostError | null>(null);
  /** It was added with something amiss; said until that is mended. */
  #tried = $state(false);
  missing = $derived(this.#tried && this.path.trim() === '');
  /** The repository whose removal has to be said twice. */
  removing = $state<string | null>(null);
  #host: Host;
  #workspace: Workspace;
  #toasts: Toasts;
  #changed: () => void;

  /** `changed` is told when what is known of the code may be another. */
  constructor(host: Host, workspace: Workspace, toasts: Toasts, changed: () => void) {
    super(toasts);
    this.#host = host;
    this.#workspace = workspace;
    this.#toasts = toasts;
    this.#changed = changed;
  }

  get all(): RepoView[] {
    return this.list.value ?? [];
  }

  get mirrors(): RepoView[] {
    return this.all.filter(({ url }) => url !== null);
  }

  look(): Promise<RepoView[] | null> {
    return this.list.ask(() => this.#host.call('code_list', {}));
  }

  isReading(name: string): boolean {
    return this.#workspace.jobs.some((job) => job.kind === 'code' && job.label === name && job.state === 'running');
  }

  /** Adds what was filled in and reads it at once. */
  async add(): Promise<void> {
    this.#tried = true;
    this.failure = null;
    if (this.missing) return;
    await this.#do(async () => {
      const name = this.name.trim();
      const added = await this.#host.call('code_add', { path: this.path.trim(), ...(name === '' ? {} : { name }) }).catch((thrown: unknown) => {
        this.failure = asHostError(thrown);
        return null;
      });
      if (!added) return;
      [this.path, this.name] = ['', ''];
      this.#tried = false;
      this.#toasts.say(words.added(added.name));
      await this.bring(added);
    });
  }

  async update(name: string): Promise<void> {
    await this.#workspace.readRepository(name);
  }

  /** Asks the servers of all mirrors, and reads what came. */
  async fetchAll(): Promise<void> {
    for (const repo of this.mirrors) if (!this.isReading(repo.name)) await this.bring(repo);
  }

  /** A mirror is fetched first; a clone is read as it lies. */
  bring({ name, url }: RepoView): Promise<unknown> {
    return url === null ? this.#workspace.readRepository(name) : this.#workspace.fetchRepository(name);
  }

  async updateAll(): Promise<void> {
    const repos = this.list.value ?? (await this.look()) ?? [];
    for (const { name } of repos) if (!this.isReading(name)) await this.#workspace.readRepository(name);
  }

  async remove(name: string): Promise<void> {
    if (this.removing !== name) {
      this.removing = name;
      return;
    }
    this.removing = null;
    const mirror = this.mirrors.some((repo) => repo.name === name);
    await this.#do(async () => {
      await this.#host.call('code_remove', { name });
      this.#toasts.say(words.removed(name, mirror));
    });
    this.#changed();
  }

  hide(): void {
    this.removing = null;
    this.failure = null;
    this.#tried = false;
  }

  #do(work: () => Promise<void>): Promise<void> {
    return this.alone(work, () => this.look());
  }
}
