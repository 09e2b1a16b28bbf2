import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { keys, picture, pictures, start } from './support.mjs';

let app, dir;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'precedent-triage-'));
  app = await start();
  await app.rpc('kb_init', { path: join(dir, 'kb') });
});
after(async () => {
  await app?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('a triage rule is tried on the history, sorts what is open, and is taken with the keys', async () => {
  const { rows } = await app.rpc('queue_list', { filter: 'open', limit: 100 });
  const { priority } = rows.at(-1);
  const sorted = rows.filter((row) => row.priority === priority);
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  assert.equal(await page.getByRole('radio', { name: 'Triage' }).count(), 0, 'without rules there is nothing to show');
  await keys(page, 'g', 'l');
  await page.getByRole('button', { name: 'Write a triage rule' }).waitFor();
  await keys(page, 'v', 'n');
  const file = page.getByRole('textbox', { name: 'The rule’s file' });
  assert.match(await file.inputValue(), /^title: \ntriage:\n/);
  await file.fill(`id: urgent\ntitle: What stops a shop is critical\ntriage:\n  lane: critical\n  labels: [stops-a-shop]\n  queue: Tier 2\n  owner: Ada Nwosu\nfields:\n  priority: [${priority}]\n`);
  await page.getByText('Nothing is wrong with it.').waitFor();
  await file.press('Control+s');
  const list = page.getByRole('list', { name: 'Rules of the folder' });
  await list.getByText('Never tested').waitFor();
  await file.press('Control+Enter');
  const told = page.getByRole('region', { name: 'Backtest' });
  await told.getByText('Nothing is written to the tickets').waitFor();
  await told.getByText('Open now').waitFor();
  assert.equal(await told.getByText('Precision').count(), 0, 'nobody said what would be right');
  await pictures(page, 'triage-dry-run');
  await list.getByRole('button', { name: 'Enable' }).click();
  await list.getByText('Enabled', { exact: true }).waitFor();

  await keys(page, 'Escape', 'g', 's');
  await page.getByText(`${rows.length} open`, { exact: false }).first().waitFor();
  const first = page.getByRole('listbox', { name: /^Tickets/ }).getByRole('option').first();
  await first.getByRole('img', { name: 'Critical' }).waitFor();
  await keys(page, '6');
  await page.getByText(`${sorted.length} open that a rule sorts`).waitFor();
  await keys(page, 'Enter');
  const where = page.getByRole('region', { name: 'Where it belongs' });
  await where.getByText('Tier 2').waitFor();
  await where.getByText(`priority: ${priority}`).waitFor();
  await pictures(page, 'triage-ticket');
  await keys(page, 'v', 'y');
  await where.getByText('Taken', { exact: true }).waitFor();
  await picture(page, 'triage-taken');
  await keys(page, 'z');
  await where.getByRole('button', { name: 'Take', exact: true }).waitFor();
  await keys(page, 'v', 'x');
  await where.getByText('Called wrong here').waitFor();
  await page.getByText(`${sorted.length - 1} open that a rule sorts`).waitFor();
  await where.getByRole('button', { name: 'Take back' }).click();
  await page.getByText(`${sorted.length} open that a rule sorts`).waitFor();
  await keys(page, 'v', 'y');
  await where.getByText('Taken', { exact: true }).waitFor();
  await keys(page, 'v', 'm');
  await page.getByText('Copied as a note').waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^Triage: critical\nLabels: stops-a-shop\nQueue: Tier 2\nOwner: Ada Nwosu\n/);
  assert.deepEqual(page.complaints, []);
});

test('a ticket that comes in and is critical is told at once, and opened from there', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  const { rows } = await app.rpc('queue_list', { filter: 'triage', limit: 1 });
  const ticket = { kind: 'ticket', id: 'NEW-1', subject: 'The till stands still', body: 'Nobody can pay.', status: 'open', priority: rows[0].priority, created_at: '2026-11-27T08:00:00Z' };
  const file = join(dir, 'new.ndjson');
  writeFileSync(file, JSON.stringify(ticket));
  await app.rpc('import_start', { path: file });
  const toast = page.getByRole('region', { name: 'Messages' }).getByText('Critical: NEW-1 The till stands still, for Ada Nwosu');
  await toast.waitFor();
  await picture(page, 'triage-told');
  await page.getByRole('button', { name: 'Open it' }).click();
  await page.getByRole('article').getByText('Nobody can pay.').waitFor();
  assert.deepEqual(page.complaints, []);
});
