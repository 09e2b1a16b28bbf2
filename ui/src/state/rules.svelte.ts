import { tick } from 'svelte';
import type { RuleBacktest, RuleCheck, RuleScore, RuleScores, RuleText, RuleView } from '../host';
import { rules as words } from '../text/rules';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';

const CHECK_MS = 120;

/** The rules of the knowledge folder, and the one that is being written. */
export class Rules extends OneAtATime {
  all = new Ask<RuleView[]>();
  scores = new Ask<RuleScores>();
  check = new Ask<RuleCheck>();
  /** The last backtest of what is in the editor. */
  told = new Ask<RuleBacktest>();
  /** The file that is edited; empty of a new one, `null` while the editor is closed. */
  path = $state<string | null>(null);
  text = $state('');
  /** What the file holds. */
  before = $state<string | null>(null);
  changed = $derived(this.before === null ? this.text.trim() !== '' : this.text !== this.before);
  testing = $state(false);
  mistakes = $derived(this.check.value?.mistakes ?? []);
  #app: App;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  /** The rule in the editor, as the folder has it. */
  get edited(): RuleView | null {
    return this.all.value?.find((rule) => rule.path === this.path) ?? null;
  }

  scoreOf = (id: string): RuleScore | undefined => this.scores.value?.scores.find((score) => score.id === id);

  async look(): Promise<void> {
    await this.all.ask(() => this.#app.host.call('rules_list', {}));
    if (this.all.value?.some((rule) => rule.backtest && rule.state !== 'draft')) await this.scores.ask(() => this.#app.host.call('rules_scores', {}));
  }

  async open(path: string): Promise<void> {
    await this.alone(async () => this.#show(await this.#app.host.call('rule_get', { id: path })));
    focusOn('rule-text');
  }

  /** A rule that does not exist yet. */
  async begin(text: string = words.starter): Promise<void> {
    this.path = '';
    this.before = null;
    this.told.forget();
    this.write(text);
    await tick();
    focusOn('rule-text');
  }

  close(): void {
    const { path } = this;
    this.path = null;
    this.told.forget();
    this.check.forget();
    void tick().then(() => focusOn(path ? `rule:${path}` : 'rules') || focusOn('rules'));
  }

  write(text: string): void {
    this.text = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#read(), CHECK_MS);
  }

  /** What was read is always what stands there: it is checked once more where somebody types on. */
  async #read(): Promise<void> {
    await this.check.ask(() => this.#app.host.call('rule_check', { text: this.text, path: this.path || undefined }));
  }

  async save(): Promise<void> {
    if (this.path === null || !this.changed) return;
    const { path, before } = this;
    await this.alone(
      async () => {
        const saved = await this.#app.host.call('rule_save', path && before !== null ? { text: this.text, path, before } : { text: this.text });
        this.#show(saved);
        this.#app.toasts.say(words.saved(saved.rule.id));
      },
      () => this.look(),
    );
  }

  /** Of what stands in the editor, saved or not. Where the file holds the same, it notes what was measured. */
  async backtest(): Promise<void> {
    if (this.path === null) return;
    const { path, before } = this;
    await this.alone(
      async () => {
        this.testing = true;
        const told = await this.told.ask(() => this.#app.host.call('rule_backtest', { text: this.text, path: path || undefined }));
        this.testing = false;
        if (!told?.kept || !path || this.path !== path) return;
        const now = await this.#app.host.call('rule_get', { id: path });
        if (this.text === before) this.text = now.text;
        this.before = now.text;
      },
      () => {
        this.testing = false;
        return this.look();
      },
    );
  }

  /** Enabled or muted, with the way back. */
  async set(rule: RuleView, state: 'enabled' | 'muted' | 'draft'): Promise<void> {
    const old = rule.state as typeof state;
    await this.alone(
      async () => {
        await this.#set(rule, state);
        this.#app.toasts.sayUndoable(state === 'enabled' ? words.enabled(rule.title) : words.muted(rule.title), async () => {
          await this.#set(rule, old);
          await this.look();
        });
      },
      () => this.look(),
    );
  }

  /** From the ticket that is shown. */
  async make(ticket: string): Promise<void> {
    await this.alone(async () => {
      const draft = await this.#app.host.call('rule_make', { id: ticket });
      this.#app.go('rules');
      await this.begin(draft.text);
    });
  }

  async #set(rule: RuleView, state: string): Promise<void> {
    const set = await this.#app.host.call('rule_state_set', { id: rule.path, state });
    if (this.path === rule.path) {
      if (!this.changed) this.text = set.text;
      this.before = set.text;
    }
    this.#app.seen.again();
  }

  #show({ rule, text }: RuleText): void {
    if (this.path !== rule.path) this.told.forget();
    this.path = rule.path;
    this.before = text;
    this.write(text);
  }
}
