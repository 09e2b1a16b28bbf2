import { tick } from 'svelte';
import type { BlameView, CompareView, FileView, GutterView, LineView } from '../host';
import { codeView as words } from '../text/code-view';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { CodeTickets } from './code-tickets.svelte';
import { focusOn } from './places.svelte';

/** A line of a file at a version, as a place that can be gone to. */
export interface Spot {
  repo: string;
  at: string;
  path: string;
  line: number | null;
  /** A version to hold it against at once. */
  against?: string;
}

/** Lines on either side of the one that is looked at, at first. */
const REACH = 200;

/** A file of a repository at a version, and what changed in it since or before another one. */
export class CodeView {
  file = new Ask<FileView>();
  diff = new Ask<CompareView>();
  /** Who changed the line last, and where it is by now: asked for apart, as git takes its time. */
  line = new Ask<LineView>();
  /** Who changed each line last, while somebody wants to see it. */
  gutter = new Ask<GutterView>();
  blaming = $state(false);
  tickets: CodeTickets;
  spot = $state.raw<Spot | null>(null);
  /** The version that it is held against. */
  against = $state<string | null>(null);
  #reach = REACH;
  #app: App;

  constructor(app: App) {
    this.#app = app;
    this.tickets = new CodeTickets(app);
  }

  open(spot: Spot): void {
    this.#app.openOver({ kind: 'code', ...spot });
  }

  /** What the column shows by now. */
  async show(spot: Spot): Promise<void> {
    const known = this.spot;
    const same = known !== null && known.repo === spot.repo && known.path === spot.path && known.line === spot.line && known.at === spot.at;
    if (same && this.file.value) return;
    this.spot = spot;
    this.against = null;
    this.#reach = REACH;
    this.file.forget();
    this.diff.forget();
    this.line.forget();
    this.gutter.forget();
    this.tickets.follow(spot);
    await this.#look();
    void this.#lookBehind();
    if (spot.against !== undefined) await this.compare(spot.against);
    await tick();
    this.goLine(false);
  }

  /** The same file at another version; which line it is there nobody knows. */
  async at(at: string): Promise<void> {
    if (!this.spot) return;
    this.spot = { ...this.spot, at, line: at === this.#opened?.at ? this.#opened.line : null };
    this.tickets.follow(this.spot);
    await this.#look();
    void this.#lookBehind();
    if (this.against !== null) await this.compare(this.against);
  }

  async more(): Promise<void> {
    this.#reach *= 4;
    await this.#look();
  }

  async compare(against: string | null): Promise<void> {
    this.against = against === '' ? null : against;
    const { spot, against: other } = this;
    this.diff.forget();
    if (spot === null || other === null) return;
    const { repo, path } = spot;
    const [from, to] = this.#inOrder(spot.at, other);
    await this.diff.ask(() => this.#app.host.call('code_compare', { repo, path, from, to }));
  }

  blame(): void {
    this.blaming = !this.blaming;
    if (this.blaming) void this.#lookAside();
    else this.gutter.forget();
  }

  /** Of a line, where another commit than that of the line above changed it last. */
  changedBy(line: number): BlameView | null {
    const gutter = this.gutter.value;
    if (!gutter || gutter.first !== this.file.value?.first) return null;
    const at = gutter.lines[line - gutter.first];
    return at == null || at === gutter.lines[line - gutter.first - 1] ? null : (gutter.commits[at] ?? null);
  }

  goLine(focus = true): void {
    const line = document.querySelector<HTMLElement>('[data-line-here]');
    line?.scrollIntoView({ block: 'center' });
    if (focus) line?.focus({ preventScroll: true });
  }

  goCompare(): void {
    void tick().then(() => focusOn('compare'));
  }

  get permalink(): string | null {
    return this.file.value?.permalink ?? null;
  }

  async copyPermalink(): Promise<void> {
    if (this.permalink !== null) await this.#app.reply.copyPlain(this.permalink, words.copied);
  }

  async openThere(): Promise<void> {
    if (this.permalink !== null) await this.#app.openExternal(this.permalink);
  }

  /** Where the line is where development happens; `null` where it is gone, or that is what is shown. */
  get today(): Spot | null {
    const { spot } = this;
    const today = this.line.value?.today;
    if (!spot || !today || today.path === null || today.at === spot.at) return null;
    return { repo: spot.repo, at: today.at, path: today.path, line: today.line };
  }

  goToday(): void {
    if (this.today) this.open(this.today);
  }

  async #lookBehind(): Promise<void> {
    const { spot } = this;
    if (spot === null || spot.line === null) return this.line.forget();
    const { repo, at, path, line } = spot;
    await this.line.ask(() => this.#app.host.call('code_line', { repo, at, path, line, lane: 'line' }));
  }

  async #look(): Promise<void> {
    const { spot } = this;
    if (spot === null) return;
    const { repo, at, path, line } = spot;
    const reach = this.#reach;
    if (!(repo in this.#app.code.releases)) void this.#app.code.list(repo);
    await this.file.ask(() => this.#app.host.call('code_file', { repo, at, path, ...(line === null ? {} : { line }), reach }));
    if (this.blaming) void this.#lookAside();
  }

  async #lookAside(): Promise<void> {
    const file = this.file.value;
    if (!file) return;
    const { repo, at, path, first, lines } = file;
    await this.gutter.ask(() => this.#app.host.call('code_gutter', { repo, at, path, first, last: first + lines.length - 1, lane: 'gutter' }));
  }

  /** As it was gone to. */
  get #opened(): Spot | null {
    const { current } = this.#app.places;
    return current.kind === 'code' ? current : null;
  }

  /** Older before newer: releases come highest first; a branch is ahead of them all. */
  #inOrder(a: string, b: string): [string, string] {
    const releases = this.#app.code.releases[this.spot?.repo ?? ''] ?? [];
    const age = (at: string) => releases.findIndex(({ name }) => name === at);
    return age(a) >= age(b) ? [a, b] : [b, a];
  }
}
