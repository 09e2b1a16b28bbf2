import { tick } from 'svelte';
import type { CodeFrameView, QuotedRepoView, QuotedView, RanRepoView, RanView, ReleaseView, SeenBefore } from '../host';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { focusMark, focusOn } from './places.svelte';

/** A line of code, and where it stands. */
export type Line = CodeFrameView & { repo: string };

/** The code that ran. It is asked for apart, once the answer is there: no answer waits for a repository. */
export class Code {
  ran = new Ask<RanView>();
  /** Statements that say what the question quotes of a log. */
  quoted = new Ask<QuotedView>();
  /** What somebody said the customer runs, in place of what the question says. */
  chosen = $state.raw<{ repo: string; at: string } | null>(null);
  /** Repositories that have code of the question; where none has, the first, to say so. */
  repos = $derived.by<RanRepoView[]>(() => {
    const all = this.ran.value?.repos ?? [];
    const having = all.filter((repo) => repo.frames.length > 0);
    return having.length > 0 ? having : all.slice(0, 1);
  });
  /** By the frame as it was written. */
  lines = $derived(new Map<string, Line>(this.repos.toReversed().flatMap(({ repo, frames }) => frames.map((frame) => [frame.raw, { ...frame, repo }] as const))));
  /** Lines that spans of a trace name, besides those of its errors. */
  traced = $derived.by<Line[]>(() => {
    const errors = new Set((this.#app.seen.answer?.ran ?? []).flatMap(({ frames }) => frames.map(({ raw }) => raw)));
    return this.repos.flatMap(({ repo, frames }) => frames.filter(({ basis, raw }) => basis === 'trace' && !errors.has(raw)).map((frame) => ({ ...frame, repo })));
  });
  /** Of these, those that no frame leads to already. */
  quotes = $derived.by<QuotedRepoView[]>(() => {
    const ran = new Set([...this.lines.values()].map(({ repo, at, path, line }) => `${repo} ${at} ${path}:${line}`));
    const left = (this.quoted.value?.repos ?? []).map((quoted) => ({ ...quoted, lines: quoted.lines.filter(({ at, path, line }) => !ran.has(`${quoted.repo} ${at} ${path}:${line}`)) }));
    return left.filter(({ lines }) => lines.length > 0);
  });
  /** Highest version first. */
  releases = $state.raw<Record<string, ReleaseView[]>>({});
  #about: string | null = null;
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Whether the answer has frames that could be lines of code. */
  get asks(): boolean {
    const { answer } = this.#app.seen;
    return answer !== null && (answer.traced > 0 || answer.ran.some((ran) => ran.frames.some((frame) => frame.in_project)));
  }

  /** Where what is asked next looks: the code that ran says it; without frames, the only repository that was read. */
  get home(): { repo: string; at: string | null } | null {
    if (this.asks) {
      const [first] = this.repos;
      return first && first.state !== 'unread' && first.state !== 'unreadable' ? { repo: first.repo, at: first.at } : null;
    }
    const [only, ...others] = this.#app.repositories.all.filter(({ read_at }) => read_at !== null);
    return only && others.length === 0 ? { repo: only.name, at: null } : null;
  }

  /** Another answer is on screen, or the same one anew. */
  follow(answer: SeenBefore): void {
    if (this.#about !== answer.question.id) {
      this.#about = answer.question.id;
      this.chosen = null;
      this.ran.forget();
      this.quoted.forget();
    }
    void this.look();
  }

  async look(): Promise<void> {
    const question = this.#app.seen.asked;
    const { host, repositories } = this.#app;
    if (question === null || !this.asks) this.ran.forget();
    else {
      const ran = await this.ran.ask(() => host.call('code_ran', { question, ...this.chosen, lane: 'ran' }));
      for (const { repo, state } of ran?.repos ?? []) if (state !== 'unread') await this.list(repo);
    }
    // Reading what a version prints takes a while the first time, so this comes last.
    if (question === null || this.#app.seen.asked !== question) return;
    if (!repositories.all.some(({ read_at }) => read_at !== null)) return this.quoted.forget();
    await this.quoted.ask(() => host.call('code_said', { question, ...this.chosen, lane: 'said' }));
  }

  choose(repo: string, at: string): void {
    this.chosen = at === '' ? null : { repo, at };
    void this.look();
    void this.#app.passports.look();
  }

  /** To the first line; where none is known, to the version that would make one. */
  go(): void {
    this.#app.screen = 'seen';
    this.#app.layout.overlay = null;
    this.#app.seen.ranOpen = true;
    void tick().then(() => {
      const [first] = this.#lines();
      if (first) first.focus();
      else if (!focusOn('ran-version')) focusOn('ran');
    });
  }

  goVersion(): void {
    this.#app.screen = 'seen';
    this.#app.layout.overlay = null;
    void tick().then(() => focusOn('ran-version'));
  }

  get onLine(): boolean {
    return focusMark()?.startsWith('line:') ?? false;
  }

  move(by: number): void {
    const lines = this.#lines();
    const at = lines.findIndex((line) => line === document.activeElement);
    lines[Math.max(0, Math.min(lines.length - 1, at + by))]?.focus();
  }

  open({ repo, at, path, line }: Line): void {
    if (path !== null) this.#app.codeView.open({ repo, at, path, line });
  }

  /** Where development happens in a repository that has code of the question. */
  mainOf(repo: string): string | null {
    return this.ran.value?.repos.find((other) => other.repo === repo)?.main ?? null;
  }

  #lines(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>('[data-focus^="line:"]')];
  }

  /** What may be chosen. Without it the choice is what the version may mean. */
  async list(repo: string): Promise<void> {
    const listed = await this.#app.host.call('code_releases', { repo }).catch(() => null);
    if (listed) this.releases = { ...this.releases, [repo]: listed.releases };
  }
}
