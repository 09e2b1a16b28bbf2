import type { DeployGoneArgs, DeployView, DeploysView, Host } from '../host';
import { asHostError, type HostError } from '../host/error';
import { deploys as words } from '../text/repositories';
import { Ask } from './ask.svelte';
import { OneAtATime } from './one-at-a-time.svelte';
import type { Toasts } from './toasts.svelte';

/** Rows that are shown before somebody asks for more. */
const FEW = 8;

/** What runs where: as people here said it, who may change that, and as sources tell it. */
export class Deploys extends OneAtATime {
  list = new Ask<DeploysView>();
  all = $state(false);
  environment = $state('');
  version = $state('');
  /** Since when, as a field of the browser writes it; empty: from now on. */
  since = $state('');
  repo = $state('');
  /** What is being put right. */
  editing = $state.raw<DeployView | null>(null);
  failure = $state.raw<HostError | null>(null);
  #tried = $state(false);
  missing = $derived(this.#tried && (this.environment.trim() === '' || this.version.trim() === ''));
  /** Newest first. */
  rows = $derived([...(this.list.value?.deploys ?? [])].reverse());
  shown = $derived(this.all ? this.rows : this.rows.slice(0, FEW));
  hidden = $derived(this.rows.length - this.shown.length);
  environments = $derived([...new Set(this.rows.map(({ environment }) => environment))].sort());
  #host: Host;
  #toasts: Toasts;
  #told: () => void;

  /** `told` hears when a fix may be elsewhere by now. */
  constructor(host: Host, toasts: Toasts, told: () => void) {
    super(toasts);
    this.#host = host;
    this.#toasts = toasts;
    this.#told = told;
  }

  look(): Promise<DeploysView | null> {
    return this.list.ask(() => this.#host.call('code_deploys', {}));
  }

  /** Into the form, to be put right. */
  edit(row: DeployView): void {
    this.editing = row;
    this.failure = null;
    this.#tried = false;
    [this.environment, this.version, this.repo, this.since] = [row.environment, row.release, row.repo ?? '', asField(row.at)];
  }

  /** The form is empty again. */
  leave(): void {
    this.editing = null;
    this.failure = null;
    this.#tried = false;
    [this.environment, this.version, this.since] = ['', '', ''];
  }

  async keep(only: string): Promise<void> {
    this.#tried = true;
    this.failure = null;
    if (this.missing) return;
    const before = this.editing;
    const [environment, version, repo] = [this.environment.trim(), this.version.trim(), this.repo === '' ? only : this.repo];
    // What nobody touched stays to the millisecond.
    const at = this.since === '' ? null : before && this.since === asField(before.at) ? before.at : Date.parse(this.since);
    await this.alone(async () => {
      const known = new Set(this.rows.map(keyOf));
      const stored = await this.#host
        .call('code_deploys_add', {
          deploys: [{ repo, environment, version, ...(at === null ? {} : { at: new Date(at).toISOString() }) }],
          ...(before ? { instead: goneOf(before) } : {}),
        })
        .catch((thrown: unknown) => {
          this.failure = asHostError(thrown);
          return null;
        });
      if (!stored) return;
      this.list.value = stored;
      const now = stored.deploys.find((row) => row.source === null && !known.has(keyOf(row)));
      this.leave();
      this.#told();
      const said = before ? words.changed(environment) : words.added(environment);
      if (now) this.#toasts.sayUndoable(said, () => (before ? this.#put(before, now) : this.#drop(now)));
      else this.#toasts.say(said);
    });
  }

  async remove(row: DeployView): Promise<void> {
    await this.alone(async () => {
      await this.#drop(row);
      if (this.editing === row) this.leave();
      this.#toasts.sayUndoable(words.removed(row.environment), () => this.#put(row, null));
    });
  }

  async #drop(row: DeployView): Promise<void> {
    this.list.value = await this.#host.call('code_deploys_remove', goneOf(row));
    this.#told();
  }

  async #put(row: DeployView, instead: DeployView | null): Promise<void> {
    const { repo, environment, release, at } = row;
    const deploys = [{ ...(repo === null ? {} : { repo }), environment, version: release, at: new Date(at).toISOString() }];
    this.list.value = await this.#host.call('code_deploys_add', { deploys, ...(instead ? { instead: goneOf(instead) } : {}) });
    this.#told();
  }
}

const keyOf = ({ repo, environment, release, at, source }: DeployView): string => JSON.stringify([repo, environment, release, at, source]);
const goneOf = ({ environment, repo, at }: DeployView): DeployGoneArgs => ({ environment, at, ...(repo === null ? {} : { repo }) });

/** As `datetime-local` writes a moment, in this place's time. */
export function asField(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
