import type { AgainstView, ExamRow, ExamRows, ExamRowsArgs, ExamView, ExamWhich } from '../host';
import { adapted } from '../text/adapted';
import { behind, sliced, type Slice } from '../text/exam';
import { tick } from 'svelte';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { focusOn } from './places.svelte';

/** A number whose tickets are shown. */
export interface Opened {
  title: string;
  args: ExamRowsArgs;
  /** What the places of its tickets are held against; `null` where the number is of the way in use alone. */
  against: string | null;
  /** Where the focus goes back to. */
  mark: string;
}

export interface Behind {
  which: ExamWhich;
  slice?: { by: Slice; name: string };
  configuration?: string;
  against?: string;
}

/** The exam on the workspace's own history: the last one, and the tickets behind its numbers. */
export class Exam {
  view = new Ask<ExamView>();
  rows = new Ask<ExamRows>();
  /** The switch between own links and shipped weights, while it is being turned. */
  switched = new Ask<ExamView>();
  switching = $state(false);
  opened = $state.raw<Opened | null>(null);
  /** The row that the keys are on. */
  active = $state(0);
  #held = $state<string | null>(null);
  run = $derived(this.view.value?.run ?? null);
  /** The way to rank that is in use. */
  inUse = $derived(this.run?.configurations[0] ?? null);
  against = $derived<AgainstView | null>(this.run?.against.find(({ name }) => name === this.#held) ?? this.run?.against[0] ?? null);
  /** The exam before, where this one finds less, and by more than chance. */
  hurt = $derived(this.run?.against.find((one) => one.name === 'before' && one.beyond_chance && one.there_alone > one.here_alone) ?? null);
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** The last exam of this session, while it runs and after. */
  get job() {
    return this.#app.workspace.jobs.find((job) => job.kind === 'replay') ?? null;
  }

  get running(): boolean {
    return this.job?.state === 'running';
  }

  get shown(): ExamRow[] {
    return this.rows.value?.rows ?? [];
  }

  async look(): Promise<void> {
    const before = this.run?.id;
    await this.view.ask(() => this.#app.host.call('replay_get', {}));
    if (this.opened && this.run?.id !== before) await this.#read(this.opened);
  }

  take(): void {
    this.#app.go('exam');
    void this.#app.workspace.takeExam();
  }

  /** Lets what the team's own links teach count, or not; the open question is answered anew. */
  async adapt(on: boolean): Promise<void> {
    this.switching = true;
    await this.switched.ask(() => this.#app.host.call('adaptation_set', { on }));
    this.switching = false;
    if (this.switched.error) return;
    await this.look();
    this.#app.toasts.say(on ? adapted.told.on : adapted.told.off);
    await this.#app.seen.again();
  }

  /** Another thing to hold it against; tickets that were shown for the old one go. */
  hold(name: string): void {
    this.#held = name;
    if (this.opened?.against) this.close();
  }

  /** Shows the tickets behind a number; the keys go to them. */
  async open({ which, slice, configuration = this.inUse?.name ?? 'in_use', against }: Behind, mark: string): Promise<void> {
    const args: ExamRowsArgs = { configuration, which, ...(against === undefined ? {} : { against }), ...(slice ? { [slice.by]: slice.name } : {}) };
    const title = behind(which, configuration, against ?? null, slice ? sliced(slice.by, slice.name) : null);
    this.opened = { title, args, against: against ?? null, mark };
    this.active = 0;
    this.rows.forget();
    await tick();
    focusOn('exam-rows');
    await this.#read(this.opened);
  }

  close(): void {
    this.opened = null;
    this.rows.forget();
  }

  /** The tickets that are shown go, and the focus to the number that they were behind; `false` when there are none. */
  back(): boolean {
    if (!this.opened) return false;
    const { mark } = this.opened;
    this.close();
    void tick().then(() => focusOn(mark) || focusOn('exam'));
    return true;
  }

  /** A past ticket with its answer; one step back leads here. */
  async visit(at = this.active): Promise<void> {
    const row = this.shown[at];
    if (!row) return;
    this.active = at;
    this.#app.screen = 'seen';
    this.#app.layout.overlay = null;
    this.#app.places.start({ kind: 'ticket', id: row.ticket, from: 'exam' });
    await tick();
    focusOn('pane');
    await this.#app.seen.about({ kind: 'ticket', id: row.ticket, name: row.display_id });
  }

  /** From a ticket that was opened here, back to the tickets among which it was; `false` where it was not. */
  returns(): boolean {
    const { current } = this.#app.places;
    if (current.kind !== 'ticket' || current.from !== 'exam') return false;
    this.#app.screen = 'exam';
    void tick().then(() => focusOn('exam-rows') || focusOn('exam'));
    return true;
  }

  move(by: number): void {
    this.active = Math.min(Math.max(0, this.shown.length - 1), Math.max(0, this.active + by));
  }

  async #read({ args }: Opened): Promise<void> {
    await this.rows.ask(() => this.#app.host.call('replay_rows', args));
    this.move(0);
  }
}
