import type { DigestRow, DigestView } from '../host';
import { digest as words } from '../text/digest';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';

/** What changed since somebody was last here, until they say that they read it. */
export class Digest {
  view = new Ask<DigestView>();
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  async open(): Promise<void> {
    this.#app.sheet = 'digest';
    await this.view.ask(() => this.#app.host.call('digest_get', {}));
  }

  async read(): Promise<void> {
    const until = this.view.value?.until;
    if (until === undefined) return;
    if (await this.view.ask(() => this.#app.host.call('digest_read', { since: until }))) this.#app.toasts.say(words.isRead);
  }

  show(row: DigestRow): void {
    this.#app.sheet = null;
    if (row.kind === 'escalation') void this.#app.escalations.show(Number(row.id));
    else this.#app.openOver({ kind: row.kind === 'article' ? 'article' : 'known_error', id: row.id });
  }
}
