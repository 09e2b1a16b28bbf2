import type { DoctorReport, Event, Host, ImportArgs, JobView, WorkspaceStatus } from '../host';
import { Ask } from './ask.svelte';
import type { Reach } from './reach';
import type { Toasts } from './toasts.svelte';
import { errorWords } from '../text/errors';
import { words } from '../text/words';

const NEWS_MS = 1000;

/** The workspace at a glance, its jobs, and the news that views listen to. */
export class Workspace implements Reach {
  status = new Ask<WorkspaceStatus>();
  doctor = new Ask<DoctorReport>();
  jobs = $state.raw<JobView[]>([]);
  /** What somebody waits for. What comes round by itself is shown where its source is. */
  running = $derived(this.jobs.find((job) => job.state === 'running' && !job.unasked) ?? null);
  index = $derived(this.status.value?.index ?? null);
  whole = $derived(this.index === null || this.index.state === 'ready');
  turn = $state(0);
  #wasWhole = true;
  /** Why nothing can be asked: the workspace did not open, and says so to every question. */
  shut = $derived(this.status.value === null ? this.status.error : null);
  /** It is shut, and there is a way to open it: its database is damaged or gone. */
  broken = $derived(this.shut?.code === 'database_damaged' || this.shut?.code === 'database_missing');
  empty = $derived(this.status.value !== null && this.status.value.tickets === 0);
  #host: Host;
  #toasts: Toasts;
  #listeners = new Set<() => void>();
  #failed = new Set<(job: JobView) => void>();
  #watched = new Map<number, () => void>();
  #due: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
  }

  /** Starts listening; ends it again. */
  open(): () => void {
    void this.refresh();
    return this.#host.onEvent((event) => this.#hear(event));
  }

  /** Calls back when data changed; at most once a second, because an import changes them all the time. */
  onChange(hear: () => void): void {
    this.#listeners.add(hear);
  }

  onFailed(hear: (job: JobView) => void): void {
    this.#failed.add(hear);
  }

  /** Takes a job in that was begun elsewhere, and calls back when it ended well. */
  watch(job: JobView, done: () => void): void {
    this.#watched.set(job.id, done);
    this.#put(job);
  }

  async refresh(): Promise<void> {
    await this.status.ask(() => this.#host.call('workspace_status', {}));
    this.#turned();
    const jobs = await this.#host.call('jobs_list', {}).catch(() => null);
    if (jobs) this.jobs = jobs;
  }

  fillSample = () => this.#start(() => this.#host.call('sample_fill', {}));
  reindex = () => this.#start(() => this.#host.call('reindex', {}));
  sync = (name: string) => this.#start(() => this.#host.call('sync_start', { name }));
  syncAgain = (name: string) => this.#start(() => this.#host.call('sync_again', { name }));
  readRepository = (name: string) => this.#start(() => this.#host.call('code_update', { name }));
  fetchRepository = (name: string) => this.#start(() => this.#host.call('code_fetch', { name }));
  takeExam = () => this.#start(() => this.#host.call('replay_start', {}));
  import = (args: ImportArgs) => this.#start(() => this.#host.call('import_start', args));

  async cancel(job: JobView): Promise<void> {
    try {
      await this.#host.call('job_cancel', { id: job.id });
    } catch (thrown) {
      this.#toasts.fail(thrown);
    }
  }

  check(repair: boolean): Promise<DoctorReport | null> {
    return this.doctor.ask(() => this.#host.call('doctor', { repair }));
  }

  /** The job as it is by now; `null` when it did not start. */
  async #start(begin: () => Promise<JobView>): Promise<JobView | null> {
    try {
      const job = await begin();
      this.#put(job);
      return this.jobs.find((other) => other.id === job.id) ?? job;
    } catch (thrown) {
      this.#toasts.fail(thrown);
      return null;
    }
  }

  #hear(event: Event): void {
    if (event.kind === 'job') this.#put(event.job);
    if (event.kind === 'index' && this.status.value) {
      this.status.value = { ...this.status.value, index: event.index };
      this.#turned();
    }
    if (event.kind === 'changed') this.#soon();
  }

  /** Once everything can be found, every view asks again. */
  #turned(): void {
    if (this.whole === this.#wasWhole) return;
    this.#wasWhole = this.whole;
    this.turn++;
    if (this.whole) this.#soon();
  }

  #put(job: JobView): void {
    const before = this.jobs.find((other) => other.id === job.id);
    // The reply to the start may arrive after the event that tells of the end.
    if (before && before.state !== 'running' && job.state === 'running') return;
    this.jobs = before ? this.jobs.map((other) => (other.id === job.id ? job : other)) : [job, ...this.jobs];
    if (job.state === 'running' || before?.state === job.state) return;
    const watching = this.#watched.get(job.id);
    this.#watched.delete(job.id);
    if (job.state === 'done') watching?.();
    if (job.unasked) return this.#cameRound(job);
    const what = words.jobs.kind[job.kind] ?? job.label;
    if (job.state === 'done') this.#toasts.say(words.toasts.done(what));
    if (job.state === 'cancelled') this.#toasts.say(job.error ? errorWords(job.error).what : words.toasts.cancelled(what));
    if (job.state === 'failed') {
      if (job.error) this.#toasts.fail(job.error);
      for (const hear of this.#failed) hear(job);
    }
    this.#soon();
  }

  /** Nobody waits for it: it is worth a word only where it stops until somebody looks. What changed is told by itself. */
  #cameRound(job: JobView): void {
    void this.refresh();
    if (job.error && !job.error.retryable) {
      this.#toasts.fail(job.error);
      for (const hear of this.#failed) hear(job);
    }
  }

  #soon(): void {
    this.#due ??= setTimeout(() => {
      this.#due = undefined;
      void this.refresh();
      for (const hear of this.#listeners) hear();
    }, NEWS_MS / 4);
  }
}
