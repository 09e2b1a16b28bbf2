import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ImportForm } from '../../src/state/import-form.svelte';
import { Toasts } from '../../src/state/toasts.svelte';
import { Workspace } from '../../src/state/workspace.svelte';
import { job, status } from '../support/company';
import { FakeHost, refusal } from '../support/host';

let host: FakeHost, toasts: Toasts, workspace: Workspace, close: () => void;
beforeEach(async () => {
  vi.useFakeTimers();
  host = new FakeHost({ workspace_status: () => status(), jobs_list: () => [], import_start: ({ path }) => job({ label: path }), reindex: () => job({ kind: 'reindex' }), job_cancel: () => ({}) });
  toasts = new Toasts();
  workspace = new Workspace(host, toasts);
  close = workspace.open();
  await vi.advanceTimersByTimeAsync(0);
});
const told = () => toasts.list.map(({ text }) => text);

describe('a job', () => {
  test('is running from the moment it was started until its event says otherwise', async () => {
    await workspace.reindex();
    expect(workspace.running?.kind).toBe('reindex');
    host.emit({ kind: 'job', job: job({ kind: 'reindex', state: 'done' }) });
    expect(workspace.running).toBeNull();
    expect(told()).toEqual(['Index rebuild is done']);
  });

  test('that ended before the reply to its start arrived stays ended', async () => {
    host.answers.reindex = () => {
      host.emit({ kind: 'job', job: job({ kind: 'reindex', state: 'done' }) });
      return job({ kind: 'reindex' });
    };
    await workspace.reindex();
    expect(workspace.running).toBeNull();
  });

  test('that failed says why, once', () => {
    const failed = job({ state: 'failed', error: { code: 'file_missing', message: 'No file.', hint: null, retryable: false } });
    host.emit({ kind: 'job', job: job() });
    host.emit({ kind: 'job', job: failed });
    host.emit({ kind: 'job', job: failed });
    expect(told()).toEqual(['There is no file at that place. Check the path; a file can also be dropped on the window.']);
  });

  test('that comes round by itself says nothing unless its source stopped, and is nobody’s progress', () => {
    const round = (over: object) => host.emit({ kind: 'job', job: job({ kind: 'sync', label: 'ledger', unasked: true, ...over }) });
    const error = (retryable: boolean) => ({ code: 'token_refused', message: 'No.', hint: null, retryable });
    round({ id: 1 });
    expect(workspace.running).toBeNull();
    round({ id: 1, state: 'done' });
    round({ id: 2, state: 'failed', error: error(true) });
    expect(told()).toEqual([]);
    round({ id: 3, state: 'failed', error: error(false) });
    expect(told()).toHaveLength(1);
  });

  test('is cancelled by its number', async () => {
    await workspace.cancel(job({ id: 3 }));
    expect(host.asked('job_cancel')).toEqual([{ id: 3 }]);
  });
});

describe('news', () => {
  test('of a thousand changes reaches the views once', async () => {
    let heard = 0;
    workspace.onChange(() => heard++);
    for (let seq = 0; seq < 1000; seq++) host.emit({ kind: 'changed', seq });
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard).toBe(1);
  });

  test('of the index shows in the footer without asking', () => {
    host.emit({ kind: 'index', index: { state: 'rebuilding', done: 1, total: 4, reason: 'a page is damaged' } });
    expect(workspace.index?.state).toBe('rebuilding');
    expect(host.asked('workspace_status')).toHaveLength(1);
  });

  test('that everything can be found again makes every view ask again', async () => {
    let heard = 0;
    workspace.onChange(() => heard++);
    const index = { done: 1, total: 4, reason: null };
    host.emit({ kind: 'index', index: { ...index, state: 'rebuilding' } });
    expect([workspace.whole, workspace.turn]).toEqual([false, 1]);
    host.answers.workspace_status = () => status({ index: { ...index, state: 'rebuilding' } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard).toBe(0);
    host.answers.workspace_status = () => status();
    host.emit({ kind: 'index', index: { ...index, state: 'ready' } });
    expect([workspace.whole, workspace.turn]).toEqual([true, 2]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard).toBe(1);
  });

  test('of the index counts too when only the status brings it', async () => {
    host.answers.workspace_status = () => status({ index: { state: 'catching_up', done: 0, total: 9, reason: null } });
    await workspace.refresh();
    expect([workspace.whole, workspace.turn]).toEqual([false, 1]);
  });

  test('ends with the window', async () => {
    close();
    host.emit({ kind: 'job', job: job() });
    expect(workspace.jobs).toEqual([]);
  });
});

