import type { CodeHomeView, CodeMapView, Host } from '../host';
import { asHostError, type HostError } from '../host/error';
import { codeMap as words } from '../text/repositories';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import type { Toasts } from './toasts.svelte';

/** Which product lives where: what is kept, or guessed until somebody says, and the rows that are being edited. */
export class CodeMap extends OneAtATime {
  stored = new Ask<CodeMapView>();
  rows = $state<CodeHomeView[]>([]);
  changed = $derived(JSON.stringify(this.rows) !== JSON.stringify(this.stored.value?.homes ?? []));
  failure = $state.raw<HostError | null>(null);
  #host: Host;
  #toasts: Toasts;
  #told: () => void;

  /** `told` hears when the code of a question may be elsewhere by now. */
  constructor(host: Host, toasts: Toasts, told: () => void) {
    super(toasts);
    this.#host = host;
    this.#toasts = toasts;
    this.#told = told;
  }

  /** What somebody is editing stays. */
  async look(): Promise<void> {
    const editing = this.changed;
    const map = await this.stored.ask(() => this.#host.call('code_map_get', {}));
    if (map && !editing) this.#show(map);
  }

  add(repo: string): void {
    this.rows = [...this.rows, { product: '', component: null, repo, folder: '' }];
  }

  drop(at: number): void {
    this.rows = this.rows.filter((_, i) => i !== at);
  }

  keep(): Promise<void> {
    return this.#set(this.rows, words.kept);
  }

  /** Forgets what was said. */
  guess(): Promise<void> {
    return this.#set([], words.guessedAgain);
  }

  async #set(homes: CodeHomeView[], said: string): Promise<void> {
    this.failure = null;
    await this.alone(async () => {
      try {
        const map = await this.#host.call('code_map_set', { homes });
        this.stored.value = map;
        this.#show(map);
        this.#toasts.say(said);
        this.#told();
      } catch (thrown) {
        this.failure = asHostError(thrown);
      }
    });
  }

  #show(map: CodeMapView): void {
    this.rows = map.homes.map((home) => ({ ...home }));
    this.failure = null;
  }
}
