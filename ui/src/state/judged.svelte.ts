import type { LookKind, SampleView } from '../host';
import { judged as words } from '../text/judged';
import { tick } from 'svelte';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { goTo } from './places.svelte';

/** What a lead says of figures: what always needs engineering, and whether what was sampled is right. */
export class Judged extends OneAtATime {
  sample = new Ask<SampleView>();
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  /** The next of the sample, once these are looked through; what nobody looked at stays in its place. */
  async more(): Promise<void> {
    await this.sample.ask(() => this.#app.host.call('sample_get', this.#app.insights.period));
  }

  /** Counted anew; the rows stay as they are drawn until somebody asks for more. */
  async #recount(): Promise<void> {
    const rows = this.sample.value?.rows ?? [];
    await this.sample.ask(async () => ({ ...(await this.#app.host.call('sample_get', this.#app.insights.period)), rows }));
    await this.#app.insights.recount();
  }

  /** What is left to do on the screen of figures, from anywhere. */
  async go(mark: 'able' | 'sample'): Promise<void> {
    const { insights } = this.#app;
    this.#app.go('insights');
    if (insights.view.value === null || this.sample.value === null) await insights.look();
    await tick();
    goTo(mark);
  }

  setAlways(name: string, title: string, always: boolean): Promise<void> {
    const set = (to: boolean) => this.#app.host.call('always_set', { name, always: to });
    return this.alone(
      async () => {
        await set(always);
        this.#app.toasts.sayUndoable(always ? words.always.marked(title) : words.always.unmarked(title), async () => {
          await set(!always);
          await this.#app.insights.look();
        });
      },
      () => this.#app.insights.look(),
    );
  }

  /** Said a second time it is taken back. */
  say(kind: LookKind, ticket: string, other: string, title: string, before: boolean | null, fits: boolean): Promise<void> {
    const to = before === fits ? null : fits;
    const set = async (fits: boolean | null) => {
      await this.#app.host.call('look_set', { kind, ticket, other, fits });
      if (kind === 'tie') this.#put(ticket, other, fits);
    };
    return this.alone(
      async () => {
        await set(to);
        this.#app.toasts.sayUndoable(words.said(title, to), async () => {
          await set(before);
          await this.#recount();
        });
      },
      () => this.#recount(),
    );
  }

  #put(ticket: string, other: string, fits: boolean | null): void {
    const of = this.sample.value;
    if (of === null) return;
    const rows = of.rows.map((row) => (row.ticket.id === ticket && row.other.id === other ? { ...row, fits } : row));
    this.sample.value = { ...of, rows };
  }
}
