import type { AvoidableView, BehindArgs, CohortsView, FigureExplained, FigureRows, HandledRuleArgs, HoursArgs, HoursView, InsightsView, PartArgs, PartBy, ReportFormat, TiersArgs, TiersView } from '../host';
import { insights as words } from '../text/insights';
import { tick } from 'svelte';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { focusOn } from './places.svelte';

export type Days = '30' | '90' | '365' | '0';
export const DAYS: readonly Days[] = ['30', '90', '365', '0'];

/** Rows of a number that are shown. */
const ROWS = 100;

const same = (a: PartArgs | null, b: PartArgs | null) => a?.by === b?.by && a?.value === b?.value;

/** What support measures itself by, and the tickets behind each number. */
export class Insights {
  view = new Ask<InsightsView>();
  avoidable = new Ask<AvoidableView>();
  tiers = new Ask<TiersView>();
  explained = new Ask<FigureExplained>();
  rows = new Ask<FigureRows>();
  cohorts = new Ask<CohortsView>();
  hours = new Ask<HoursView>();
  /** What was tried and could not be done. */
  doing = new Ask<unknown>();
  days = $state<Days>('90');
  /** The figure whose formula and tickets are shown. */
  opened = $state<string | null>(null);
  /** All of its base, and not only what was counted. */
  base = $state(false);
  /** What tells the cohorts apart, and the one whose figure is opened. */
  by = $state<PartBy>('product');
  part = $state.raw<PartArgs | null>(null);
  /** Somebody has to say once more that another baseline takes the place of the one that is there. */
  replacing = $state(false);
  /** Where reports are saved; empty: where downloads go. */
  folder = $state('');
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  get period() {
    return { days: Number(this.days) };
  }

  async look(): Promise<void> {
    const { host } = this.#app;
    await Promise.all([
      this.view.ask(() => host.call('insights_get', this.period)),
      this.avoidable.ask(() => host.call('avoidable_get', {})),
      this.tiers.ask(() => host.call('tiers_get', {})),
      this.hours.ask(() => host.call('hours_get', {})),
      this.#app.judged.more(),
      this.#app.reasons.more(),
      this.#compare(),
    ]);
    if (this.opened) await this.#read(this.opened);
  }

  /** Only what rests on what people said of a sample. */
  async recount(): Promise<void> {
    const { host } = this.#app;
    await Promise.all([
      this.view.ask(() => host.call('insights_get', this.period)),
      this.avoidable.ask(() => host.call('avoidable_get', {})),
      this.opened ? this.#read(this.opened) : null,
    ]);
  }

  async choose(days: Days): Promise<void> {
    this.days = days;
    await this.look();
  }

  /** The tickets behind a number of a picture. */
  async behind(title: string, of: Omit<BehindArgs, 'period'>): Promise<void> {
    const found = await this.#do(() => this.#app.host.call('figure_behind', { ...of, period: this.period }));
    if (found) this.#app.openCases(title, found.tickets);
  }

  /** The next longer period, and after the longest the shortest. */
  another(): Promise<void> {
    return this.choose(DAYS[(DAYS.indexOf(this.days) + 1) % DAYS.length] ?? '90');
  }

  async compare(by: PartBy): Promise<void> {
    this.by = by;
    await this.#compare();
  }

  async #compare(): Promise<void> {
    const by = this.by;
    await this.cohorts.ask(() => this.#app.host.call('cohorts_get', { by, period: this.period }));
  }

  async open(name: string, base = false, part: PartArgs | null = null): Promise<void> {
    if (this.opened !== name || !same(this.part, part)) {
      this.explained.forget();
      this.rows.forget();
    }
    this.opened = name;
    this.base = base;
    this.part = part;
    await tick();
    focusOn('figure');
    await this.#read(name);
  }

