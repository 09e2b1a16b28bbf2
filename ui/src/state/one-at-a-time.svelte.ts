import type { Toasts } from './toasts.svelte';

/** One piece of work at a time: what is asked for meanwhile is left alone, and what goes wrong is told. */
export class OneAtATime {
  busy = $state(false);
  #toasts: Toasts;

  constructor(toasts: Toasts) {
    this.#toasts = toasts;
  }

  protected async alone(work: () => Promise<void>, after?: () => Promise<unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await work();
    } catch (thrown) {
      this.#toasts.fail(thrown);
    } finally {
      this.busy = false;
      await after?.();
    }
  }
}
