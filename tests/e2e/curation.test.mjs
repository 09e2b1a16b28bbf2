import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { keys, pictures, start } from './support.mjs';

let app, dir;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'precedent-curate-'));
  app = await start();
});
after(async () => {
  await app?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('a solved ticket is captured with a key, validated by a lead, and who waits for a fix is told', async () => {
  await app.rpc('kb_init', { path: join(dir, 'kb') });
  const row = (await app.rpc('capture_list')).rows[0];
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await keys(page, '/');
  await page.keyboard.type(row.display_id);
  await page.getByRole('option').filter({ hasText: row.display_id }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('article').getByText(row.display_id).first().waitFor();
  await page.getByRole('article').getByRole('heading').first().click();

  await keys(page, 'c');
  const sheet = page.getByRole('dialog', { name: `Capture ${row.display_id}` });
  await sheet.getByRole('button', { name: 'Save' }).waitFor();
  await pictures(page, 'curate-sheet');
  await sheet.getByLabel('Title').fill('');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await sheet.getByText('Give it a title.').waitFor();
  await sheet.getByLabel('Title').fill('What the first ticket taught us');
  await sheet.getByRole('radio', { name: 'Known error' }).click();
  await sheet.getByRole('button', { name: 'Save' }).click();
  await sheet.waitFor({ state: 'detached' });
  const [name] = readdirSync(join(dir, 'kb', 'known-errors')).filter((one) => one.endsWith('.md'));
  assert.match(readFileSync(join(dir, 'kb', 'known-errors', name), 'utf8'), /confidence: "not_validated"/);
  await page.getByRole('region', { name: 'Known error' }).getByText('What the first ticket taught us').waitFor();

  // A lead looks at it.
  await keys(page, 'g', 'z');
  const list = page.getByRole('list', { name: 'To curate' });
  await list.getByText('What the first ticket taught us').waitFor();
  await pictures(page, 'curate-list');
  await page.getByRole('radio', { name: /^Drafts/ }).click();
  await list.getByRole('button', { name: 'Validate' }).click();
  await list.getByText('What the first ticket taught us').waitFor({ state: 'detached' });
  assert.match(readFileSync(join(dir, 'kb', 'known-errors', name), 'utf8'), /confidence: "validated"/);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await list.getByText('What the first ticket taught us').waitFor();
  const captures = page.getByRole('list', { name: 'Solved tickets to capture' });
  const first = captures.getByRole('listitem').first();
  const subject = await first.locator('.mono').textContent();
  await first.getByRole('button', { name: 'A one-off' }).click();
  await captures.getByText(subject ?? '').waitFor({ state: 'detached' });

  // The fix is out: whoever had it is told.
  const [known] = (await app.rpc('capture_list')).rows;
  writeFileSync(join(dir, 'kb', 'known-errors', 'out.md'), `---\nid: KE-900\ntitle: Harbor import holds its lock\nstate: fix_released\nfix_versions: [99.1]\ntickets: ["${known.id}", "${row.id}"]\n---\n## Issue\nIt stalls.\n`);
  await app.rpc('kb_read');
  await page.getByRole('heading', { name: 'Curate' }).click();
  await keys(page, 'Escape', 'g', 'y');
  const waiting = page.getByRole('region', { name: /Harbor import holds its lock/ });
  await waiting.getByText('2 wait').waitFor();
  await waiting.scrollIntoViewIfNeeded();
  await pictures(page, 'curate-follow-ups');
  await waiting.getByRole('button', { name: 'Copy reply' }).first().click();
  await page.getByText('The reply is copied').first().waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /is fixed in version 99\.1\./);
  await waiting.getByRole('button', { name: 'All 2 are told' }).click();
  await waiting.getByText('0 wait, 2 told').waitFor();
  await page.getByRole('heading', { name: 'Follow-ups' }).click();
  await keys(page, 'z');
  await waiting.getByText('2 wait').waitFor();
  assert.deepEqual(page.complaints, []);
});