  /** The formula and the tickets go, and the focus back to the number; `false` when none are shown. */
  back(): boolean {
    if (!this.opened) return false;
    const [name, part] = [this.opened, this.part];
    this.opened = null;
    this.part = null;
    void tick().then(() => (part && focusOn(`cohort:${name}:${part.value ?? ''}`)) || focusOn(`figure:${name}`) || focusOn('insights'));
    return true;
  }

  async setTiers(args: TiersArgs): Promise<void> {
    if (await this.#do(() => this.#app.host.call('tiers_set', args))) await this.look();
  }

  async setCost(args: { hours_low: number; hours_high: number; rate: number; refocus_minutes: number; by?: string; source?: string }): Promise<void> {
    if (await this.#do(() => this.#app.host.call('cost_set', args))) {
      await this.look();
      this.#app.toasts.say(words.cost.saved);
    }
  }

  /** `before`: what it goes back to. */
  async setHandled(rule: HandledRuleArgs, before: HandledRuleArgs): Promise<void> {
    const put = async ({ tickets, days }: HandledRuleArgs) => {
      const kept = await this.#do(() => this.#app.host.call('handled_set', { tickets, days }));
      if (kept) await this.look();
      return kept;
    };
    const kept = await put(rule);
    if (kept) this.#app.toasts.sayUndoable(words.able.kept(kept), async () => void (await put(before)));
  }

  async setHours(args: HoursArgs): Promise<void> {
    if (await this.#do(() => this.#app.host.call('hours_set', args))) {
      await this.look();
      this.#app.toasts.say(words.hours.saved);
    }
  }

  /** Another one takes the place of one that is there only after a second word. */
  async freeze(instead = false): Promise<void> {
    const before = this.view.value?.baseline ?? null;
    if (before && !instead) {
      this.replacing = true;
      await tick();
      return void focusOn('replace-baseline');
    }
    this.replacing = false;
    const frozen = await this.#do(() => this.#app.host.call('baseline_freeze', { period: this.period, replace: before !== null }));
    if (!frozen) return;
    await this.look();
    if (!before) return this.#app.toasts.say(words.baseline.done);
    this.#app.toasts.sayUndoable(words.baseline.done, async () => {
      const deed = (await this.#app.host.call('deeds_list', { limit: 50 })).find(({ what, undone_at }) => what === 'baseline_freeze' && undone_at === null);
      if (deed) await this.#app.host.call('deed_undo', { id: deed.id });
      await this.look();
    });
  }

  leave(): void {
    this.replacing = false;
    void tick().then(() => focusOn('freeze'));
  }

  /** Into the folder that is named, or where downloads go; a browser puts it where it puts everything. */
  async save(format: ReportFormat): Promise<void> {
    const { host, toasts } = this.#app;
    const report = { format, period: this.period };
    if (host.ownWindow) {
      const folder = this.folder.trim();
      const saved = await this.#do(() => host.call('report_save', { report, ...(folder === '' ? {} : { folder }) }));
      if (saved) toasts.say(words.report.saved(saved.path));
      return;
    }
    const made = await this.#do(() => host.call('insights_report', report));
    if (!made) return;
    host.download(made.name, made.text);
    toasts.say(words.report.downloaded(made.name));
  }

  async copy(format: ReportFormat): Promise<void> {
    const report = await this.#do(() => this.#app.host.call('insights_report', { format, period: this.period }));
    if (report) await this.#app.outgoing.copy(report.text, [], words.report.copied(report.name));
  }

  async #do<T>(what: () => Promise<T>): Promise<T | null> {
    return (await this.doing.ask(what)) as T | null;
  }

  async #read(name: string): Promise<void> {
    const { host } = this.#app;
    const period = this.part ? { ...this.period, part: this.part } : this.period;
    await Promise.all([
      this.explained.ask(() => host.call('figure_explain', { name, period })),
      this.rows.ask(() => host.call('figure_rows', { name, period, base: this.base, offset: 0, limit: ROWS })),
    ]);
  }
}
