import { since, type Span } from '../text/spans';
import { resolutionClass } from '../text/terms';
import { words } from '../text/words';
import type { App } from './app.svelte';

/** A number on screen opens the rows behind it. */
export class Behind {
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** The rows behind *seen 14 times*. */
  earlier(): void {
    const { answer } = this.#app.seen;
    if (answer) this.#app.openCases(words.seen.cases, answer.verdict.cases);
  }

  /** The rows behind *9 of 11*: those that ended so. */
  usual(): void {
    const usually = this.#app.seen.answer?.verdict.usually;
    if (usually) this.#app.openCases(words.seen.usuallyCases(resolutionClass(usually.class)), usually.ids);
  }

  /** The rows behind *3 today*: those of the week, from the start of the span on. */
  others(span: Span): void {
    const { answer } = this.#app.seen;
    if (answer) this.#app.openCases(words.duplicates.title[span], answer.duplicates.tickets, since(span, Date.now()));
  }

  /** The rows behind *3 other tickets*: a signature's code is a word that search knows. */
  signature(code = this.#app.seen.answer?.ran[0]?.code): void {
    if (code === undefined) return;
    this.#app.focusSearch();
    this.#app.search.type(code);
  }

  /** The rows behind a source's number of tickets. */
  source(name: string): void {
    this.#app.focusSearch();
    this.#app.search.type(`source:${name}`);
  }
}
