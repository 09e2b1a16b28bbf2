import type { ConfigView, CoveredView, Host, Ledger, PrivacyView, PurgeView, RetentionRuleView, RetentionView, SourceDetail } from '../host';
import { privacy as words } from '../text/privacy';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import type { Toasts } from './toasts.svelte';

/** A rule while it is being written. Empty is any. */
export interface Draft {
  days: number | null;
  group: string;
  product: string;
}

const draft = ({ days, group, product }: RetentionRuleView): Draft => ({ days, group: group ?? '', product: product ?? '' });
const rule = ({ days, group, product }: Draft): RetentionRuleView => ({ days: days ?? 0, group: group || null, product: product || null });

/** Where the data lies, how long it stays, and deleting it. */
export class Privacy extends OneAtATime {
  overview = new Ask<PrivacyView>();
  stored = new Ask<RetentionView>();
  covered = new Ask<CoveredView>();
  config = new Ask<ConfigView>();
  /** Newest requests first, and how many there ever were. */
  ledger = new Ask<Ledger>();
  /** The rows behind that number are shown. */
  listing = $state(false);
  sources = new Ask<SourceDetail[]>();
  rules = $state<Draft[]>([]);
  /** What a purge would take, before somebody says it again. */
  purging = $state.raw<PurgeView | null>(null);
  /** The rules were asked to be kept, and what goes with them has to be said again. */
  sure = $state(false);
  bad = $derived(this.rules.some(({ days }) => days === null || !Number.isInteger(days) || days < 1));
  changed = $derived(JSON.stringify(this.rules.map(rule)) !== JSON.stringify(this.stored.value?.rules ?? []));
  #host: Host;
  #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    super(toasts);
    this.#host = host;
    this.#toasts = toasts;
  }

  /** Rules that somebody is writing stay as they are. */
  async look(): Promise<void> {
    const before = this.stored.value;
    void this.overview.ask(() => this.#host.call('privacy_overview', {}));
    void this.ledger.ask(() => this.#host.call('ledger_list', { limit: 100 }));
    void this.sources.ask(() => this.#host.call('sources_list', {}));
    if (this.config.value) void this.showConfig();
    const stored = await this.stored.ask(() => this.#host.call('retention_get', {}));
    const writing = before !== null && JSON.stringify(this.rules.map(rule)) !== JSON.stringify(before.rules);
    if (stored && !writing) this.rules = stored.rules.map(draft);
    await this.preview();
  }

  leave(): void {
    this.sure = false;
    this.listing = false;
    this.purging = null;
    this.config.forget();
  }

  addRule(): void {
    this.rules = [...this.rules, { days: 365, group: '', product: '' }];
    void this.preview();
  }

  change(at: number, to: Partial<Draft>): void {
    this.rules = this.rules.map((rule, i) => (i === at ? { ...rule, ...to } : rule));
    void this.preview();
  }

  removeRule(at: number): void {
    this.rules = this.rules.filter((_, i) => i !== at);
    void this.preview();
  }

  forgetRules(): void {
    this.rules = (this.stored.value?.rules ?? []).map(draft);
    void this.preview();
  }

  /** What the rules as they stand now would take. */
  async preview(): Promise<void> {
    this.sure = false;
    if (this.bad || this.rules.length === 0) return this.covered.forget();
    await this.covered.ask(() => this.#host.call('retention_preview', { rules: this.rules.map(rule) }));
  }

  /** Where tickets go with it, only once that was said. */
  async keepRules(): Promise<void> {
    if (this.bad || !this.changed) return;
    const tickets = this.covered.value?.tickets ?? 0;
    if (tickets > 0 && !this.sure) {
      this.sure = true;
      return;
    }
    await this.alone(async () => {
      const kept = this.rules.map(rule);
      await this.#host.call('retention_set', { rules: kept, confirmed: tickets });
      if (this.stored.value) this.stored.value = { ...this.stored.value, rules: kept };
      this.#toasts.say(tickets > 0 ? words.keptAndGone(tickets) : words.kept);
    });
    // Another number of tickets than was said: it is counted anew, and said again.
    await this.look();
  }

  async askPurge(source: string): Promise<void> {
    await this.alone(async () => {
      this.purging = await this.#host.call('purge_preview', { source });
    });
  }

  async purge(): Promise<void> {
    const { purging } = this;
    if (!purging) return;
    await this.alone(async () => {
      const gone = await this.#host.call('purge', { source: purging.what });
      this.purging = null;
      this.#toasts.say(words.purged(gone.what, gone.tickets));
    });
    await this.look();
  }

  showConfig(): Promise<ConfigView | null> {
    return this.config.ask(() => this.#host.call('config_export', {}));
  }

  async copyConfig(): Promise<void> {
    await this.alone(async () => {
      const { json } = await this.#host.call('config_export', {});
      await this.#host.copyText(json);
      this.#toasts.say(words.copiedConfig);
    });
  }
}
