import { getContext, setContext, tick } from 'svelte';
import type { ArticleView, Host, KnownErrorView, Queue as Rows, QueueRow, SearchHit, TicketView } from '../host';
import { words } from '../text/words';
import { Behind } from './behind';
import { Capturing } from './capturing.svelte';
import { CaseFiles } from './case-files.svelte';
import { Changed } from './changed.svelte';
import { CodeMap } from './code-map.svelte';
import { Deploys } from './deploys.svelte';
import { CodeView } from './code-view.svelte';
import { Code } from './code.svelte';
import { Curating } from './curating.svelte';
import { Deeds } from './deeds.svelte';
import { Digest } from './digest.svelte';
import { Entrance } from './entrance.svelte';
import { Escalating } from './escalating.svelte';
import { Escalations } from './escalations.svelte';
import { Evidence } from './evidence.svelte';
import { Exam } from './exam.svelte';
import { Insights } from './insights.svelte';
import { Judged } from './judged.svelte';
import { Forms } from './forms';
import { ImportForm } from './import-form.svelte';
import { Knowledge } from './knowledge.svelte';
import { KnownErrors } from './known-errors.svelte';
import { Keys } from './keys.svelte';
import { Layout } from './layout.svelte';
import { Moves } from './moves';
import { Outbox } from './outbox.svelte';
import { Outgoing } from './outgoing.svelte';
import { Passports } from './passports.svelte';
import { Places, focusOn, type Place } from './places.svelte';
import { Programme } from './programme.svelte';
import { Preferences } from './preferences.svelte';
import { Privacy } from './privacy.svelte';
import { Queue } from './queue.svelte';
import { Reasons } from './reasons.svelte';
import { Records } from './records.svelte';
import { Reply } from './reply';
import { Model } from './model.svelte';
import { Repositories } from './repositories.svelte';
import { Search } from './search.svelte';
import { Runbooks } from './runbooks.svelte';
import { Rules } from './rules.svelte';
import { BANNER, Seen } from './seen.svelte';
import { Sharing } from './sharing.svelte';
import { Sources } from './sources.svelte';
import { Steps } from './steps.svelte';
import { Toasts } from './toasts.svelte';
import { Training } from './training.svelte';
import { Triage } from './triage.svelte';
import { Who } from './who.svelte';
import { WhyNot } from './why-not.svelte';
import { Workspace } from './workspace.svelte';

export type Screen = 'seen' | 'known' | 'curate' | 'follow-ups' | 'escalations' | 'rules' | 'runbooks' | 'training' | 'insights' | 'programme' | 'exam' | 'outbox' | 'settings' | 'privacy';
export type Sheet = 'palette' | 'shortcuts' | 'redacted' | 'escalate' | 'capture' | 'deeds' | 'digest' | 'call' | 'evidence' | 'twice' | null;

