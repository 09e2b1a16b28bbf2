import { asHostError } from '../host/error';
import { errorWords } from '../text/errors';
import { words } from '../text/words';

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  /** Set while it can be taken back. */
  undo: (() => Promise<void>) | null;
  /** What can be done about it, each with the action that does the same. */
  acts?: ToastAct[];
}

export interface ToastAct {
  label: string;
  action: string;
  run: () => void;
}

const SAY_MS = 2000;
const UNDO_MS = 8000;

/** Short messages, and the way back from what they tell of. */
export class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  /** What `z` takes back, newest last. It outlives the toast: a message that has faded can still be undone. */
  #undoable = $state.raw<Toast[]>([]);
  canUndo = $derived(this.#undoable.length > 0);

  say(text: string): void {
    this.#show({ id: this.#next++, text, tone: 'plain', undo: null }, SAY_MS);
  }

  sayUndoable(text: string, undo: () => Promise<void>): void {
    const toast: Toast = { id: this.#next++, text, tone: 'plain', undo };
    this.#undoable = [...this.#undoable, toast].slice(-50);
    this.#show(toast, UNDO_MS);
  }

  /** Answers the number by which it can be dismissed. */
  sayWith(text: string, acts: ToastAct[]): number {
    const id = this.#next++;
    this.#show({ id, text, tone: 'plain', undo: null, acts }, UNDO_MS);
    return id;
  }

  fail(thrown: unknown): void {
    const { what, next } = errorWords(asHostError(thrown));
    this.#show({ id: this.#next++, text: `${what} ${next}`, tone: 'bad', undo: null }, UNDO_MS);
  }

  async undo(toast = this.#undoable.at(-1)): Promise<void> {
    if (!toast?.undo) return this.say(words.toasts.nothingToUndo);
    this.#undoable = this.#undoable.filter((other) => other.id !== toast.id);
    this.dismiss(toast.id);
    try {
      await toast.undo();
      this.say(words.toasts.undone);
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** A message under the pointer stays until it has been read. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  release(id: number): void {
    if (this.list.some((toast) => toast.id === id)) this.#timers.set(id, setTimeout(() => this.dismiss(id), SAY_MS));
  }

  #show(toast: Toast, ms: number): void {
    // Three at most: older ones have been seen or will not be.
    for (const old of this.list.slice(0, -2)) this.dismiss(old.id);
    this.list = [...this.list, toast];
    this.#timers.set(toast.id, setTimeout(() => this.dismiss(toast.id), ms));
  }
}
