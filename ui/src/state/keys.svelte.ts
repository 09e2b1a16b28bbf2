import type { Host, KeyView } from '../host';
import { words } from '../text/words';
import { Ask } from './ask.svelte';
import { NewPassphrase } from './entrance.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import type { Toasts } from './toasts.svelte';

/** The key that the workspace is encrypted under. */
export class Keys extends OneAtATime {
  status = new Ask<KeyView>();
  /** A recovery key that was just made. It is kept nowhere: it goes with this view. */
  recovery = $state<string | null>(null);
  /** A recovery key is there already, and making another one has to be said twice. */
  replacing = $state(false);
  /** A passphrase is being chosen. */
  choosing = $state(false);
  fresh = new NewPassphrase();
  #host: Host;
  #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    super(toasts);
    this.#host = host;
    this.#toasts = toasts;
  }

  look(): Promise<KeyView | null> {
    return this.status.ask(() => this.#host.call('key_status', {}));
  }

  async makeRecovery(): Promise<void> {
    await this.alone(async () => {
      const { recovery_made_at } = await this.#host.call('key_status', {});
      if (recovery_made_at !== null && !this.replacing) {
        this.replacing = true;
        return;
      }
      this.replacing = false;
      this.recovery = (await this.#host.call('key_recovery_make', {})).words;
      await this.look();
    });
  }

  async rotate(): Promise<void> {
    await this.alone(async () => {
      this.status.value = await this.#host.call('key_rotate', {});
      this.#toasts.say(words.toasts.keyChanged);
    });
  }

  async setPassphrase(): Promise<void> {
    await this.alone(async () => {
      this.status.value = await this.#host.call('key_passphrase', { passphrase: this.fresh.first });
      this.stopChoosing();
      this.#toasts.say(words.toasts.passphraseChosen);
    });
  }

  stopChoosing(): void {
    this.choosing = false;
    this.fresh.forget();
  }

  hide(): void {
    this.stopChoosing();
    this.replacing = false;
    this.recovery = null;
  }
}