/** The whole window: what is on screen and what can be done. Components draw it, actions call it. */
export class App {
  readonly host: Host;
  readonly preferences: Preferences;
  readonly layout: Layout;
  readonly toasts = new Toasts();
  readonly workspace: Workspace;
  readonly importing: ImportForm;
  readonly keys: Keys;
  readonly privacy: Privacy;
  readonly sources: Sources;
  readonly outbox: Outbox;
  readonly repositories: Repositories;
  readonly codeMap: CodeMap;
  readonly deploys: Deploys;
  readonly model: Model;
  readonly knowledge: Knowledge;
  readonly sharing: Sharing;
  readonly entrance: Entrance;
  readonly queue: Queue;
  readonly search: Search;
  readonly places = new Places();
  readonly seen: Seen;
  readonly outgoing = new Outgoing(this);
  readonly reply = new Reply(this);
  readonly code = new Code(this);
  readonly codeView = new CodeView(this);
  readonly changed = new Changed(this);
  readonly who = new Who(this);
  readonly passports = new Passports(this);
  readonly behind = new Behind(this);
  readonly forms = new Forms(this);
  readonly moves = new Moves(this);
  readonly exam = new Exam(this);
  readonly insights = new Insights(this);
  readonly judged = new Judged(this);
  readonly reasons = new Reasons(this);
  readonly programme = new Programme(this);
  readonly escalating = new Escalating(this);
  readonly escalations = new Escalations(this);
  readonly evidence = new Evidence(this);
  readonly caseFiles = new CaseFiles(this);
  readonly whyNot = new WhyNot(this);
  readonly rules = new Rules(this);
  readonly runbooks = new Runbooks(this);
  readonly training = new Training(this);
  readonly triage = new Triage(this);
  readonly known = new KnownErrors(this);
  readonly steps = new Steps(this);
  readonly capturing = new Capturing(this);
  readonly curating = new Curating(this);
  readonly deeds = new Deeds(this);
  readonly digest = new Digest(this);
  readonly tickets: Records<TicketView>;
  readonly knownErrors: Records<KnownErrorView>;
  readonly articles: Records<ArticleView>;
  readonly cases: Records<Rows>;
  screen = $state<Screen>('seen');
  sheet = $state<Sheet>(null);
  /** What the palette lies over. */
  beneath = $state<Sheet>(null);
  /** What is in the paste box. */
  draft = $state('');
  dragging = $state(false);
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.host = host;
    this.preferences = new Preferences(host);
    this.layout = new Layout(this.preferences);
    this.workspace = new Workspace(host, this.toasts);
    this.importing = new ImportForm(this.workspace);
    this.keys = new Keys(host, this.toasts);
    this.privacy = new Privacy(host, this.toasts);
    this.sources = new Sources(host, this.workspace, this.toasts);
    this.outbox = new Outbox(host, this.toasts);
    this.repositories = new Repositories(host, this.workspace, this.toasts, () => void this.code.look());
    this.codeMap = new CodeMap(host, this.toasts, () => void this.code.look());
    this.deploys = new Deploys(host, this.toasts, () => void this.code.look());
    this.model = new Model(host, this.toasts);
    this.knowledge = new Knowledge(host, this.toasts);
    this.sharing = new Sharing(host, this.toasts, () => this.knowledge.look());
    this.entrance = new Entrance(host, () => this.#arrive());
    this.queue = new Queue(host);
    this.search = new Search(host, this.workspace);
    this.seen = new Seen(host, this.toasts, this.workspace);
    this.tickets = new Records((id) => host.call('ticket_get', { id }));
    this.knownErrors = new Records((id) => host.call('known_error_get', { id }));
    this.articles = new Records((id) => host.call('article_get', { id }));
    this.cases = new Records((ids) => host.call('cases_list', { ids: JSON.parse(ids) as string[] }));
    this.workspace.onChange(() => this.again());
  }

  /** Starts the window; ends what it started. */
  open(): () => void {
    const stopEvents = this.workspace.open();
    const stopDrops = this.host.onFilesDropped((drop) => {
      this.dragging = drop.phase === 'over';
      if (drop.phase === 'dropped') this.#drop(drop.paths, drop.files ?? []);
    });
    const stopPost = this.host.onEvent((event) => {
      if (event.kind === 'outbox' && this.screen === 'outbox') void this.outbox.look();
      if (event.kind === 'triage') this.triage.heard(event.critical);
    });
    void this.queue.refresh();
    void this.triage.look();
    void this.keys.look();
    void this.repositories.look();
    return () => {
      stopPost();
      stopEvents();
      stopDrops();
    };
  }

  /** A recovery key was never made, there is something to lose, and nobody said *not now*. */
  get offersRecovery(): boolean {
    const status = this.workspace.status.value;
    return this.preferences.offered === false && status?.sample === false && this.keys.status.value?.recovery_made_at === null;
  }

