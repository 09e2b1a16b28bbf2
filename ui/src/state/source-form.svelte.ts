import type { SourceAddArgs, SourceDetail } from '../host';
import { askable, type Askable } from '../text/askable';

/** What somebody fills in to have a server asked, or to have it asked in another way. */
export class SourceForm {
  kind = $state<Askable>('github');
  address = $state('');
  name = $state('');
  token = $state('');
  /** By which client somebody signs in, where the kind knows that. */
  client = $state('');
  /** What is seldom needed is shown. */
  more = $state(false);
  /** It lies in the person's own network. */
  ownNetwork = $state(false);
  /** The file of whoever vouches for it. */
  authority = $state('');
  /** The token lies nowhere, and is gone when the program ends. */
  thisRun = $state(false);
  /** What is sent from the outbox may be written there. */
  write = $state(false);
  /** The source that is changed; `null`: another one is added. */
  changing = $state<string | null>(null);
  /** It was added with something amiss; said until that is mended. */
  tried = $state(false);
  /** What a test of it found, before it is added. */
  found = $state<string[]>([]);
  missing = $derived(this.tried && this.address.trim() === '');
  about = $derived(askable[this.kind]);
  /** Somebody signs in with it, in the browser. */
  signsIn = $derived('client' in this.about && this.client.trim() !== '' && this.token.trim() === '');
  /** What of the rest is chosen, for its heading: it stays in force while it is folded. */
  chosen = $derived(
    (['ownNetwork', 'authority', 'thisRun', 'write'] as const).filter((one) => this.#offers(one) && (one === 'authority' ? this.authority.trim() !== '' : this[one])),
  );

  args(): SourceAddArgs {
    const [name, token] = [this.name.trim(), this.about.token === null ? '' : this.token.trim()];
    const options = [
      ...('client' in this.about && this.client.trim() !== '' ? [{ key: 'client', value: this.client.trim() }] : []),
      ...(this.chosen.includes('write') ? [{ key: 'write', value: 'yes' }] : []),
      ...(this.chosen.includes('ownNetwork') ? [{ key: 'private', value: 'yes' }] : []),
      ...(this.chosen.includes('authority') ? [{ key: 'ca', value: this.authority.trim() }] : []),
    ];
    return {
      kind: this.kind,
      url: this.address.trim(),
      ...(name === '' ? {} : { name }),
      ...(options.length === 0 ? {} : { options }),
      ...(token === '' ? {} : { secret: token }),
      ...(token === '' || !this.thisRun ? {} : { this_run: true }),
    };
  }

  /** As it is asked now, to be changed. Its token is not among it. */
  take(source: SourceDetail): void {
    const option = (key: string) => source.options.find((one) => one.key === key)?.value ?? '';
    this.clear();
    [this.kind, this.address, this.name] = [source.kind as Askable, source.url ?? '', source.name];
    [this.client, this.authority] = [option('client'), option('ca')];
    [this.ownNetwork, this.write, this.thisRun] = [option('private') === 'yes', option('write') === 'yes', option('ask_token') === 'yes'];
    this.changing = source.name;
    this.more = this.chosen.length > 0;
  }

  clear(): void {
    [this.address, this.name, this.token, this.client, this.authority] = ['', '', '', '', ''];
    [this.more, this.ownNetwork, this.thisRun, this.write, this.tried] = [false, false, false, false, false];
    this.changing = null;
    this.found = [];
  }

  #offers(one: 'ownNetwork' | 'authority' | 'thisRun' | 'write'): boolean {
    return one === 'write' ? this.about.writes !== null : this.about.token !== null;
  }
}
