import { asHostError, type HostError } from '../host/error';
import type { Host, OpenArgs } from '../host';

/** Two fields for a new passphrase: a slip of the finger would shut the workspace for good. */
export class NewPassphrase {
  first = $state('');
  second = $state('');
  /** They differ, and both were typed. */
  differ = $derived(this.second !== '' && this.first !== this.second);
  ready = $derived(this.first !== '' && this.first === this.second);

  forget(): void {
    this.first = '';
    this.second = '';
  }
}

/** What opens a workspace that is shut. Nothing typed here outlives the opening. */
export class Entrance {
  passphrase = $state('');
  recovery = $state('');
  fresh = new NewPassphrase();
  error = $state.raw<HostError | null>(null);
  busy = $state(false);
  #host: Host;
  #opened: () => Promise<unknown>;

  constructor(host: Host, opened: () => Promise<unknown>) {
    this.#host = host;
    this.#opened = opened;
  }

  /** Looks once more where the key was put. */
  again = () => this.#open({});
  unlock = () => this.#open({ passphrase: this.passphrase });
  choose = () => this.#open({ passphrase: this.fresh.first });
  /** With the passphrase that was typed before it turned out that the files are damaged. */
  mend = () => this.#open({ repair: true, ...(this.passphrase !== '' && { passphrase: this.passphrase }) });
  recover = () => this.#open({ recovery: this.recovery, ...(this.fresh.ready && { passphrase: this.fresh.first }) });

  async #open(args: OpenArgs): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.#host.call('workspace_open', args);
      this.error = null;
      this.passphrase = '';
      this.recovery = '';
      this.fresh.forget();
    } catch (thrown) {
      this.error = asHostError(thrown);
    } finally {
      this.busy = false;
    }
    await this.#opened();
  }
}
