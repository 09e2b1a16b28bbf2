import { tick } from 'svelte';
import type { TrainingCase, TrainingOutcome, TrainingStanding } from '../host';
import { training as words } from '../text/training';
import type { App } from './app.svelte';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import { focusOn } from './places.svelte';

/** What is chosen where a case is taken for something new. */
export const NEW = 'new';

/** A past case, while somebody practises on it. */
export class Training extends OneAtATime {
  standing = new Ask<TrainingStanding>();
  one = new Ask<TrainingCase>();
  outcome = $state.raw<TrainingOutcome | null>(null);
  choice = $state<string | null>(null);
  said = $state('');
  #tried = $state(false);
  choiceMissing = $derived(this.#tried && this.choice === null);
  forgetting = $state(false);
  #app: App;

  constructor(app: App) {
    super(app.toasts);
    this.#app = app;
  }

  async look(): Promise<void> {
    await this.standing.ask(() => this.#app.host.call('training_get', {}));
  }

  async next(): Promise<void> {
    [this.outcome, this.choice, this.said, this.#tried, this.forgetting] = [null, null, '', false, false];
    this.one.forget();
    await this.one.ask(() => this.#app.host.call('training_next', {}));
    await tick();
    focusOn('training-case');
  }

  async answer(): Promise<void> {
    this.#tried = true;
    const { choice, said } = this;
    const ticket = this.one.value?.ticket;
    if (choice === null || ticket === undefined) return;
    await this.alone(async () => {
      this.outcome = await this.#app.host.call('training_answer', { ticket, said, ...(choice === NEW ? {} : { choice }) });
      await this.look();
    });
    await tick();
    focusOn('training-outcome');
  }

  async forget(): Promise<void> {
    if (!this.forgetting) {
      this.forgetting = true;
      return;
    }
    await this.alone(
      async () => {
        await this.#app.host.call('training_forget', {});
        this.forgetting = false;
        this.#app.toasts.say(words.forgotten);
      },
      () => this.look(),
    );
  }
}
