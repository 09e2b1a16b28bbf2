import type { ImportArgs } from '../host';
import type { Workspace } from './workspace.svelte';

export type Format = 'auto' | 'jsonl' | 'jira' | 'zendesk' | 'github' | 'csv';

export const FORMATS: readonly Format[] = ['auto', 'jsonl', 'jira', 'zendesk', 'github', 'csv'];

/** What is filled in before an import. It outlives the screen: looking something up does not empty it. */
export class ImportForm {
  path = $state('');
  format = $state<Format>('auto');
  source = $state('');
  /** It was started without a path; said until there is one. */
  #tried = $state(false);
  missing = $derived(this.#tried && this.path.trim() === '');
  starting = $state(false);
  #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** `false` when it did not start: then what was filled in stays. */
  async start(): Promise<boolean> {
    this.#tried = true;
    if (this.missing || this.starting) return false;
    this.starting = true;
    const started = await this.#workspace.import(this.#args());
    this.starting = false;
    if (!started) return false;
    this.path = '';
    this.source = '';
    this.#tried = false;
    return true;
  }

  #args(): ImportArgs {
    const source = this.source.trim();
    return { path: this.path.trim(), format: this.format, ...(source === '' ? {} : { source }) };
  }
}
