import { tick } from 'svelte';
import type { ChangesView } from '../host';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { focusOn } from './places.svelte';

/** It looks through a history and asks for similar tickets: not for every letter that is typed. */
export const QUIET_MS = 400;
/** Commits that are shown before somebody asks for more. */
const FEW = 3;

/** What changed between the customer's version and the one before it, nearest first. Asked for last of all. */
export class Changed {
  ask = new Ask<ChangesView>();
  all = $state(false);
  /** Commits whose receipt is open. */
  opened = $state.raw<ReadonlySet<string>>(new Set());
  shown = $derived((this.ask.value?.changes ?? []).slice(0, this.all ? undefined : FEW));
  hidden = $derived((this.ask.value?.changes.length ?? 0) - this.shown.length);
  #about: string | null = null;
  #due: ReturnType<typeof setTimeout> | undefined;
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Another answer is on screen, the same one anew, or another version was chosen. */
  follow(question: string | null, repo: string | null, to: string | null): void {
    const about = question === null || repo === null ? null : [question, repo, to ?? ''].join('\n');
    clearTimeout(this.#due);
    if (about === null || about !== this.#about) this.#forget();
    this.#about = about;
    if (repo !== null && about !== null) this.#due = setTimeout(() => void this.#look(repo, to), QUIET_MS);
  }

  toggle(commit: string): void {
    const opened = new Set(this.opened);
    if (!opened.delete(commit)) opened.add(commit);
    this.opened = opened;
  }

  /** To the first of them. */
  go(): void {
    this.#app.screen = 'seen';
    this.#app.layout.overlay = null;
    void tick().then(() => focusOn(`line:change:${this.shown[0]?.commit}`) || focusOn('changed'));
  }

  async #look(repo: string, to: string | null): Promise<void> {
    const question = this.#app.seen.asked;
    if (question === null) return;
    await this.ask.ask(() => this.#app.host.call('code_changes', { question, repo, paths: [], ...(to === null ? {} : { to }) }));
  }

  #forget(): void {
    this.ask.forget();
    this.all = false;
    this.opened = new Set();
  }
}
