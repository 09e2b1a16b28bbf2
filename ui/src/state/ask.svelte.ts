import { asHostError, type HostError } from '../host/error';

/** Below this, a wait is not worth a word: what was there before stays. */
export const PATIENCE_MS = 150;
/** Requests overtake one another on their way: then the engine drops the newest for one that is older. Asking anew settles it. */
const TRIES = 5;

/**
 * One question asked again and again. The newest asking decides: an answer to an older one is dropped however late it comes,
 * and the old answer stays in place until the new one is there.
 */
export class Ask<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<HostError | null>(null);
  /** An answer has been waited for long enough to say so. */
  slow = $state(false);
  #turn = 0;

  async ask(question: () => Promise<T>): Promise<T | null> {
    const turn = ++this.#turn;
    const timer = setTimeout(() => {
      if (turn === this.#turn) this.slow = true;
    }, PATIENCE_MS);
    try {
      const answer = await this.#insist(question, turn);
      if (turn !== this.#turn) return null;
      this.value = answer;
      this.error = null;
      return answer;
    } catch (thrown) {
      if (turn === this.#turn) this.error = asHostError(thrown);
      return null;
    } finally {
      clearTimeout(timer);
      if (turn === this.#turn) this.slow = false;
    }
  }

  /** Drops the answer and whatever is under way. */
  forget(): void {
    this.#turn++;
    this.value = null;
    this.error = null;
    this.slow = false;
  }

  async #insist(question: () => Promise<T>, turn: number): Promise<T> {
    for (let left = TRIES; ; left--) {
      try {
        return await question();
      } catch (thrown) {
        if (turn !== this.#turn || left === 0 || asHostError(thrown).code !== 'superseded') throw thrown;
      }
    }
  }
}
