// SPEC 6.2: how many clicks and keys the jobs of support, a lead and an engineer take. Times are told, and judged where the
// journey has a bar in seconds or minutes.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { repository, trace } from './repository.mjs';
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
    const begun = globalThis.acts !== undefined;
    globalThis.acts = 0;
    if (begun) return;
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

test('J5: a package is prefilled, complete within two minutes, and what is handed over is what was shown', async () => {
  // Whoever hands over is beyond the first tier.
  const rows = (await app.rpc('queue_list', { filter: 'open', limit: 200 })).rows.filter(({ group }) => !(group ?? 'L1').startsWith('L1'));
  const drafts = [];
  for (const { id } of rows) drafts.push(await app.rpc('escalation_draft', { ticket: id }));
  const [filled, needed] = ['filled', 'needed'].map((name) => drafts.reduce((sum, { lint }) => sum + lint[name], 0));
  console.log(`J5 prefilled: ${filled} of ${needed} facts of ${drafts.length} escalated tickets (${((100 * filled) / needed).toFixed(0)} %)`);
  assert.ok(filled / needed >= 0.7);
  const own = drafts.find(({ repeat, lint }) => repeat === null && lint.filled / lint.needed < 0.9);
  const row = rows.find(({ id }) => id === own.ticket);
  const page = await visit();
  await keys(page, '/');
  await page.keyboard.type(row.display_id);
  await page.getByRole('option').filter({ hasText: row.display_id }).first().click();
  await page.getByRole('article').getByRole('heading').first().click();
  const sheet = page.getByRole('dialog', { name: `Escalate ${row.display_id}` });
  let shown, complete, typed;
  const { acts, seconds } = await counted(page, 'J5 package', async () => {
    await keys(page, 'e');
    await sheet.getByRole('status').getByText(/facts are there/).waitFor();
    await keys(page, 'i', '4');
    const missing = sheet.locator('.fact').filter({ hasText: 'Missing' });
    for (typed = 0; (await missing.count()) > 0; typed += 1) {
      const before = await missing.count();
      await missing.first().locator('textarea, input').fill('1. Open the basket\n2. Pay on Monday, 2026-01-05 10:00 UTC');
      await page.waitForFunction(([count, all]) => [...all.querySelectorAll('.fact')].filter((one) => one.textContent.includes('Missing')).length < count, [before, await sheet.elementHandle()]);
    }
    complete = await sheet.getByRole('status').textContent();
    shown = await sheet.getByRole('region', { name: 'What leaves, byte for byte' }).textContent();
    await sheet.getByRole('button', { name: 'Only write it down' }).click();
    await sheet.waitFor({ state: 'detached' });
  });
  // What is filled in here at once, somebody types.
  console.log(`J5: ${typed} facts were written by hand; at the end ${complete.trim()}`);
  const [, there, of] = /(\d+) of (\d+)/.exec(complete);
  assert.ok(there / of >= 0.9 && seconds <= 120 && acts <= 4, `${complete}, ${seconds} s, ${acts} acts`);
  const [handed] = await app.rpc('escalation_list');
  const one = await app.rpc('escalation_get', { id: handed.id });
  assert.equal(one.markdown.text, shown);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('J7: figures stand within a minute, are frozen with two keys, open with one click each, and leave as files', async () => {
  const page = await visit();
  const figures = page.getByRole('region', { name: 'Figures' });
  const frozen = await counted(page, 'J7 baseline', async () => {
    await keys(page, 'g', 'i');
    await figures.getByRole('button').first().waitFor();
    await keys(page, 'h', 'f');
    await page.getByText(/^The baseline/).first().waitFor();
  });
  assert.ok(frozen.seconds <= 60 && frozen.acts === 4, `${frozen.seconds} s, ${frozen.acts} acts`);
  const names = await figures.getByRole('button').evaluateAll((all) => all.map((one) => one.dataset.focus));
  const panel = page.getByRole('region', { name: /formula and tickets$/ });
  const opened = await counted(page, `J7 ${names.length} figures with formula, SQL and tickets`, async () => {
    for (const name of names) {
      await figures.locator(`[data-focus="${name}"]`).click();
      for (const part of ['Formula', 'Base']) await panel.getByText(part, { exact: true }).waitFor();
      await panel.getByText('The same as SQL').waitFor();
      await panel.getByRole('heading', { level: 4 }).waitFor();
    }
  });
  assert.equal(opened.acts, names.length);
  const files = [];
  page.on('download', (file) => files.push(file.suggestedFilename()));
  const left = await counted(page, 'J7 three files', async () => {
    await keys(page, 'b', 'm');
    await page.getByText(/\.md lies where/).first().waitFor();
    await keys(page, 'b', 'n');
    await page.getByText(/\.csv lies where/).first().waitFor();
    await keys(page, 'b', 'h');
    await page.getByText(/\.html lies where/).first().waitFor();
  });
  assert.deepEqual([left.acts, files.map((name) => name.split('.').at(-1))], [6, ['md', 'csv', 'html']]);
  const { figures: told } = await app.rpc('insights_get', { days: 90 });
  const saved = told.find(({ name }) => name === 'independent');
  assert.ok(saved === undefined || saved.with.length > 0, 'what deflects stands beside its quality');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('J8: an engineer is at the exact line with two clicks, answers in five fields, and the answer becomes knowledge by itself', async () => {
  repository(join(dir, 'shop'), 'SHOP-9');
  const ended = async ({ id }) => {
    for (let state = 'running'; state === 'running'; ) [{ state }] = (await app.rpc('jobs_list')).filter((job) => job.id === id);
  };
  await app.rpc('code_add', { path: join(dir, 'shop') });
  await ended(await app.rpc('code_update', { name: 'shop' }));
  const file = join(dir, 'line.jsonl');
  writeFileSync(file, JSON.stringify({ kind: 'ticket', id: 'SHOP-9', subject: 'Totals of the shop', body: trace('2.2.0', 6), product: 'shop', version: '2.2.0', created_at: '2026-01-01T00:00:00Z' }));
  await ended(await app.rpc('import_start', { path: file }));
  await app.rpc('escalation_submit', { package: { ticket: 'SHOP-9', reason: 'needs_code_fix' }, although: 'It is another shop.' });
  const page = await visit();
  await keys(page, 'g', 'e');
  const row = page.getByRole('button', { name: /Totals of the shop/ });
  await row.waitFor();
  const line = await counted(page, 'J8 exact line', async () => {
    await row.click();
    await page.getByRole('region', { name: 'The lines that ran' }).getByRole('button').first().click();
    await page.getByRole('region', { name: 'Code', exact: true }).getByRole('listitem').filter({ hasText: 'Totals differ by' }).waitFor();
  });
  assert.ok(line.acts === 2 && line.seconds <= 10, `${line.acts} acts, ${line.seconds} s`);
  await keys(page, 'Escape', 'g', 'e');
  const form = page.getByRole('form', { name: 'Answer' });
  await form.waitFor();
  // Beside who says it.
  assert.equal(await form.getByRole('textbox').count(), 6);
  await form.getByLabel('Cause').fill('The sum is rounded once a line.');
  await form.getByLabel('What support has to know').fill('Round once a basket.');
  const given = await counted(page, 'J8 answer', async () => {
    await form.getByRole('button', { name: '1 h' }).click();
    await form.getByRole('button', { name: 'Give the answer' }).click();
    await page.getByText(/^Answered, and begun as/).waitFor();
  });
  assert.equal(given.acts, 2);
  const entries = await app.rpc('kb_list');
  assert.deepEqual(new Set(entries.filter(({ title }) => /Totals of the shop/.test(title)).map(({ kind }) => kind)), new Set(['article', 'known_error']));
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
