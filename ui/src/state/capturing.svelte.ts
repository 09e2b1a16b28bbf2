import { tick } from 'svelte';
import type { CaptureDraft, CaptureNear } from '../host';
import { capture as words } from '../text/curation';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';

export const SECTIONS = ['issue', 'environment', 'cause', 'workaround', 'resolution'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** What was learned on a solved ticket, while somebody completes it. */
export class Capturing extends OneAtATime {
  draft = new Ask<CaptureDraft>();
  ticket = $state<string | null>(null);
  kind = $state<'known_error' | 'article'>('known_error');
  title = $state('');
  texts = $state<Record<SectionName, string>>(empty());
  /** The code that it is about, as links. */
  code = $state<string[]>([]);
  #tried = $state(false);
  titleMissing = $derived(this.#tried && this.title.trim() === '');
  resolutionMissing = $derived(this.#tried && this.kind === 'article' && this.texts.resolution.trim() === '');
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  /** The ticket that is the question on screen. */
  get possible(): string | null {
    return this.#app.escalating.possible;
  }

  async open(ticket = this.possible): Promise<void> {
    if (ticket === null) return;
    if (ticket !== this.ticket) {
      this.draft.forget();
      [this.title, this.texts, this.#tried] = ['', empty(), false];
    }
    this.ticket = ticket;
    this.#app.sheet = 'capture';
    if (this.draft.value) return;
    const draft = await this.draft.ask(() => this.#app.host.call('capture_draft', { ticket }));
    if (!draft) return;
    this.title = draft.title;
    for (const name of SECTIONS) this.texts[name] = draft[name];
    this.code = draft.code;
    this.kind = draft.resolution.trim() !== '' && draft.workaround.trim() === '' && draft.fix_versions.length === 0 ? 'article' : 'known_error';
  }

  close(): void {
    this.#app.sheet = null;
  }

  async save(): Promise<void> {
    this.#tried = true;
    const { ticket, kind, title } = this;
    if (ticket === null || this.titleMissing || this.resolutionMissing) return;
    await this.alone(async () => {
      const { path, text } = await this.#app.host.call('capture_save', { ticket, kind, title, ...this.texts, code: this.code });
      this.#done(words.saved(title), () => this.#app.host.call('capture_undo', { path, before: text, text: '' }));
    });
  }

  /** The ticket belongs to it; `anew` writes the sheet's texts into it too. */
  async tie(near: CaptureNear, anew: boolean): Promise<void> {
    const { ticket } = this;
    if (ticket === null) return;
    await this.alone(async () => {
      if (near.path === null) {
        // The helpdesk's own: it is written there, and the ticket is tied to it here.
        const { undo } = await this.#app.host.call('feedback_set', { question: ticket, hit: near.id, verdict: 'used' });
        return this.#done(words.tied(near.title), () => this.#app.host.call('feedback_undo', { undo }));
      }
      const { path, before, text } = await this.#app.host.call('capture_into', { ticket, entry: near.path, ...(anew ? this.texts : {}) });
      this.#done(anew ? words.written(near.title) : words.tied(near.title), () => this.#app.host.call('kb_save', { path, before: text, text: before }));
    });
  }

  /** One of those that say nearly the same, in full. */
  look(near: CaptureNear): void {
    const { kind, id, path } = near;
    this.close();
    this.#app.openOver(kind === 'article' ? { kind: 'article', id: `knowledge:${path}` } : { kind: 'known_error', id: path === null ? id : `knowledge:${id}` });
  }

  leave(link: string): void {
    this.code = this.code.filter((one) => one !== link);
  }

  async dismiss(ticket: string, why: string): Promise<void> {
    const item = `capture:${ticket}`;
    await this.alone(async () => {
      await this.#app.host.call('aside_set', { item, why });
      this.#done(words.dismissed, () => this.#app.host.call('aside_set', { item }));
    });
  }

  #done(told: string, undo: () => Promise<unknown>): void {
    const again = async () => {
      if (this.#app.screen === 'curate') await this.#app.curating.look();
      this.#app.seen.again();
    };
    this.close();
    this.draft.forget();
    this.ticket = null;
    this.#app.toasts.sayUndoable(told, async () => {
      await undo();
      await again();
    });
    void tick().then(again);
  }
}

function empty(): Record<SectionName, string> {
  return { issue: '', environment: '', cause: '', workaround: '', resolution: '' };
}
