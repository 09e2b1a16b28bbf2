import type { DeedView } from '../host';
import { deeds as words, said } from '../text/deeds';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';

const SHOWN = 100;

/** What was done here, with the way back from it, also after a restart. */
export class Deeds extends OneAtATime {
  list = new Ask<DeedView[]>();
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  async open(): Promise<void> {
    this.#app.sheet = 'deeds';
    await this.#look();
  }

  async #look(): Promise<void> {
    await this.list.ask(() => this.#app.host.call('deeds_list', { limit: SHOWN }));
  }

  async undo(deed: DeedView): Promise<void> {
    await this.alone(
      async () => {
        await this.#app.host.call('deed_undo', { id: deed.id });
        this.#app.toasts.say(words.undone(said(deed)));
      },
      () => this.#look(),
    );
    this.#app.again();
  }

  /** Takes back the last of one kind: what takes several steps is one deed. */
  async undoLast(what: string): Promise<void> {
    const all = await this.#app.host.call('deeds_list', { limit: SHOWN });
    const last = all.find((deed) => deed.what === what && deed.can_undo);
    if (last) await this.#app.host.call('deed_undo', { id: last.id });
  }
}
