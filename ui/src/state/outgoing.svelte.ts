import { asWritten } from '../host/clipboard';
import type { RedactedView } from '../host';
import { outgoing as words } from '../text/privacy';
import type { App } from './app.svelte';

/** A text that left without what belongs to somebody. */
export interface Sent {
  original: string;
  redacted: RedactedView;
}

/**
 * The way out of the window for a text that may hold something of a customer's. It is redacted first; where nothing was found
 * there is no extra step. What is shown is what leaves, byte for byte.
 */
export class Outgoing {
  /** What left last, while it can still be looked at. */
  last = $state.raw<Sent | null>(null);
  /** What waits for somebody to say that it may leave. */
  held = $state.raw<(() => Promise<void>) | null>(null);
  #app: App;
  #toast: number | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  /** `tickets` are those whose people are taken out by name. */
  async copy(shown: string, tickets: string[], told: string): Promise<void> {
    const { host, toasts } = this.#app;
    // What was split by something hidden is still somebody's address.
    const original = asWritten(shown);
    this.held = null;
    try {
      const redacted = await host.call('redact', { text: original, tickets });
      await host.copyText(redacted.text);
      this.last = redacted.spans.length > 0 ? { original, redacted } : null;
      if (!this.last) return toasts.say(told);
      this.#toast = toasts.sayWith(words.redacted(told, redacted.spans.length), [
        { label: words.show, action: 'show-redacted', run: () => this.show() },
        { label: words.asIs, action: 'copy-as-is', run: () => void this.copyAsIs() },
      ]);
    } catch (thrown) {
      toasts.fail(thrown);
    }
  }

  /** It leaves only once somebody says so. */
  hold(why: string, leave: () => Promise<void>): void {
    this.held = leave;
    this.#toast = this.#app.toasts.sayWith(why, [{ label: words.allTheSame, action: 'copy-held', run: () => void this.letGo() }]);
  }

  async letGo(): Promise<void> {
    const { held } = this;
    this.held = null;
    this.#forgetToast();
    await held?.();
  }

  show(): void {
    if (!this.last) return;
    this.#forgetToast();
    this.#app.sheet = 'redacted';
  }

  /** Somebody has looked and wants it whole. Taking that back puts the redacted text in its place. */
  async copyAsIs(): Promise<void> {
    if (await this.#put(this.last?.original)) this.#app.toasts.sayUndoable(words.copiedAsIs, async () => void (await this.#put(this.last?.redacted.text)));
  }

  async copyRedacted(): Promise<void> {
    if (await this.#put(this.last?.redacted.text)) this.#app.toasts.say(words.copiedRedacted);
  }

  async #put(text: string | undefined): Promise<boolean> {
    if (text === undefined) return false;
    this.#app.sheet = null;
    this.#forgetToast();
    try {
      await this.#app.host.copyText(text);
      return true;
    } catch (thrown) {
      this.#app.toasts.fail(thrown);
      return false;
    }
  }

  /** What it offered has been done. */
  #forgetToast(): void {
    if (this.#toast !== null) this.#app.toasts.dismiss(this.#toast);
    this.#toast = null;
  }
}
