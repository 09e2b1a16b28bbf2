import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { paste, pictures, start } from './support.mjs';

let app, dir;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'precedent-rules-'));
  app = await start();
});
after(async () => {
  await app?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function keys(page, ...pressed) {
  for (const key of pressed) await page.keyboard.press(key);
}

test('a rule is made of a ticket, put right, saved, tested, enabled, undone, and met by the next question', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await keys(page, 'g', 'l');
  await page.getByText('none was chosen yet').waitFor();
  await pictures(page, 'rules-no-folder');
  await app.rpc('kb_init', { path: join(dir, 'kb') });
  await keys(page, 'Escape', 'g', 'l');
  await page.getByText('No rule yet.').waitFor();

  // Of a solved ticket, with the keys.
  const [row] = (await app.rpc('queue_list', { filter: 'solved', limit: 1 })).rows;
  const ticket = await app.rpc('ticket_get', { id: row.id });
  await keys(page, 'Escape', '/');
  await page.keyboard.type(row.display_id);
  await page.getByRole('option').filter({ hasText: row.display_id }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('article').getByText(row.display_id).first().waitFor();
  // Away from the field in which keys are letters.
  await page.getByRole('article').getByRole('heading').first().click();
  await keys(page, 'm', 'f');
  const file = page.getByRole('textbox', { name: 'The rule’s file' });
  await page.getByText('Nothing is wrong with it.').waitFor();
  const proposed = await file.inputValue();
  assert.match(proposed, /^id: .*\ntitle: .*\n/);
  assert.match(proposed, /looks_for:\n/);

  // What is wrong is told with its place, and the cursor goes there.
  await file.fill(proposed.replace('looks_for:\n', "looks_for:\n  - regex: ['row (a+']\n"));
  await page.getByText('unclosed group').waitFor();
  await page.getByText('1 mistake').waitFor();
  await pictures(page, 'rules-mistake');
  await page.getByRole('button', { name: /^Line \d+, column 13$/ }).click();
  const spot = await file.evaluate((field) => field.value.slice(field.selectionStart));
  assert.ok(spot.startsWith("'row (a+'"), spot.slice(0, 40));
  await file.fill(proposed);
  await page.getByText('Nothing is wrong with it.').waitFor();
  await file.press('Control+s');
  const list = page.getByRole('list', { name: 'Rules of the folder' });
  await list.getByText('Draft').waitFor();
  const [name] = readdirSync(join(dir, 'kb', 'rules')).filter((one) => one.endsWith('.yml'));
  assert.equal(readFileSync(join(dir, 'kb', 'rules', name), 'utf8'), proposed);
  await list.getByText('Never tested').waitFor();
  assert.ok(await list.getByRole('button', { name: 'Enable' }).isDisabled(), 'what was not tested cannot be enabled');

  await file.press('Control+Enter');
  const told = page.getByRole('region', { name: 'Backtest' });
  await told.getByText('Noted in the rule’s file').waitFor();
  await told.getByText('Precision').waitFor();
  await pictures(page, 'rules-backtest');
  await list.getByText(/precision .* recall/).waitFor();

  // Enabled, undone, enabled.
  await list.getByRole('button', { name: 'Enable' }).click();
  await list.getByText('Enabled', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await list.getByText('Draft').waitFor();
  await list.getByRole('button', { name: 'Enable' }).click();
  await list.getByText('Enabled', { exact: true }).waitFor();
  assert.match(readFileSync(join(dir, 'kb', 'rules', name), 'utf8'), /^state: enabled$/m);

  // The next one that says the same is told at once.
  const phrases = [...proposed.matchAll(/^ {6}- "(.*)"$/gm)].map(([, phrase]) => phrase);
  await page.getByRole('heading', { name: 'Rules' }).click();
  await paste(page, `${ticket.subject}\n${phrases.join('. ')}`);
  const met = page.getByRole('region', { name: 'A rule of the team fits' });
  await met.waitFor();
  await pictures(page, 'rules-met');
  await met.getByRole('button', { name: 'Open the case it was made from' }).click();
  await page.getByRole('article').getByText(row.display_id).first().waitFor();

  // Muted, it is silent.
  await keys(page, 'g', 'l');
  await list.getByRole('button', { name: 'Mute' }).click();
  await list.getByText('Muted').waitFor();
  await keys(page, 'Escape', 'g', 's');
  await met.waitFor({ state: 'detached' });
  assert.deepEqual(page.complaints.filter((line) => !line.includes('no_knowledge_chosen')), []);
});
