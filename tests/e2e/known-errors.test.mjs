import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { keys, pictures, start } from './support.mjs';

let app, dir;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'precedent-known-'));
  app = await start();
});
after(async () => {
  await app?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('the known errors are narrowed, flagged, changed in one click, edited and changed back', async () => {
  await app.rpc('kb_init', { path: join(dir, 'kb') });
  const row = (await app.rpc('queue_list', { filter: 'solved', limit: 100 })).rows.find((one) => !one.known_error);
  const file = join(dir, 'kb', 'known-errors', 'lock.md');
  const text = `---\nid: KE-900\ntitle: Harbor import holds its lock\nstate: fix_released\nproduct: Harbor\nconfidence: not_validated\nfix_versions: [99.4.1]\ntickets: ["${row.id}"]\n---\n## Issue\nIt stalls.\n## Workaround\n1. Stop the import\n2. Start it again\n`;
  writeFileSync(file, text);
  await app.rpc('kb_read');
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await keys(page, 'g', 'k');
  const list = page.getByRole('list', { name: 'Known errors' });
  await list.getByText('Harbor import holds its lock').waitFor();
  await pictures(page, 'known-list');

  await keys(page, '/');
  await page.keyboard.type('harbor lock');
  const one = list.getByRole('listitem').filter({ hasText: 'KE-900' });
  await one.waitFor();
  assert.equal(await list.locator(':scope > li').count(), 1);

  await one.getByRole('button', { name: 'Flag' }).click();
  await one.getByRole('textbox', { name: 'What is wrong with it?' }).waitFor();
  await page.keyboard.type('Step 2 is gone in 5.4');
  await page.keyboard.press('Enter');
  await one.getByText('Flagged: Step 2 is gone in 5.4').waitFor();
  await one.getByText('To check').waitFor();
  await one.getByRole('button', { name: 'Settled' }).click();
  await one.getByText('To check').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await one.getByText('To check').waitFor();

  await one.getByRole('button', { name: 'Fix verified' }).click();
  // The next step is offered once this one is done; "Fix verified" itself stands on the button before.
  await one.getByRole('button', { name: 'Closed' }).waitFor();
  assert.match(readFileSync(file, 'utf8'), /^state: "fix_verified"$/m);
  await page.getByRole('heading', { name: 'Known errors' }).click();
  await keys(page, 'z');
  await one.getByText('Fix released').waitFor();
  assert.equal(readFileSync(file, 'utf8'), text, 'byte for byte');

  await one.getByRole('button', { name: 'Edit' }).click();
  const field = page.getByRole('textbox', { name: 'The file' });
  assert.equal(await field.inputValue(), text);
  await field.fill(text.replace('state: fix_released', 'state: mended'));
  await page.getByText('state cannot be "mended"').waitFor();
  await pictures(page, 'known-edit');
  await field.fill(text.replace('It stalls.', 'It stalls at row 4096.'));
  await page.getByText('Nothing is wrong with it.').waitFor();
  await field.press('Control+s');
  await page.getByText('Saved').first().waitFor();
  assert.match(readFileSync(file, 'utf8'), /row 4096/);

  // The ticket it caused meets it, and its steps are ticked there.
  await page.getByRole('heading', { name: 'Known errors' }).click();
  await keys(page, 'Escape', 'Escape', '/');
  await page.keyboard.type(row.display_id);
  await page.getByRole('option').filter({ hasText: row.display_id }).first().waitFor();
  await page.keyboard.press('Enter');
  const banner = page.getByRole('region', { name: 'Known error' });
  await banner.getByText('Harbor import holds its lock').waitFor();
  await banner.getByRole('checkbox', { name: 'Step 1 was done' }).check();
  await banner.getByRole('button', { name: /^It worked/ }).waitFor();
  await page.getByRole('article').getByRole('heading').first().click();
  await keys(page, 'h', 'w');
  await banner.getByText('It worked here').waitFor();
  await pictures(page, 'known-ticked');
  const noted = await app.rpc('steps_list', { ticket: row.id, entry: 'knowledge:KE-900' });
  assert.deepEqual([noted.done.map((done) => done.step), noted.outcome.outcome], [[1], 'worked']);
  await banner.getByRole('button', { name: 'Take it back' }).click();
  await banner.getByRole('button', { name: /^It worked/ }).waitFor();

  // What was done stands in a list, with the way back, also in another window.
  const later = await app.visit();
  await later.getByRole('contentinfo').waitFor();
  await keys(later, 'v', 'h');
  const done = later.getByRole('dialog', { name: 'What was done' });
  await done.getByText('taken back').first().waitFor();
  await pictures(later, 'known-deeds');
  await done.getByRole('button', { name: /^Undo: Entry changed/ }).first().click();
  await later.getByText('Taken back: Entry changed').first().waitFor();
  assert.doesNotMatch(readFileSync(file, 'utf8'), /row 4096/);
  assert.deepEqual(later.complaints, []);
  assert.deepEqual(page.complaints, []);
});
