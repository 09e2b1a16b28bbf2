import { tick } from 'svelte';
import type { CodeFixView } from '../host';

/** What the ticket column shows. */
export type Place =
  | { kind: 'paste' }
  /** `from`: the screen that one step back from here leads to. */
  | { kind: 'ticket'; id: string; from?: 'exam' }
  | { kind: 'known_error'; id: string }
  /** An article or a concept of the team's folder. */
  | { kind: 'article'; id: string }
  /** A file of a repository at a version. */
  | { kind: 'code'; repo: string; at: string; path: string; line: number | null; against?: string }
  /** What the history says of a fix. */
  | { kind: 'passport'; fix: CodeFixView }
  /** The rows behind a number. */
  | { kind: 'cases'; title: string; ids: string[]; since?: number };

interface Step {
  place: Place;
  /** Where focus and scroll were when the next place was opened over this one. */
  focus: string | null;
  scroll: number;
}

/** The way through the ticket column. Each step back puts focus and scroll where they were. */
export class Places {
  #steps = $state.raw<Step[]>([{ place: { kind: 'paste' }, focus: null, scroll: 0 }]);
  current = $derived<Place>(this.#steps.at(-1)?.place ?? { kind: 'paste' });
  /** The place under the one that is shown; `null` at the bottom. */
  below = $derived<Place | null>(this.#steps.at(-2)?.place ?? null);
  /** The column's scroller, while it is on screen. */
  scroller: HTMLElement | null = null;

  /** Something new to answer: the way starts again. */
  start(place: Place): void {
    this.#steps = [{ place, focus: null, scroll: 0 }];
    this.#scrollTo(0);
  }

  /** Opens over what is there. */
  open(place: Place): void {
    const top = this.#steps.at(-1);
    if (!top) return this.start(place);
    const left: Step = { ...top, focus: focusMark(), scroll: this.scroller?.scrollTop ?? 0 };
    this.#steps = [...this.#steps.slice(0, -1), left, { place, focus: null, scroll: 0 }];
    this.#scrollTo(0);
  }

  /** One step back; `false` when there is none. */
  back(): boolean {
    if (this.#steps.length < 2) return false;
    this.#steps = this.#steps.slice(0, -1);
    const top = this.#steps.at(-1);
    this.#scrollTo(top?.scroll ?? 0);
    void tick().then(() => focusOn(top?.focus ?? null));
    return true;
  }

  #scrollTo(top: number): void {
    void tick().then(() => {
      if (this.scroller) this.scroller.scrollTop = top;
    });
  }
}

/** Elements that can be returned to carry `data-focus`: their names survive a redraw, the elements may not. */
export function focusMark(): string | null {
  const focused = document.activeElement;
  return focused instanceof HTMLElement ? (focused.closest<HTMLElement>('[data-focus]')?.dataset.focus ?? null) : null;
}

const marked = (mark: string) => document.querySelector<HTMLElement>(`[data-focus="${CSS.escape(mark)}"]`);

/** `still` leaves the scroll as it is. */
export function focusOn(mark: string | null, still = false): boolean {
  if (mark === null) return false;
  const element = marked(mark);
  element?.focus({ preventScroll: still });
  return element !== null;
}

/** Of what may be longer than the screen: its beginning is in sight. */
export function goTo(mark: string): void {
  if (focusOn(mark, true)) marked(mark)?.scrollIntoView({ block: 'start' });
}
