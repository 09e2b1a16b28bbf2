import { tick } from 'svelte';
import type { InterviewNote, InterviewView, ProgrammeView, StepView } from '../host';
import { programme as words, type Often, type Role } from '../text/programme';
import type { App, Screen } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';

/** Where a step is done. */
const PLACES: Record<string, Screen> = {
  baseline: 'insights',
  reasons: 'insights',
  known_errors: 'known',
  knowledge: 'curate',
  guidelines: 'escalations',
  concepts: 'training',
  connected: 'settings',
  triage: 'rules',
  self_service: 'runbooks',
  refine: 'rules',
  expand: 'insights',
  institutional: 'settings',
  targets: 'insights',
};
/** Further down on the same page. */
const BELOW: Record<string, string> = { interviews: 'interviews', gaps: 'tools' };

const today = () => new Date().toISOString().slice(0, 10);
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The programme: what is ticked of it, and what people told. */
export class Programme extends OneAtATime {
  view = new Ask<ProgrammeView>();
  role = $state<Role>('l2');
  often = $state<Often>('weekly');
  day = $state(today());
  pain = $state('');
  tools = $state('');
  quote = $state('');
  /** The one that is changed; `null`: a new one. */
  editing = $state<number | null>(null);
  find = $state('');
  #tried = $state(false);
  painMissing = $derived(this.#tried && this.pain.trim() === '');
  found = $derived.by(() => {
    const wanted = this.find.trim().toLowerCase();
    const said = (one: InterviewView) => [one.pain, one.quote, one.role, words.interviews.roles[one.role as Role], ...one.tools].join('\n').toLowerCase();
    return (this.view.value?.interviews ?? []).filter((one) => said(one).includes(wanted));
  });
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  async look(): Promise<void> {
    await this.view.ask(() => this.#app.host.call('programme_get', {}));
  }

  /** Whether there is a place where it is done. */
  leads({ name }: StepView): boolean {
    return name in PLACES || name in BELOW;
  }

  visit({ name }: StepView): void {
    const below = BELOW[name];
    if (below !== undefined) return void focusOn(below);
    const place = PLACES[name];
    if (place !== undefined) this.#app.go(place);
  }

  tick({ name, title }: StepView, done: boolean): Promise<void> {
    const set = (to: boolean) => this.#app.host.call('programme_tick', { step: name, done: to });
    return this.alone(
      async () => {
        await set(done);
        this.#app.toasts.sayUndoable(done ? words.ticked(title) : words.unticked(title), async () => {
          await set(!done);
          await this.look();
        });
      },
      () => this.look(),
    );
  }

  async keep(): Promise<void> {
    this.#tried = true;
    if (this.painMissing) return;
    const id = this.editing;
    const at = Date.parse(this.day);
    const note: InterviewNote = { role: this.role, often: this.often, pain: this.pain, tools: this.tools, quote: this.quote, ...(Number.isNaN(at) ? {} : { at }) };
    await this.alone(
      async () => {
        const kept = await this.#app.host.call('interview_set', { ...(id === null ? {} : { id }), note });
        this.leave();
        this.#app.toasts.sayUndoable(id === null ? words.interviews.kept : words.interviews.changed, () => this.#set(kept.id, kept.before));
      },
      () => this.look(),
    );
    await tick();
    focusOn('interview-pain');
  }

  remove({ id }: InterviewView): Promise<void> {
    return this.alone(
      async () => {
        const gone = await this.#app.host.call('interview_set', { id, note: null });
        if (this.editing === id) this.leave();
        this.#app.toasts.sayUndoable(words.interviews.gone, () => this.#set(id, gone.before));
        focusOn('interviews');
      },
      () => this.look(),
    );
  }

  edit(one: InterviewView): void {
    [this.role, this.often, this.day] = [one.role as Role, one.often as Often, dayOf(one.at)];
    [this.pain, this.tools, this.quote] = [one.pain, one.tools.join(', '), one.quote];
    this.editing = one.id;
    focusOn('interview-pain');
  }

  leave(): void {
    [this.pain, this.tools, this.quote, this.day, this.editing, this.#tried] = ['', '', '', today(), null, false];
  }

  async copy(): Promise<void> {
    const text = this.view.value?.markdown;
    if (text !== undefined) await this.#app.outgoing.copy(text, [], words.copied);
  }

  async #set(id: number, note: InterviewNote | null): Promise<void> {
    await this.#app.host.call('interview_set', { id, note });
    await this.look();
  }
}
