import type { ImportArgs, JobView } from '../host';
import { looksLikeTable, readColumns } from './columns';
import type { Workspace } from './workspace.svelte';

export type Format = 'auto' | 'jsonl' | 'jira' | 'zendesk' | 'github' | 'csv';

export const FORMATS: readonly Format[] = ['auto', 'jsonl', 'jira', 'zendesk', 'github', 'csv'];

/** What is filled in before an import. It outlives the screen: looking something up does not empty it. */
export class ImportForm {
  path = $state('');
  format = $state<Format>('auto');
  source = $state('');
  /** For a table: which column is which field, a line each. */
  columns = $state('');
  /** It was started with something amiss; said until that is mended. */
  #tried = $state(false);
  missing = $derived(this.#tried && this.path.trim() === '');
  /** Only a table has columns. */
  table = $derived(this.format === 'csv' || (this.format === 'auto' && looksLikeTable(this.path)));
  #read = $derived(this.table ? readColumns(this.columns) : null);
  /** The line of `columns` that says nothing. */
  badLine = $derived(this.#tried ? (this.#read?.bad ?? null) : null);
  starting = $state(false);
  /** What the last import was started with: it is given back when that import fails. */
  #sent: { job: number; path: string; source: string; columns: string } | null = null;
  #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    workspace.onFailed((job) => this.#giveBack(job));
  }

  /** `false` when it did not start: then what was filled in stays. */
  async start(): Promise<boolean> {
    this.#tried = true;
    if (this.missing || this.badLine !== null || this.starting) return false;
    this.starting = true;
    const job = await this.#workspace.import(this.#args());
    this.starting = false;
    if (!job) return false;
    const { path, source, columns } = this;
    this.#sent = { job: job.id, path, source, columns };
    [this.path, this.source, this.columns] = ['', '', ''];
    this.#tried = false;
    if (job.state === 'failed') this.#giveBack(job);
    return true;
  }

  /** A wrong path or column is mended, not typed anew. What was typed meanwhile stays. */
  #giveBack(job: JobView): void {
    if (job.id !== this.#sent?.job || this.path !== '') return;
    ({ path: this.path, source: this.source, columns: this.columns } = this.#sent);
    this.#sent = null;
  }

  #args(): ImportArgs {
    const source = this.source.trim();
    const mapping = this.#read?.mapping ?? [];
    return {
      path: this.path.trim(),
      format: this.format,
      ...(source === '' ? {} : { source }),
      ...(mapping.length === 0 ? {} : { mapping }),
    };
  }
}
