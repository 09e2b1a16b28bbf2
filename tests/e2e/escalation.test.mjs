import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { objections, picture, pictures, start } from './support.mjs';

let app, other, dir;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'precedent-case-'));
  [app, other] = await Promise.all([start(), start({ sample: false })]);
});
after(async () => {
  await Promise.all([app?.stop(), other?.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

/** The first open ticket with somebody beyond the first tier whose package has, or has not, an answer from before. */
async function ticketThat(isRepeat) {
  const { rows } = await app.rpc('queue_list', { filter: 'open', limit: 200 });
  for (const row of rows) {
    const draft = await app.rpc('escalation_draft', { ticket: row.id });
    if (isRepeat ? draft.repeat?.author : draft.repeat === null && draft.markdown.spans.length > 0) return { row, draft };
  }
  throw new Error('the sample has no such ticket');
}

async function opened(page, row) {
  await page.getByRole('contentinfo').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type(row.display_id);
  await page.getByRole('option').filter({ hasText: row.display_id }).first().click();
  await page.getByRole('article').getByText(row.display_id).first().waitFor();
}

test('a ticket is handed over by its keys with what is shown, opens elsewhere, and its answer stops the next of the same', async () => {
  const page = await app.visit();
  const { row } = await ticketThat(false);
  await opened(page, row);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Escalate this ticket/ }).click();
  const sheet = page.getByRole('dialog', { name: `Escalate ${row.display_id}` });
  const facts = sheet.getByRole('status');
  await facts.getByText(/facts are there/).waitFor();
  await pictures(page, 'escalate');

  // Nothing leaves without a reason.
  await sheet.getByRole('button', { name: 'Hand over and copy as Markdown' }).click();
  await sheet.getByRole('alert').getByText('Choose a reason').waitFor();
  await sheet.getByRole('button', { name: 'Needs a code fix' }).click();
  const before = await facts.textContent();
  await sheet.getByRole('textbox', { name: 'Steps to reproduce' }).fill('1. Open the basket\n2. Pay for maria@kunde.example');
  const preview = sheet.getByRole('region', { name: 'What leaves, byte for byte' });
  await preview.getByText('2. Pay for [e-mail').waitFor();
  await page.waitForFunction(([facts, before]) => facts.textContent !== before, [await facts.elementHandle(), before]);
  assert.ok((await preview.locator('mark').count()) > 1, 'what was taken out is marked');
  await sheet.getByLabel('File for the case bundle').fill(join(dir, 'case.bundle'));
  await sheet.getByLabel('Your name, for whoever opens it').fill('Mia Castellani');
  const shown = await preview.textContent();
  await sheet.getByRole('button', { name: 'Hand over as a file' }).click();
  await page.getByText(/^Saved\. Your code/).first().waitFor();
  await sheet.waitFor({ state: 'detached' });
  const bytes = readFileSync(join(dir, 'case.bundle'), 'utf8');
  assert.ok(bytes.includes(shown), 'what was shown is in the file, byte for byte');
  assert.ok(!bytes.includes('maria@'), 'and what belongs to somebody is not');

  // It opens in another workspace, once its author is known.
  const there = await other.visit();
  await there.getByRole('contentinfo').waitFor();
  await there.keyboard.press('g');
  await there.keyboard.press('b');
  await there.getByLabel('File', { exact: true }).fill(join(dir, 'case.bundle'));
  await there.keyboard.press('Enter');
  await there.getByText(/Mia Castellani/).first().waitFor();
  const { code } = await app.rpc('bundle_own');
  await there.getByLabel('Code of its author').fill(code);
  await picture(there, 'bundle-unknown');
  assert.deepEqual(await objections(there), []);
  await there.keyboard.press('Enter');
  const received = there.getByRole('region', { name: 'Its text' });
  await received.waitFor();
  assert.equal(await received.textContent(), shown);
  await there.getByLabel('Cause').fill('The lock is never given back.');
  await there.getByLabel('Workaround').fill('Restart the import.');
  await there.getByLabel('Your name').fill('Ines Albrecht');
  await there.getByRole('button', { name: '1 h' }).click();
  await there.getByRole('button', { name: 'Give the answer' }).click();
  await there.getByText('Answered by Ines Albrecht').waitFor();
  await pictures(there, 'escalation');
  await there.getByRole('button', { name: 'All escalations' }).click();
  await there.getByRole('button', { name: new RegExp(row.id) }).waitFor();
  await pictures(there, 'escalations');

  // Answered here, too, the same is not asked twice.
  const [{ id }] = await app.rpc('escalation_list');
  await app.rpc('escalation_answer', { id, note: 'Restart the import.', by: 'Ines Albrecht' });
  await page.keyboard.press('e');
  await sheet.getByText('Engineering answered this before').waitFor();
  await sheet.getByText('Restart the import.').first().waitFor();
  for (const visited of [page, there]) assert.deepEqual(visited.complaints.filter((line) => !/kb_status|bundle_author_unknown/.test(line)), []);
});

test('what was answered before is shown with its author, and goes on only with why', async () => {
  const page = await app.visit();
  const { row, draft } = await ticketThat(true);
  await opened(page, row);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Escalate this ticket/ }).click();
  const sheet = page.getByRole('dialog', { name: `Escalate ${row.display_id}` });
  const repeat = sheet.getByRole('region', { name: 'Engineering answered this before' });
  await repeat.getByText(draft.repeat.author).waitFor();
  await pictures(page, 'repeat');
  await sheet.getByRole('button', { name: 'No access' }).click();
  await sheet.getByRole('button', { name: 'Only write it down' }).click();
  await sheet.getByRole('alert').getByText('say why').waitFor();
  await repeat.getByLabel('Why it has to go to them all the same').fill('It is another customer with another version.');
  await sheet.getByRole('button', { name: 'Only write it down' }).click();
  await page.getByText(/^Written down as escalation/).first().waitFor();
  const all = await app.rpc('escalation_list');
  assert.equal(all.find((one) => one.ticket === row.id).repeat_reason, 'It is another customer with another version.');
  assert.deepEqual(page.complaints, []);
});
