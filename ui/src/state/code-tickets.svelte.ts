import { tick } from 'svelte';
import type { CodeTicketsView } from '../host';
import { codeTickets as words } from '../text/code-tickets';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import type { Spot } from './code-view.svelte';
import { focusOn } from './places.svelte';

/** Who asked for the code that is shown: the tickets of the line and of its file, while somebody wants to see them. */
export class CodeTickets {
  shown = $state(false);
  line = new Ask<CodeTicketsView>();
  file = new Ask<CodeTicketsView>();
  #spot: Spot | null = null;
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Another place is shown. */
  follow(spot: Spot): void {
    this.#spot = spot;
    this.line.forget();
    this.file.forget();
    if (this.shown) void this.look();
  }

  toggle(): void {
    this.shown = !this.shown;
    if (!this.shown) return;
    void this.look().then(tick).then(() => focusOn('code-tickets'));
  }

  async look(): Promise<void> {
    const { host } = this.#app;
    const spot = this.#spot;
    if (spot === null) return;
    const { repo, at, path, line } = spot;
    const ofLine = line === null ? this.line.forget() : this.line.ask(() => host.call('code_tickets', { repo, at, path, line, lane: 'code-tickets' }));
    await Promise.all([ofLine, this.file.ask(() => host.call('code_tickets', { repo, at, path }))]);
  }

  /** Says that a commit has nothing to do with an issue, or that it has. */
  async unlink(reference: string, commit: string, unlink: boolean): Promise<void> {
    const { host, toasts } = this.#app;
    const repo = this.#spot?.repo;
    const say = async (unlink: boolean) => {
      await host.call('code_unlink', { repo, reference, commit, unlink });
      await Promise.all([this.look(), this.#app.passports.look()]);
    };
    try {
      await say(unlink);
      toasts.sayUndoable(words.said(reference, commit, unlink), () => say(!unlink));
    } catch (thrown) {
      toasts.fail(thrown);
    }
  }
}
