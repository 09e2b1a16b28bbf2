import type { Host, KnowledgeFinding, KnowledgeView } from '../host';
import { asHostError, type HostError } from '../host/error';
import { knowledge as words } from '../text/knowledge';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import type { Toasts } from './toasts.svelte';

/** The team's knowledge folder: where it is, what it holds, and what there is to mend in it. */
export class Knowledge extends OneAtATime {
  folder = new Ask<KnowledgeView | null>();
  findings = new Ask<KnowledgeFinding[]>();
  /** Whether it is known by now if there is a folder. */
  looked = $state(false);
  path = $state('');
  /** Of the team's repository, where there is no clone yet. */
  address = $state('');
  /** Why the last folder could not be read; said beside the form until it is tried again. */
  failure = $state.raw<HostError | null>(null);
  #tried = $state(false);
  missing = $derived(this.#tried && this.path.trim() === '');
  #host: Host;
  #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    super(toasts);
    this.#host = host;
    this.#toasts = toasts;
  }

  get chosen(): KnowledgeView | null {
    return this.folder.value ?? null;
  }

  async look(): Promise<void> {
    await this.folder.ask(() => this.#host.call('kb_status', {}));
    this.looked = true;
    if (this.chosen && this.chosen.findings > 0) await this.findings.ask(() => this.#host.call('kb_check', {}));
  }

  /** Reads the folder that was typed from now on; `kb_init` makes it first, `kb_clone` gets it from the team. */
  async choose(command: 'kb_open' | 'kb_init' | 'kb_clone'): Promise<void> {
    this.#tried = true;
    this.failure = null;
    if (this.missing) return;
    await this.alone(
      async () => {
        const path = this.path.trim();
        const asked = command === 'kb_clone' ? this.#host.call(command, { path, address: this.address.trim() }) : this.#host.call(command, { path });
        const read = await asked.catch((thrown: unknown) => {
          this.failure = asHostError(thrown);
          return null;
        });
        if (!read) return;
        this.path = '';
        this.address = '';
        this.#tried = false;
        this.#toasts.say(words.chosen(read.folder));
      },
      () => this.look(),
    );
  }

  async again(): Promise<void> {
    await this.alone(
      async () => {
        const { changed, gone } = await this.#host.call('kb_read', {});
        this.#toasts.say(words.readAgain(changed, gone));
      },
      () => this.look(),
    );
  }

  hide(): void {
    this.failure = null;
    this.#tried = false;
  }
}
