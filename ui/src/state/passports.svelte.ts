import type { CodeFixView, PassportsView } from '../host';
import { passport as words } from '../text/passport';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';

/** Cases behind the verdict that are looked up; a fix is known of the newest or of none. */
const CASES = 20;

/** Where the fixes of what the pane shows are. Asked for apart, once the answer is there. */
export class Passports {
  ask = new Ask<PassportsView>();
  byId = $derived(new Map<string, CodeFixView>((this.ask.value?.passports ?? []).map(({ id, fix }) => [id, fix])));
  #about: string | null = null;
  #app: App;
  /** Of the problem that the verdict is about: the known error's, else of the newest case that has one. */
  verdict = $derived.by<CodeFixView | null>(() => {
    for (const id of this.#problem) {
      const fix = this.byId.get(id);
      if (fix) return fix;
    }
    return null;
  });

  constructor(app: App) {
    this.#app = app;
  }

  /** Of what is selected in the pane; of the problem where that has none. */
  get selected(): CodeFixView | null {
    const { hit, banner } = this.#app.seen;
    const own = hit ? this.byId.get(hit.id) : banner ? this.byId.get(banner.id) : undefined;
    return own ?? this.verdict;
  }

  follow(question: string): void {
    if (this.#about !== question) this.ask.forget();
    this.#about = question;
    void this.look();
  }

  async look(): Promise<void> {
    const { seen, code, host } = this.#app;
    const question = seen.asked;
    if (question === null) return this.ask.forget();
    const ids = [...new Set([...this.#problem, ...seen.hits.map(({ id }) => id)])];
    if (ids.length === 0) return this.ask.forget();
    await this.ask.ask(() => host.call('code_passports', { question, ids, ...code.chosen, lane: 'passports' }));
  }

  open(fix = this.selected): void {
    if (fix) this.#app.openOver({ kind: 'passport', fix });
  }

  get #problem(): string[] {
    const { banner, answer } = this.#app.seen;
    return [...(banner ? [banner.id] : []), ...(answer?.verdict.cases ?? []).slice(0, CASES)];
  }

  /** Says that a commit has nothing to do with the issue that it names; what says so of the issue follows. */
  async unlink({ repo, reference }: CodeFixView, commit: string): Promise<void> {
    const { host, toasts } = this.#app;
    const say = async (unlink: boolean) => {
      await host.call('code_unlink', { repo, reference, commit, unlink });
      await this.look();
    };
    try {
      await say(true);
      toasts.sayUndoable(words.unlinked(commit, reference), () => say(false));
    } catch (thrown) {
      toasts.fail(thrown);
    }
  }
}