  /** The workspace was shut until now. */
  async #arrive(): Promise<void> {
    await this.workspace.refresh();
    if (this.workspace.shut) return;
    await Promise.all([this.preferences.load(), this.queue.refresh(), this.keys.look()]);
  }

  /** What was done is said where the workspace is checked. */
  async mend(): Promise<void> {
    await this.entrance.mend();
    if (this.workspace.shut) return;
    this.go('settings');
    await this.workspace.check(false);
  }

  // Opening

  async openRow(row: Pick<QueueRow, 'id' | 'display_id'>): Promise<void> {
    this.layout.overlay = null;
    this.places.start({ kind: 'ticket', id: row.id });
    await this.seen.about({ kind: 'ticket', id: row.id, name: row.display_id });
  }

  async openSearchHit(hit: SearchHit): Promise<void> {
    if (hit.kind === 'ticket') return this.openRow(hit);
    this.layout.overlay = null;
    this.openOver({ kind: hit.kind === 'article' ? 'article' : 'known_error', id: hit.id });
  }

  /** Opens something in the ticket column without leaving the question. */
  openOver(place: Place): void {
    this.screen = 'seen';
    this.places.open(place);
    if (this.layout.shape === 'narrow') this.layout.overlay = 'ticket';
  }

  openCase(kind: string, id: string): void {
    this.openOver(kind === 'known_error' || kind === 'article' ? { kind, id } : { kind: 'ticket', id });
  }

  openSelected(): void {
    const { hit, banner, selected } = this.seen;
    if (selected === BANNER && banner) return this.openOver({ kind: 'known_error', id: banner.id });
    if (!hit) return;
    this.seen.noteOpened(hit.id);
    this.openCase(hit.kind, hit.id);
  }

  /** Writes about the ticket that is shown. */
  writeAbout(): void {
    const ticket = this.tickets.ask.value;
    if (!ticket) return;
    this.outbox.write({ id: ticket.id, name: ticket.display_id, source: ticket.source });
    this.go('outbox');
    void this.outbox.look().then(() => tick()).then(() => focusOn('outbox-where'));
  }

  /** Of the ticket that is shown, what people tied it to that its own server could be told. */
  get linkToWrite(): { ticket: string; problem: string } | null {
    const ticket = this.tickets.ask.value;
    if (this.screen !== 'seen' || !ticket || !this.outbox.mayLink(ticket.source)) return null;
    const own = (id: string | null): id is string => id !== null && id.startsWith(`${ticket.source}:`);
    const tied = ticket.links.find((link) => link.origin === 'human' && link.positive && link.outgoing && own(link.id));
    return tied?.id ? { ticket: ticket.id, problem: tied.id } : null;
  }

  async writeLink(): Promise<void> {
    const tied = this.linkToWrite;
    if (!tied || !(await this.outbox.link(tied.ticket, tied.problem))) return;
    this.go('outbox');
  }

  /** A text about a ticket, ready to become an issue of the first repository that may be written to. */
  async writeIssue(ticket: string, title: string, text: string): Promise<void> {
    const at = ticket.indexOf(':');
    this.outbox.write({ id: ticket, name: ticket.slice(at + 1), source: ticket.slice(0, at) });
    [this.outbox.title, this.outbox.text] = [title, text];
    this.go('outbox');
    await this.outbox.look();
    this.outbox.chosen = Math.max(0, this.outbox.targets.findIndex(({ kind }) => kind === 'issue'));
    await tick();
    focusOn('outbox-where');
  }

  openCases(title: string, ids: string[], since?: number): void {
    this.openOver({ kind: 'cases', title, ids, since });
  }

  // Asking

  /** Text that was pasted anywhere: the answer comes without a click. */
  paste(text: string): void {
    this.screen = 'seen';
    this.layout.overlay = null;
    this.draft = text;
    this.places.start({ kind: 'paste' });
    void this.seen.about({ kind: 'text', text }).then(() => {
      if (document.activeElement === document.body) this.moves.focusPane(true);
    });
  }

  write(text: string): void {
    this.draft = text;
    clearTimeout(this.#typing);
    const question = text.trim() === '' ? null : ({ kind: 'text', text } as const);
    this.#typing = setTimeout(() => void this.seen.about(question), 30);
  }

  newQuestion(): void {
    clearTimeout(this.#typing);
    this.screen = 'seen';
    this.draft = '';
    this.places.start({ kind: 'paste' });
    void this.seen.about(null);
    if (this.layout.shape === 'narrow') this.layout.overlay = 'ticket';
    void tick().then(() => focusOn('paste'));
  }

  async openExternal(url: string): Promise<void> {
    try {
      await this.host.openExternal(url);
    } catch (thrown) {
      this.toasts.fail(thrown);
    }
  }

  // Moving

  /** The sheet that is open, also beneath the palette. */
  get sheetOf(): Sheet {
    return this.sheet === 'palette' ? this.beneath : this.sheet;
  }

  openPalette(): void {
    if (this.sheet === 'palette') return;
    [this.beneath, this.sheet] = [this.sheet, 'palette'];
  }

  /** Back to what it lies over; `sheet`: to that one instead, or to none. */
  closePalette(sheet: Sheet = this.beneath): void {
    [this.sheet, this.beneath] = [sheet, null];
  }

  go(screen: Screen): void {
    this.layout.overlay = null;
    this.screen = screen;
    void tick().then(() => focusOn(screen === 'seen' ? 'queue' : screen));
  }

  focusSearch(): void {
    if (this.screen === 'known' && focusOn('known-find')) return;
    this.screen = 'seen';
    if (this.layout.shape !== 'wide') this.layout.overlay = 'queue';
    void tick().then(() => {
      const box = document.querySelector<HTMLInputElement>('[data-focus="search"]');
      box?.focus();
      box?.select();
    });
  }

  /** What narrows the search, with the keys on it. */
  narrowSearch(): void {
    this.focusSearch();
    this.search.showNarrowing(true);
    void tick().then(() => focusOn('narrow'));
  }

  showQueue(): void {
    this.screen = 'seen';
    if (this.layout.shape !== 'wide') this.layout.overlay = 'queue';
    void tick().then(() => focusOn('queue'));
  }

  showTicket(): void {
    this.screen = 'seen';
    if (this.layout.shape === 'narrow') this.layout.overlay = 'ticket';
    void tick().then(() => focusOn('ticket'));
  }

  /** What is on screen may say something else by now. */
  again(): void {
    void this.queue.refresh();
    void this.search.run();
    this.seen.again();
    if (this.screen === 'privacy') void this.privacy.look();
    if (this.screen === 'exam') void this.exam.look();
    if (this.screen === 'insights') void this.insights.look();
    if (this.screen === 'programme') void this.programme.look();
    if (this.screen === 'escalations') void this.escalations.look();
    if (this.screen === 'rules') void this.rules.look();
    if (this.screen === 'runbooks') void this.runbooks.look();
    if (this.screen === 'training') void this.training.look();
    if (this.screen === 'known') void this.known.look();
    if (this.screen === 'curate') void this.curating.look();
    if (this.screen === 'follow-ups') void this.curating.lookAtFollowUps();
    for (const records of [this.tickets, this.knownErrors, this.articles, this.cases]) records.again();
  }

  #drop(paths: string[], files: File[]): void {
    const [path] = paths;
    // On a ticket it tells what happened there.
    if (this.caseFiles.possible !== null && paths.length + files.length > 0) {
      void this.caseFiles.open().then(() => this.caseFiles.take(paths, files));
      return;
    }
    if (path === undefined) this.toasts.say(words.settings.dropUnknown);
    if (path !== undefined) this.importing.path = path;
    this.forms.import();
  }
}

const KEY = Symbol('app');

export const provideApp = (app: App): App => setContext(KEY, app);
export const useApp = (): App => getContext<App>(KEY);
