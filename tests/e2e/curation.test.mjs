import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { TOTALS, repository } from './repository.mjs';
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

test('a known error whose code changed in a release asks for a look, shows the change, and is still right with one click', async () => {
  repository(join(dir, 'shop'), 'NW-1');
  await app.rpc('code_add', { path: join(dir, 'shop'), name: 'shop' });
  await app.rpc('code_update', { name: 'shop' });
  writeFileSync(join(dir, 'kb', 'known-errors', 'totals.md'), `---\nid: KE-901\ntitle: Totals differ by a cent\nstate: identified\nupdated: 2025-10-20\ncode: ["shop:${TOTALS}#check"]\n---\n## Issue\nThe sum and the total differ.\n`);
  let row;
  for (let turn = 0; row?.causes.length !== 1; turn += 1) {
    assert.ok(turn < 100, 'the repository is read in the end');
    await app.rpc('kb_read');
    row = (await app.rpc('known_errors_list')).rows.find(({ display_id: id }) => id === 'KE-901');
    await new Promise((done) => setTimeout(done, 100));
  }
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await keys(page, 'g', 'k');
  await page.getByRole('searchbox').or(page.getByPlaceholder('Find by word, product, version or owner')).first().fill('differ by a cent');
  const said = page.getByText('says something else since v2.3.1; this was written for v2.2.0');
  await said.waitFor();
  await pictures(page, 'known-code');
  await page.getByRole('button', { name: 'See what changed' }).click();
  await page.getByText('if (Math.abs(sum - total) > 1) {').first().waitFor();
  await page.getByText('if (sum != total) {').first().waitFor();
  await pictures(page, 'known-code-changed');
  await keys(page, 'g', 'k');
  await page.getByRole('button', { name: 'Still right' }).click();
  await said.waitFor({ state: 'detached' });
  assert.match(readFileSync(join(dir, 'kb', 'known-errors', 'totals.md'), 'utf8'), /#check@v2\.3\.1/);
  await page.getByRole('heading', { name: 'Known errors' }).click();
  await keys(page, 'z');
  await said.waitFor();
  assert.deepEqual(page.complaints, []);
});

test('what is said twice is compared side by side, and several items are set aside together and come back together', async () => {
  const text = (id, more) => `---\nid: ${id}\ntitle: The label printer prints empty labels after the driver update\nconfidence: not_validated\n---\n## Issue\nAfter the driver update the label printer prints empty labels in the packing station.\n\n## Resolution\nChoose the raw queue of the label printer and print the test label again.${more}\n`;
  const file = (name) => join(dir, 'kb', 'articles', name);
  writeFileSync(file('labels-a.md'), text('labels-a', ''));
  writeFileSync(file('labels-b.md'), text('labels-b', ' Then restart the spooler.'));
  await app.rpc('kb_read');
  const page = await app.visit({ reducedMotion: 'reduce' });
  await page.getByRole('contentinfo').waitFor();
  await keys(page, 'g', 'z');
  const list = page.getByRole('list', { name: 'To curate' });
  await page.getByRole('radio', { name: /^Said twice/ }).click();
  await list.getByRole('button', { name: 'Compare' }).first().click();
  const sheet = page.getByRole('dialog', { name: 'Said twice' });
  await sheet.getByText('Then restart the spooler.').waitFor();
  await pictures(page, 'curate-twice');
  const side = sheet.getByRole('region').filter({ hasText: 'Then restart the spooler.' });
  await side.getByRole('button', { name: 'Keep this one' }).click();
  await sheet.waitFor({ state: 'detached' });
  await page.getByText('the other is archived').waitFor();
  assert.match(readFileSync(file('labels-a.md'), 'utf8'), /confidence: "?archived/);
  await page.getByRole('heading', { name: 'Curate' }).click();
  await keys(page, 'z');
  await list.getByRole('button', { name: 'Compare' }).first().waitFor();
  assert.equal(readFileSync(file('labels-a.md'), 'utf8'), text('labels-a', ''));

  // All drafts are called right at once, then everything is set aside at once; one step back each.
  await page.getByRole('radio', { name: /^Drafts/ }).click();
  const drafts = await list.getByRole('listitem').count();
  assert.ok(drafts >= 2, `${drafts} drafts`);
  await keys(page, 'b', 'a');
  await page.getByText(`${drafts} chosen`).waitFor();
  await pictures(page, 'curate-many');
  await keys(page, 'b', 'v');
  await page.getByText('Nothing to look at.').waitFor();
  assert.match(readFileSync(file('labels-b.md'), 'utf8'), /confidence: "?validated/);
  await keys(page, 'z');
  await list.getByRole('listitem').nth(drafts - 1).waitFor();
  assert.equal(readFileSync(file('labels-b.md'), 'utf8'), text('labels-b', ' Then restart the spooler.'));
  await keys(page, 'b', 'a', 'b', 's');
  await page.getByText('Nothing to look at.').waitFor();
  await keys(page, 'z');
  await list.getByRole('listitem').nth(drafts - 1).waitFor();
  assert.deepEqual(page.complaints, []);
});
