import { tick } from 'svelte';
import type { BisectView, EscalationView, TestDraftView, TestRunArgs, TrialsView } from '../host';
import { evidence as words } from '../text/evidence';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';

/** What an engineer finds out about the escalation that is open: a test that shows it, and the commit that brought it. */
export class Evidence extends OneAtATime {
  draft = new Ask<TestDraftView>();
  text = $state('');
  path = $state('');
  command = $state('');
  folder = $state('');
  bad = $state('');
  good = $state('');
  /** What was agreed to: exactly this runs, and nothing that was changed since. */
  #agreedTo = $state<string | null>(null);
  /** Of the search; empty: as the engine guesses. */
  from = $state('');
  to = $state('');
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  get #view(): EscalationView | null {
    return this.#app.escalations.one.value;
  }

  get trials(): TrialsView[] {
    return (this.#view?.evidence ?? []).flatMap(({ trials }) => (trials ? [trials] : []));
  }

  /** The newest search. */
  get bisect(): BisectView | null {
    return this.#view?.evidence.find(({ bisect }) => bisect !== null)?.bisect ?? null;
  }

  get possible(): boolean {
    return this.#app.screen === 'escalations' && (this.#view?.code.length ?? 0) > 0;
  }

  get running(): boolean {
    return this.#app.workspace.jobs.some((job) => job.kind === 'trial' && job.state === 'running');
  }

  get agreed(): boolean {
    return this.#agreedTo === this.#what;
  }

  set agreed(agreed: boolean) {
    this.#agreedTo = agreed ? this.#what : null;
  }

  get #what(): string {
    return JSON.stringify([this.text, this.path, this.command, this.folder, this.bad, this.good]);
  }

  /** Another escalation is open. */
  forget(): void {
    this.draft.forget();
    this.#agreedTo = null;
    [this.from, this.to] = ['', ''];
  }

  async begin(line = 0): Promise<void> {
    const id = this.#view?.row.id;
    if (id === undefined) return;
    const draft = await this.draft.ask(() => this.#app.host.call('test_draft', { id, line }));
    if (!draft) return;
    this.#agreedTo = null;
    [this.text, this.path, this.folder, this.bad, this.good] = [draft.text, draft.path, draft.folder, draft.bad, draft.good ?? ''];
    this.command = draft.command.join(' ');
    await tick();
    focusOn('test-text');
  }

  async copy(): Promise<void> {
    await this.#app.reply.copyPlain(this.text, words.copied);
  }

  async run(): Promise<void> {
    const args = this.#args();
    if (args) await this.#start('test_run', args);
  }

  async search(): Promise<void> {
    const id = this.#view?.row.id;
    if (id === undefined) return;
    const given = { ...(this.from.trim() ? { good: this.from.trim() } : {}), ...(this.to.trim() ? { bad: this.to.trim() } : {}) };
    await this.#take(() => this.#app.host.call('bisect_start', { id, ...given }));
    await tick();
    focusOn('bisect');
  }

  async say(commit: string, said: 'good' | 'bad' | 'skip' | 'unsay'): Promise<void> {
    const id = this.#view?.row.id;
    if (id !== undefined) await this.#take(() => this.#app.host.call('bisect_say', { id, commit, said }));
  }

  async unsayLast(): Promise<void> {
    const last = this.bisect?.said.at(-1);
    if (last) await this.say(last.commit.commit, 'unsay');
  }

  /** Lets the test say it, commit after commit. */
  async halve(): Promise<void> {
    const args = this.#args();
    if (args) await this.#start('bisect_run', args);
  }

  #args(): TestRunArgs | null {
    const id = this.#view?.row.id;
    const repo = this.draft.value?.repo;
    if (id === undefined || repo === undefined) return null;
    const { text, path, folder, bad, agreed } = this;
    const command = this.command.split(/\s+/).filter((word) => word !== '');
    return { id, repo, bad, ...(this.good.trim() === '' ? {} : { good: this.good.trim() }), path, text, command, folder, agreed };
  }

  async #start(call: 'test_run' | 'bisect_run', args: TestRunArgs): Promise<void> {
    const { host, workspace, escalations } = this.#app;
    await this.alone(async () => workspace.watch(await host.call(call, args), () => void escalations.again(args.id)));
  }

  async #take(ask: () => Promise<EscalationView>): Promise<void> {
    await this.alone(async () => {
      const view = await ask();
      await this.#app.escalations.one.ask(() => Promise.resolve(view));
    });
  }
}
