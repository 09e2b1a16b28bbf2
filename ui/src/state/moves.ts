import { tick } from 'svelte';
import type { App } from './app.svelte';
import { focusMark, focusOn } from './places.svelte';

/** What the keys move: the focus, the cursor of the list that has it, one ticket on, one step back. */
export class Moves {
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** `still`: a new answer is read from its verdict on, whatever has the keys below it. */
  focusPane(still = false): void {
    if (!focusOn(`item:${this.#app.seen.selected}`, still)) focusOn('pane', still);
  }

  get zone(): string | null {
    return document.activeElement?.closest<HTMLElement>('[data-zone]')?.dataset.zone ?? null;
  }

  /** Whether a card or the banner itself has the focus, and not a button in it. */
  get onItem(): boolean {
    const focused = document.activeElement;
    return focused instanceof HTMLElement && (focused.dataset.focus?.startsWith('item:') ?? false);
  }

  /** `j` and `k`: in the list that has focus; from anywhere else, in the pane. */
  move(by: number): void {
    if (this.#app.screen === 'exam') return this.#app.exam.move(by);
    if (this.#app.code.onLine) return this.#app.code.move(by);
    if (this.zone === 'queue') return this.#app.search.typing ? this.#app.search.move(by) : this.#app.queue.move(by);
    this.#app.seen.move(by);
    void tick().then(() => this.focusPane());
  }

  async openActive(): Promise<void> {
    if (this.#app.screen === 'exam') return this.#app.exam.visit();
    if (this.zone !== 'queue') return this.#app.openSelected();
    if (this.#app.search.typing) await this.#app.search.caughtUp();
    const row = this.#app.queue.activeRow;
    const hit = this.#app.search.activeHit;
    const opened = this.#app.search.typing ? hit && this.#app.openSearchHit(hit) : row && this.#app.openRow(row);
    await tick();
    // The keys belong to the pane at once; to its best answer as soon as there is one, unless they went elsewhere meanwhile.
    const answered = !(this.#app.search.typing && hit !== undefined && hit.kind !== 'ticket');
    const waits = focusOn(answered ? 'pane' : 'ticket') && answered ? document.activeElement : null;
    await opened;
    await tick();
    if (waits !== null && document.activeElement === waits) this.focusPane(true);
  }

  /** In the pane the focus goes with what is selected: also when a card goes away and takes the focus with it. */
  keepPaneFocus(): void {
    if (this.zone !== 'pane') return;
    void tick().then(() => {
      const strayed = this.onItem && focusMark() !== `item:${this.#app.seen.selected}`;
      if (strayed || document.activeElement === document.body) this.focusPane(true);
    });
  }

  /** `Esc`: one step back, whatever the last step was. */
  back(): void {
    if (this.#app.sheet === 'palette') {
      this.#app.closePalette();
    } else if (this.#app.sheet) {
      this.#app.sheet = null;
    } else if (this.zone === 'narrow') {
      // Back among the hits that were narrowed.
      focusOn('queue');
    } else if (this.zone === 'queue' && this.#app.search.typing) {
      this.#app.search.clear();
      void tick().then(() => focusOn('queue'));
    } else if (this.#app.layout.overlay === 'ticket' && this.#app.places.below) {
      this.#app.places.back();
      // In the narrow window what lies under a case is the pane that it was opened from.
      if (!this.#app.places.below) this.#app.layout.overlay = null;
    } else if (this.#app.layout.overlay) {
      this.#app.layout.overlay = null;
      void tick().then(() => this.focusPane());
    } else if (this.#app.screen === 'exam' && this.#app.exam.back()) {
      return;
    } else if (this.#app.screen === 'insights' && this.#app.insights.back()) {
      return;
    } else if (this.#app.screen === 'rules' && this.#app.rules.path !== null && !this.#app.rules.changed) {
      this.#app.rules.close();
    } else if (this.#app.screen === 'known' && this.#app.known.edited !== null && !this.#app.known.changed) {
      this.#app.known.close();
    } else if (this.#app.screen !== 'seen') {
      this.#app.go('seen');
    } else if (this.#app.places.back() || this.#app.exam.returns()) {
      return;
    } else if (this.zone === 'queue') {
      // From the queue the last step back is an empty window; pasted text is never thrown away by a key.
      if (this.#app.places.current.kind === 'ticket') this.#app.newQuestion();
    } else if (this.zone === 'pane' && this.#app.places.current.kind === 'paste') {
      focusOn('paste');
    } else {
      focusOn('queue');
    }
  }

  /** Previous or next ticket of the list that is shown; past the last result of a search, of the queue. */
  step(by: number): void {
    if (this.#app.search.typing) {
      const before = this.#app.search.active;
      this.#app.search.move(by);
      const hit = this.#app.search.activeHit;
      if (hit && this.#app.search.active !== before) return void this.#app.openSearchHit(hit);
      this.#app.search.clear();
    }
    const { question } = this.#app.seen;
    const open = question?.kind === 'ticket' ? this.#app.queue.find(question.id) : null;
    if (open !== null) this.#app.queue.active = open;
    this.#app.queue.move(by);
    const row = this.#app.queue.activeRow;
    if (row) void this.#app.openRow(row);
  }
}
