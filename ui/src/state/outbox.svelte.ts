import { tick } from 'svelte';
import type { Host, OutboxItem, SourceDetail } from '../host';
import { outbox as words } from '../text/outbox';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';
import type { Toasts } from './toasts.svelte';

/** What is to be written, and where. */
export interface Target {
  kind: 'note' | 'comment' | 'issue';
  /** A ticket for a note or a comment, a source for an issue. */
  to: string;
  label: string;
}

/** What leaves for good: written down and shown, then sent by a click. */
export class Outbox extends OneAtATime {
  list = new Ask<OutboxItem[]>();
  sources = new Ask<SourceDetail[]>();
  /** The one that is shown in full. */
  opened = $state<number | null>(null);
  /** The case that is written about, while somebody writes. */
  about = $state<{ id: string; name: string; source: string } | null>(null);
  chosen = $state(0);
  title = $state('');
  text = $state('');
  asIs = $state(false);
  /** The one that is written anew: it is dropped once another stands in its place. */
  #edited: OutboxItem | null = null;
  #tried = $state(false);
  targets = $derived.by((): Target[] => {
    const about = this.about;
    const may = (this.sources.value ?? []).filter((source) => source.may_write);
    const own = about === null ? [] : may.filter((source) => source.name === about.source);
    const on = own.flatMap((source) => source.writes.filter((kind) => kind === 'note' || kind === 'comment').map((kind): Target => ({ kind: kind as 'note' | 'comment', to: about?.id ?? '', label: words.on[kind as 'note' | 'comment'](about?.name ?? '') })));
    // What the fewest people see comes first.
    on.sort((a, b) => Number(b.kind === 'note') - Number(a.kind === 'note'));
    return [...on, ...may.filter((source) => source.writes.includes('issue')).map((source): Target => ({ kind: 'issue', to: source.name, label: words.issueIn(source.name) }))];
  });
  target = $derived<Target | null>(this.targets[this.chosen] ?? null);
  noText = $derived(this.#tried && this.text.trim() === '');
  noTitle = $derived(this.#tried && this.target?.kind === 'issue' && this.title.trim() === '');
  #host: Host;
  #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    super(toasts);
    this.#host = host;
    this.#toasts = toasts;
  }

  /** Whether that one ticket is an incident of another can be said where both lie. */
  mayLink(source: string): boolean {
    return (this.sources.value ?? []).some((one) => one.name === source && one.may_write && one.writes.includes('link'));
  }

  /** Writes down that a ticket is one of a problem; it leaves once somebody sends it. */
  async link(ticket: string, problem: string): Promise<boolean> {
    let written = false;
    await this.alone(
      async () => {
        this.opened = (await this.#host.call('outbox_write', { kind: 'link', to: ticket, problem, text: '' })).id;
        written = true;
      },
      () => this.look(),
    );
    return written;
  }

  async lookAtSources(): Promise<void> {
    await this.sources.ask(() => this.#host.call('sources_list', {}));
  }

  async look(): Promise<void> {
    await Promise.all([this.list.ask(() => this.#host.call('outbox_list', {})), this.sources.ask(() => this.#host.call('sources_list', {}))]);
  }

  write(about: { id: string; name: string; source: string }): void {
    if (this.about?.id !== about.id) [this.chosen, this.title, this.text, this.asIs] = [0, '', '', false];
    this.about = about;
    this.#tried = false;
  }

  /** Its text once more, to be shown and sent in its place. */
  edit(item: OutboxItem): void {
    const to = `${item.source}:${item.on ?? ''}`;
    this.write({ id: to, name: item.on ?? item.source, source: item.source });
    this.#edited = item;
    this.chosen = Math.max(0, this.targets.findIndex((target) => target.kind === item.kind && target.to === to));
    [this.title, this.text] = [item.title ?? '', item.text];
    void tick().then(() => document.getElementById('outbox-text')?.focus());
  }

  leaveForm(): void {
    this.#edited = null;
    this.about = null;
    [this.title, this.text] = ['', ''];
  }

  toggle(id: number): void {
    this.opened = this.opened === id ? null : id;
  }

  /** Written down as it would leave, and opened: nothing leaves. */
  preview(): Promise<void> {
    this.#tried = true;
    const { target, about } = this;
    if (!target || this.noText || this.noTitle) return Promise.resolve();
    return this.#do(async () => {
      const title = target.kind === 'issue' ? { title: this.title } : {};
      const item = await this.#host.call('outbox_write', { kind: target.kind, to: target.to, text: this.text, as_is: this.asIs, ...title, ...(about ? { about: about.id } : {}) });
      const edited = this.#edited;
      this.leaveForm();
      if (edited) await this.#host.call('outbox_drop', { id: edited.id });
      this.opened = item.id;
      void tick().then(() => focusOn(`outbox:${item.id}`));
    });
  }

  /** The click. It names the seal of what is on the screen. */
  send(item: OutboxItem, notThere = false): Promise<void> {
    return this.#do(async () => {
      const sent = await this.#host.call('outbox_send', { id: item.id, seal: item.seal, not_there: notThere, ...(item.conflict ? { seen: item.conflict.seal } : {}) });
      // What did not end so is said where it stands.
      if (sent.state === 'sent') this.#toasts.say(words.sent);
    });
  }

  drop(item: OutboxItem): Promise<void> {
    return this.#do(async () => {
      await this.#host.call('outbox_drop', { id: item.id });
      this.#toasts.say(words.dropped);
    });
  }

  #do(work: () => Promise<void>): Promise<void> {
    return this.alone(work, () => this.look());
  }
}
