import type { Host, ModelView } from '../host';
import { asHostError, type HostError } from '../host/error';
import { model as words } from '../text/model';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import type { Toasts } from './toasts.svelte';

/** How often it is looked how far the reading is, while that is on screen. */
const LOOK = 2000;

/** The semantic pack: whether one is installed, what it costs, how far it has read, and the form that installs one. */
export class Model extends OneAtATime {
  status = new Ask<ModelView>();
  path = $state('');
  /** Why it could not be installed; said beside the form until it is tried again. */
  failure = $state.raw<HostError | null>(null);
  #tried = $state(false);
  missing = $derived(this.#tried && this.path.trim() === '');
  /** Removing has to be said twice. */
  removing = $state(false);
  #host: Host;
  #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    super(toasts);
    this.#host = host;
    this.#toasts = toasts;
  }

  look(): Promise<ModelView | null> {
    return this.status.ask(() => this.#host.call('model_status', {}));
  }

  /** As long as it is on screen. Answers what ends it. */
  watch(): () => void {
    void this.look();
    const timer = setInterval(() => {
      const now = this.status.value;
      if (now?.installed && now.read < now.documents) void this.look();
    }, LOOK);
    return () => {
      clearInterval(timer);
      this.#hide();
    };
  }

  async install(): Promise<void> {
    this.#tried = true;
    this.failure = null;
    if (this.missing) return;
    await this.alone(async () => {
      const installed = await this.#host.call('model_install', { path: this.path.trim() }).catch((thrown: unknown) => {
        this.failure = asHostError(thrown);
        return null;
      });
      if (!installed) return;
      this.status.value = installed;
      this.path = '';
      this.#tried = false;
      this.#toasts.say(words.added(installed.model ?? ''));
    });
  }

  async remove(): Promise<void> {
    if (!this.removing) {
      this.removing = true;
      return;
    }
    this.removing = false;
    await this.alone(async () => {
      await this.#host.call('model_remove', {});
      this.#toasts.say(words.removed);
      await this.look();
    });
  }

  #hide(): void {
    this.removing = false;
    this.failure = null;
    this.#tried = false;
  }
}
