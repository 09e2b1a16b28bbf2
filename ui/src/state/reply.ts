import { tick } from 'svelte';
import type { KnownErrorBanner } from '../host';
import { stepsAsText } from '../text/sentence';
import { forCustomer, withFix } from '../text/passport';
import { isForTheHouse, whose } from '../text/audience';
import { words } from '../text/words';
import type { App } from './app.svelte';
import { BANNER } from './seen.svelte';

/** What a person does with the answer: copies it, asks why, says whether it fits. It acts on what is selected in the pane. */
export class Reply {
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  get canCopy(): boolean {
    const { hit } = this.#app.seen;
    return this.#banner ? this.#banner.workaround.length > 0 || this.#banner.eta_at !== null : Boolean(hit?.answer);
  }

  async copy(): Promise<void> {
    const { hit } = this.#app.seen;
    const { outgoing, passports } = this.#app;
    if (this.#banner) {
      const text = await this.#ofKnownError(this.#banner);
      if (text === null) return;
      const copy = () => outgoing.copy(text, [], words.toasts.copiedWorkaround);
      // What is meant for the house leaves it only where somebody says so.
      if (isForTheHouse(this.#banner.audience)) outgoing.hold(whose(this.#banner.audience), copy);
      else await copy();
    } else if (hit?.answer) {
      const text = withFix(hit.answer.text, passports.byId.get(hit.id) ?? null, hit.fix);
      await outgoing.copy(text, [hit.id], words.toasts.copiedAnswer(hit.display_id));
    }
  }

  async copySignature(code = this.#app.seen.answer?.ran[0]?.code): Promise<void> {
    if (code !== undefined) await this.copyPlain(code, words.ran.copied(code));
  }

  /** Opens the receipt and goes to the card that it lies in. */
  why(): void {
    const { seen } = this.#app;
    if (!seen.explained) return;
    const { id } = seen.explained;
    seen.toggleReceipt(id);
    if (seen.selected === id) return;
    seen.select(id);
    void tick().then(() => this.#app.moves.focusPane());
  }

  async used(): Promise<void> {
    const { seen } = this.#app;
    if (this.#banner) await seen.used(this.#banner.id, this.#banner.title);
    else if (seen.hit) await seen.used(seen.hit.id, seen.hit.display_id);
  }

  async notSame(): Promise<void> {
    const { seen } = this.#app;
    if (this.#banner) await seen.notSame(BANNER, this.#banner.id, words.toasts.quoted(this.#banner.title));
    else if (seen.hit) await seen.notSame(seen.hit.id, seen.hit.id, seen.hit.display_id);
  }

  /** The known error, when it is what is selected. */
  get #banner() {
    const { selected, banner } = this.#app.seen;
    return selected === BANNER ? banner : null;
  }

  /** In the customer's language where the entry has it; `null` where nothing may be said, which was told. */
  async #ofKnownError(banner: KnownErrorBanner): Promise<string | null> {
    const { host, passports, places, toasts } = this.#app;
    const ticket = places.current.kind === 'ticket' ? places.current.id : undefined;
    try {
      const told = await host.call('reply_get', { known_error: banner.id, ...(ticket !== undefined && { ticket }) });
      if (told.held !== null) {
        toasts.say(words.toasts.held(told.held));
        return null;
      }
      // What is said in another language stays in it.
      if (told.text !== null && told.language !== null) return told.text;
      const fix = passports.byId.get(banner.id) ?? passports.verdict;
      if (told.text !== null) return withFix(told.text, fix, banner.fix);
      const said = withFix(stepsAsText(banner.workaround), fix, banner.fix).trim();
      // What is out is not promised.
      const promise = forCustomer(fix, banner.fix) === null ? told.promise : null;
      return [said, promise].filter((part) => part).join('\n\n');
    } catch (thrown) {
      toasts.fail(thrown);
      return null;
    }
  }

  /** Nothing of a customer's: what was computed, or stands in the product's own code. */
  async copyPlain(text: string, told: string): Promise<void> {
    const { host, toasts } = this.#app;
    try {
      await host.copyText(text);
      toasts.say(told);
    } catch (thrown) {
      toasts.fail(thrown);
    }
  }
}
