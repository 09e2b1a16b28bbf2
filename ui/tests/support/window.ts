import { render } from '@testing-library/svelte';
import { tick } from 'svelte';
import Shell from '../../src/Shell.svelte';
import { App } from '../../src/state/app.svelte';
import { NOON, banner, knownError, row, searched, seen, severity, status, ticket, source } from './company';
import { examRow, examined } from './exam';
import { changes, codeMap, compared, file, line, owners, ran, releases, repo } from './code';
import { modelStatus } from './model';
import { FakeHost } from './host';
import { avoidable, cohortsView, explained, hoursView, insightsView, reasonsLeft, sampleView, tiersView } from './insights';
import { whyNot } from './why-not';

const ROWS = ['NW-48213', 'NW-48212', 'NW-48211'].map((id, i) => row({ id: `helpdesk:${id}`, display_id: id, subject: `Subject ${i + 1}` }));

/** An engine in which everything is there. */
export const fullHost = (): FakeHost =>
  new FakeHost({
    workspace_status: () => status(),
    jobs_list: () => [],
    queue_list: ({ offset, limit }) => ({ total: ROWS.length, rows: ROWS.slice(offset, offset + limit) }),
    search: ({ query }) => searched({ query }),
    ticket_get: ({ id }) => ticket({ id, display_id: id.split(':')[1] ?? id }),
    severity_of: () => severity(),
    drafts_list: () => [],
    draft_keep: () => ({}),
    draft_drop: () => ({}),
    cases_list: ({ ids }) => ({ total: ids.length, rows: ids.map((id) => row({ id, display_id: id.split(':')[1] ?? id })) }),
    seen_before: ({ ticket: id, text }) => seen({ question: { ...seen().question, id: id ?? `text:${text}` } }),
    why_not: () => whyNot(),
    feedback_set: () => ({ undo: 7 }),
    feedback_undo: () => ({}),
    known_error_get: () => knownError(),
    reply_get: () => ({ text: null, language: null, promise: null, held: null }),
    preference_set: () => ({}),
    preferences_get: () => [],
    insights_get: () => insightsView(),
    avoidable_get: () => avoidable(),
    sample_get: () => sampleView(),
    reasons_get: () => reasonsLeft(),
    cohorts_get: () => cohortsView(),
    hours_get: () => hoursView(),
    tiers_get: () => tiersView(),
    tiers_set: () => tiersView(),
    figure_explain: ({ name }) => explained({ figure: { ...explained().figure, name } }),
    figure_rows: ({ base }) => ({ total: base ? 200 : 50, rows: ROWS, escalations: [] }),
    replay_get: () => examined(),
    replay_rows: () => ({ total: 2, rows: [examRow(), examRow({ ticket: 'helpdesk:NW-46002', display_id: 'NW-46002', subject: 'Totals are off', place: null, other_place: 2, answer: null })] }),
    redact: ({ text }) => ({ text, spans: [] }),
    ledger_list: () => ({ total: 0, bytes_out: 0, bytes_in: 0, rows: [] }),
    privacy_overview: () => ({ home: '/home/me/precedent', folders: [{ what: 'database', path: '/home/me/precedent/store.db', bytes: 12_400_000 }] }),
    retention_get: () => ({ rules: [], groups: ['Tier 1', 'Tier 2'], products: ['Storefront'] }),
    retention_preview: () => ({ tickets: 2, ids: ['helpdesk:NW-1', 'helpdesk:NW-2'] }),
    config_export: () => ({ json: '{\n  "version": "0.1.0"\n}' }),
    sources_list: () => [source({ name: 'helpdesk', tickets: 1400, last_ok_at: NOON - 120_000 }), source({ name: 'old-tracker', tickets: 96 })],
    model_status: () => modelStatus(),
    code_list: () => [repo()],
    kb_status: () => null,
    known_errors_list: () => ({ rows: [] }),
    steps_list: () => ({ done: [], outcome: null, tried: banner().tried }),
    code_ran: () => ran(),
    code_changes: () => changes(),
    owner_suggest: () => owners(),
    code_map_get: () => codeMap(),
    code_deploys: () => ({ deploys: [] }),
    code_map_set: ({ homes }) => codeMap({ homes, guessed: homes.length === 0 }),
    code_file: (asked) => file(asked),
    code_compare: (asked) => compared(asked),
    code_line: (asked) => line(asked),
    code_passports: () => ({ passports: [] }),
    code_releases: () => releases(),
    key_status: () => ({ kind: 'keyring', place: 'the keyring of this system', tokens: 'the keyring of this system', made_at: null, recovery_made_at: null }),
  });

/** Lets promises and redraws that are due run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 8; i++) await tick();
}

/** The whole window, at a width. */
export async function openWindow(host = fullHost(), width = 1440): Promise<{ app: App; host: FakeHost }> {
  window.innerWidth = width;
  const app = new App(host);
  render(Shell, { app });
  await settle();
  return { app, host };
}

export async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    const [bare, ctrlKey] = key.startsWith('mod+') ? [key.slice(4), true] : [key, false];
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key: bare, ctrlKey, bubbles: true, cancelable: true }));
    await settle();
  }
}

/** What pasting is to a page; jsdom has no clipboard of its own. */
export async function paste(text: string): Promise<void> {
  const event = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => text } });
  (document.activeElement ?? document.body).dispatchEvent(event);
  await settle();
}
