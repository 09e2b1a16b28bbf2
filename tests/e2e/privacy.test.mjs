// What leaves through the clipboard, and the Privacy screen, with the real engine behind them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objections, start } from './support.mjs';

const ERROR = 'Badge printer refuses long names\n\nPrinterException: the badge is full';
const line = (more) => ({ kind: 'ticket', created_at: '2026-01-05T10:00:00Z', updated_at: '2026-01-06T10:00:00Z', status: 'solved', ...more });
const LINES = [
  line({ id: 'T-1', subject: 'Badge printer refuses long names', body: 'PrinterException: the badge is full', requester: 'Zoë Müller', resolution: 'Hi Zoë, shorten the name to 20 letters, or call +49 170 1234567.' }),
  line({ id: 'T-2', subject: 'Till prints twice', body: 'on every receipt', updated_at: '2019-01-06T10:00:00Z', resolution: 'Switched the spooler off.' }),
];

let app;
before(async () => {
  app = await start({ sample: false });
  const path = join(mkdtempSync(join(tmpdir(), 'precedent-export-')), 'export.jsonl');
  writeFileSync(path, LINES.map((each) => JSON.stringify(each)).join('\n'));
  const { id } = await app.rpc('import_start', { path, source: 'helpdesk' });
  for (let state = 'running'; state === 'running'; ) [{ state }] = (await app.rpc('jobs_list')).filter((job) => job.id === id);
});
after(() => app.stop());

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const copied = (page, text) => page.waitForFunction(async (text) => (await navigator.clipboard.readText()) === text, text);
const REDACTED = 'Hi [name 1], shorten the name to 20 letters, or call [phone 1].';

async function ask(page, text) {
  await page.getByText('Works offline').waitFor();
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press('Control+v');
  await page.getByRole('region', { name: 'What worked before?' }).getByRole('article').first().waitFor();
}

test('a copied reply leaves redacted, is shown byte for byte, and can leave as it is, with the keyboard alone', async () => {
  const page = await app.visit();
  await ask(page, ERROR);
  await page.keyboard.press('y');
  await page.getByText('Copied the answer from T-1, 2 things redacted').waitFor();
  assert.equal(await clipboard(page), REDACTED);
  await page.keyboard.press('x');
  const sheet = page.getByRole('dialog', { name: 'What was copied' });
  assert.equal(await sheet.getByRole('region', { name: 'Text without what was taken out' }).innerText(), REDACTED);
  assert.deepEqual(await sheet.getByRole('mark').or(sheet.locator('mark')).allInnerTexts(), ['[name 1]', '[phone 1]']);
  assert.deepEqual(await objections(page), []);
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await copied(page, LINES[0].resolution);
  await page.keyboard.press('z');
  await copied(page, REDACTED);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

describe('the Privacy screen', () => {
  test('shows what a retention rule covers, opens the rows, and deletes when it was said twice', async () => {
    const page = await app.visit();
    await page.getByText('Works offline').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: 'Privacy' }).waitFor();
    await page.keyboard.press('m');
    await page.keyboard.press('a');
    // The focus is in the field of the new rule, as soon as that stands there.
    await page.waitForFunction(() => document.activeElement?.matches('input'));
    await page.keyboard.press('Control+a');
    await page.keyboard.type('1000');
    await page.getByRole('button', { name: '1 ticket', exact: true }).click();
    await page.getByRole('region', { name: 'What the retention rules would delete' }).getByText('Till prints twice').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('button', { name: /Keep these rules/ }).click();
    await page.getByText('1 ticket goes for good').waitFor();
    await page.getByRole('button', { name: /Delete 1 ticket and keep the rules/ }).click();
    await page.getByText('The rules are kept; 1 ticket went').waitFor();
    assert.equal((await app.rpc('workspace_status')).tickets, 1);
    assert.deepEqual(await app.rpc('scan', { word: 'receipt' }), { database: 0, index: 0 });
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  test('opens the tickets of a source, and deletes it with every trace', async () => {
    const page = await app.visit();
    await page.getByText('Works offline').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'Show the 1 ticket of helpdesk' }).click();
    await page.getByRole('listbox', { name: 'Search results' }).getByText('T-1').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await page.keyboard.press('d');
    await page.keyboard.press('Enter');
    await page.getByText('helpdesk goes for good').waitFor();
    await page.getByRole('button', { name: 'Delete it for good' }).click();
    await page.getByText('helpdesk is deleted, 1 ticket with it').waitFor();
    assert.deepEqual(await app.rpc('scan', { word: 'badge' }), { database: 0, index: 0 });
    await page.context().close();
  });
});
