import type { SeverityView } from '../host';
import { severity as words } from '../text/severity';
import { Ask } from './ask.svelte';
import type { App } from './app.svelte';
import { focusOn } from './places.svelte';

/** Opens the first that is on screen; by the mouse it is a fold like any other. */
export function openWhatIf(): void {
  const fold = document.querySelector<HTMLElement>('[data-focus="what-if"]')?.closest('details');
  if (!fold) return;
  fold.open = true;
  focusOn('what-if');
}

type Numbers = { accounts: number; people: number; usual: number; fromAccounts: number; fromTimes: number };

const numbers = ({ accounts, people, usual, rule }: SeverityView): Numbers => ({ accounts, people, usual, fromAccounts: rule.accounts, fromTimes: rule.times });

/** How severe something would be with other numbers. Nothing is kept until somebody says so. */
export class WhatIf {
  would = new Ask<SeverityView>();
  is = $state.raw<Numbers>({ accounts: 0, people: 0, usual: 0, fromAccounts: 5, fromTimes: 10 });
  /** Another bar than the one that is kept. */
  ruled = $derived.by(() => this.is.fromAccounts !== this.#now().rule.accounts || this.is.fromTimes !== this.#now().rule.times);
  moved = $derived.by(() => JSON.stringify(this.is) !== JSON.stringify(numbers(this.#now())));
  #app: App;
  #now: () => SeverityView;
  #kept: () => Promise<unknown>;

  /** `kept`: what is done once the bars are others. */
  constructor(app: App, now: () => SeverityView, kept: () => Promise<unknown>) {
    [this.#app, this.#now, this.#kept] = [app, now, kept];
    this.is = numbers(now());
  }

  back(): void {
    this.is = numbers(this.#now());
    this.would.forget();
  }

  async set(change: Partial<Numbers>): Promise<void> {
    this.is = { ...this.is, ...change };
    const { accounts, people, usual, fromAccounts, fromTimes } = this.is;
    await this.would.ask(() => this.#app.host.call('severity_get', { accounts, people, usual, rule: { accounts: fromAccounts, times: fromTimes } }));
  }

  async keep(): Promise<void> {
    const { accounts, times } = this.#now().rule;
    const put = async (rule: { accounts: number; times: number }) => {
      await this.#app.host.call('severity_set', rule);
      await this.#kept();
      this.back();
    };
    const rule = { accounts: this.is.fromAccounts, times: this.is.fromTimes };
    try {
      await put(rule);
      this.#app.toasts.sayUndoable(words.kept(rule), () => put({ accounts, times }));
    } catch (thrown) {
      this.#app.toasts.fail(thrown);
    }
  }
}
