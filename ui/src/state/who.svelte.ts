import { tick } from 'svelte';
import type { OwnersSuggestedView, SeenBefore } from '../host';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { QUIET_MS } from './changed.svelte';
import { focusOn } from './places.svelte';

/** Cases that are like the question, of which some may have ended with a team. */
const CASES = 30;

/** Who may know. Git is asked once for every file that ran, so this is asked for last, and not for every letter that is typed. */
export class Who {
  ask = new Ask<OwnersSuggestedView>();
  #about: string | null = null;
  #due: ReturnType<typeof setTimeout> | undefined;
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Another answer is on screen, the same one anew, or another version was chosen. */
  follow({ question, verdict, hits }: SeenBefore, at: string | null): void {
    const about = `${question.id}\n${at ?? ''}`;
    if (about !== this.#about) this.ask.forget();
    this.#about = about;
    const like = verdict.cases.length > 0 ? verdict.cases : hits.map(({ id }) => id);
    clearTimeout(this.#due);
    this.#due = setTimeout(() => void this.#look(like.slice(0, CASES)), QUIET_MS);
  }

  go(): void {
    this.#app.screen = 'seen';
    this.#app.layout.overlay = null;
    void tick().then(() => focusOn('who'));
  }

  async #look(ids: string[]): Promise<void> {
    const { seen, code, host } = this.#app;
    const question = seen.asked;
    if (question === null) return this.ask.forget();
    await this.ask.ask(() => host.call('owner_suggest', { question, ids, ...code.chosen, lane: 'who' }));
  }
}
