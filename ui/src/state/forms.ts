import { tick } from 'svelte';
import type { App } from './app.svelte';
import { focusOn } from './places.svelte';

/** The way to a form on another screen: it is shown, and the keys are where typing begins. */
export class Forms {
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  choosePassphrase(): void {
    this.#app.go('settings');
    this.#app.keys.choosing = true;
    void tick().then(() => focusOn('new-passphrase'));
  }

  purge(): void {
    this.#app.go('privacy');
    void tick().then(() => focusOn('purge'));
  }

  async addRule(): Promise<void> {
    this.#app.go('privacy');
    await tick();
    if (!this.#app.privacy.stored.value) await this.#app.privacy.look();
    this.#app.privacy.addRule();
    await tick();
    focusOn(`rule:${this.#app.privacy.rules.length - 1}`);
  }

  import(): void {
    this.#app.go('settings');
    void tick().then(() => focusOn('import-path'));
  }

  addSource(): void {
    this.#app.go('settings');
    void tick().then(() => focusOn('source-address'));
  }

  addRepository(): void {
    this.#app.go('settings');
    void tick().then(() => focusOn('repository-path'));
  }

  deploy(): void {
    this.#app.go('settings');
    void tick().then(() => focusOn('deploy-environment'));
  }

  codeMap(): void {
    this.#app.go('settings');
    void tick().then(() => focusOn('code-map'));
  }

  openBundle(): void {
    this.#app.escalations.one.forget();
    this.#app.go('escalations');
    void tick().then(() => focusOn('bundle-path'));
  }

  installPack(): void {
    this.#app.go('settings');
    void tick().then(() => focusOn('model-path'));
  }

  chooseKnowledge(): void {
    this.#app.go('settings');
    void tick().then(() => focusOn('knowledge-path'));
  }

  chooseSides(): void {
    this.#app.go('settings');
    void tick().then(() => focusOn('conflicts'));
  }

  makeRecoveryKey(): Promise<void> {
    this.#app.go('settings');
    if (this.#app.preferences.offered === false) this.#app.preferences.closeOffer();
    return this.#app.keys.makeRecovery();
  }
}
