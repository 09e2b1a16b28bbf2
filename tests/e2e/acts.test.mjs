// SPEC 6.2: how many clicks and keys the jobs of capture, curating, following up and training take. Times are told and not
// judged: machines differ.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { keys, start } from './support.mjs';

let app, dir;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'precedent-acts-'));
  app = await start();
  await app.rpc('kb_init', { path: join(dir, 'kb') });
});
after(async () => {
  await app?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** What somebody does with hand and keyboard while `work` runs, and for how long. */
async function counted(page, job, work) {
  await page.evaluate(() => {
    globalThis.acts = 0;
    const note = (event) => event.isTrusted && (globalThis.acts += 1);
    for (const kind of ['pointerdown', 'keydown']) document.addEventListener(kind, note, { capture: true });
  });
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const acts = await page.evaluate(() => globalThis.acts);
  console.log(`${job}: ${acts} clicks and keys, ${seconds.toFixed(1)} s`);
  return { acts, seconds };
}

async function visit() {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  return page;
}

test('J4: what a solved ticket taught is kept with two acts, and found by the next search', async () => {
  const [row] = (await app.rpc('capture_list')).rows;
  const page = await visit();
  await keys(page, '/');
  await page.keyboard.type(row.display_id);
  await page.getByRole('option').filter({ hasText: row.display_id }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('article').getByText(row.display_id).first().waitFor();
  await page.getByRole('article').getByRole('heading').first().click();
  const { acts } = await counted(page, 'J4 capture', async () => {
    await keys(page, 'c');
    const sheet = page.getByRole('dialog', { name: `Capture ${row.display_id}` });
    await sheet.getByRole('button', { name: 'Save' }).click();
    await sheet.waitFor({ state: 'detached' });
  });
  assert.equal(acts, 2);
  const begun = performance.now();
  const entry = (await app.rpc('kb_list')).find(({ kind }) => kind === 'article');
  while ((await app.rpc('search', { query: `"${entry.title}"`, kind: 'article' })).total === 0) await new Promise((done) => setTimeout(done, 50));
  console.log(`J4 found by a search after ${((performance.now() - begun) / 1000).toFixed(1)} s more`);
  assert.deepEqual(page.complaints, []);
});

test('J6: a lead goes through twenty items with one act each, and each says why it is there', async () => {
  const page = await visit();
  await keys(page, 'g', 'z');
  const captures = page.getByRole('list', { name: 'Solved tickets to capture' });
  await captures.getByRole('listitem').first().waitFor();
  const { acts } = await counted(page, 'J6 twenty items', async () => {
    for (let item = 0; item < 20; item += 1) {
      const first = captures.getByRole('listitem').first();
      const id = (await first.locator('.mono').textContent()) ?? '';
      await first.getByRole('button', { name: 'A one-off' }).click();
      await captures.getByText(id, { exact: true }).waitFor({ state: 'detached' });
    }
  });
  assert.equal(acts, 20);
  await page.getByRole('heading', { name: 'Curate' }).click();
  for (let item = 0; item < 3; item += 1) await keys(page, 'z');
  await page.getByText('Taken back').first().waitFor();
  assert.deepEqual(page.complaints, []);
});

test('J9: once a fix is out everybody who waits for it stands in the queue, and is told with one act', async () => {
  const tickets = (await app.rpc('queue_list', { filter: 'solved', limit: 12 })).rows.map(({ id }) => id);
  writeFileSync(join(dir, 'kb', 'known-errors', 'out.md'), `---\nid: KE-901\ntitle: The lock of the import\nstate: fix_released\nfix_versions: [99.1]\ntickets: ${JSON.stringify(tickets)}\n---\n## Issue\nIt stalls.\n`);
  await app.rpc('kb_read');
  const page = await visit();
  await keys(page, 'g', 'y');
  const waiting = page.getByRole('region', { name: /The lock of the import/ });
  await waiting.getByText(`${tickets.length} wait`).waitFor();
  const { acts } = await counted(page, 'J9 twelve are told', async () => {
    await waiting.getByRole('button', { name: 'Copy reply' }).first().click();
    await waiting.getByRole('button', { name: `All ${tickets.length} are told` }).click();
    await waiting.getByText(`0 wait, ${tickets.length} told`).waitFor();
  });
  assert.equal(acts, 2);
  assert.deepEqual(page.complaints, []);
});

test('J11: three keys begin a case', async () => {
  const page = await visit();
  const { acts } = await counted(page, 'J11 begin', async () => {
    await keys(page, 'g', 'g');
    await page.getByRole('button', { name: 'Begin' }).press('Enter');
    await page.getByRole('group', { name: 'What is it?' }).waitFor();
  });
  assert.equal(acts, 3);
  assert.deepEqual(page.complaints, []);
});