describe('the import form', () => {
  let form: ImportForm;
  beforeEach(() => (form = new ImportForm(workspace)));

  test('without a path starts nothing and says so until there is one', async () => {
    expect(form.missing).toBe(false);
    expect(await form.start()).toBe(false);
    expect(form.missing).toBe(true);
    expect(host.asked('import_start')).toEqual([]);
    form.path = '/a.csv';
    expect(form.missing).toBe(false);
  });

  test('sends what was filled in, trimmed, and leaves an empty source to the engine', async () => {
    form.path = ' /a.csv ';
    form.format = 'csv';
    await form.start();
    form.path = '/b';
    form.source = ' shop ';
    await form.start();
    expect(host.asked('import_start')).toEqual([
      { path: '/a.csv', format: 'csv' },
      { path: '/b', format: 'csv', source: 'shop' },
    ]);
  });

  test('is empty after a start and keeps what was typed after a refusal', async () => {
    form.path = '/a.csv';
    await form.start();
    expect(form.path).toBe('');
    host.answers.import_start = () => Promise.reject(refusal('in_use'));
    form.path = '/b.csv';
    expect(await form.start()).toBe(false);
    expect([form.path, form.starting]).toEqual(['/b.csv', false]);
  });

  test('takes columns for a table only, a line each', async () => {
    form.columns = 'id = Case no.\n\n subject=What happened ';
    form.path = '/a.jsonl';
    await form.start();
    form.path = '/a.CSV.gz';
    form.columns = 'id = Case no.\n\n subject=What happened ';
    await form.start();
    const mapping = [
      { field: 'id', column: 'Case no.' },
      { field: 'subject', column: 'What happened' },
    ];
    expect(host.asked('import_start')).toEqual([
      { path: '/a.jsonl', format: 'auto' },
      { path: '/a.CSV.gz', format: 'auto', mapping },
    ]);
  });

  test('with a line that is no column starts nothing and names the line until it is mended', async () => {
    form.path = '/a.csv';
    form.columns = 'id = Ref\nsubject';
    expect(form.badLine).toBeNull();
    expect(await form.start()).toBe(false);
    expect(form.badLine).toBe(2);
    expect(host.asked('import_start')).toEqual([]);
    form.columns = 'id = Ref\nsubject = What';
    expect(form.badLine).toBeNull();
  });

  test('gets back what it sent when that import fails, unless something new was typed', async () => {
    const failed = (id: number) => job({ id, state: 'failed', error: { code: 'mapping_wrong', message: 'No column.', hint: null, retryable: false } });
    host.answers.import_start = ({ path }) => job({ id: 8, label: path });
    [form.path, form.columns] = ['/a.csv', 'id = Ref'];
    await form.start();
    host.emit({ kind: 'job', job: failed(7) });
    expect(form.path).toBe('');
    host.emit({ kind: 'job', job: failed(8) });
    expect([form.path, form.columns]).toEqual(['/a.csv', 'id = Ref']);
    host.answers.import_start = ({ path }) => job({ id: 9, label: path });
    await form.start();
    form.path = '/new.csv';
    host.emit({ kind: 'job', job: failed(9) });
    expect(form.path).toBe('/new.csv');
  });

  test('gets it back too when the import had failed before its start was answered', async () => {
    host.answers.import_start = ({ path }) => {
      const failed = job({ id: 8, label: path, state: 'failed', error: { code: 'file_missing', message: 'No file.', hint: null, retryable: false } });
      host.emit({ kind: 'job', job: failed });
      return job({ id: 8, label: path });
    };
    form.path = '/gone.csv';
    await form.start();
    expect(form.path).toBe('/gone.csv');
  });
});
