import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start, ticketWith } from './support.mjs';

let app;
before(async () => (app = await start()));
after(() => app.stop());

/** What has the focus, for people: its name or its text. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element && element !== document.body ? (element.getAttribute('aria-label') ?? element.innerText ?? element.tagName) : null;
  });

test('the whole job is done without a mouse', async () => {
  const { row, answer } = await ticketWith(app, ({ hits }) => hits.length >= 3);
  const [first] = answer.hits;
  const page = await app.visit();
  const { keyboard } = page;
  const pane = page.getByRole('region', { name: 'Seen before' });
  const card = pane.getByRole('article').filter({ hasText: first.display_id });
  await page.getByRole('option').first().waitFor();

  // Search, open.
  await keyboard.press('/');
  assert.equal(await focused(page), 'Search everything');
  await keyboard.type(row.display_id);
  await page.getByRole('listbox', { name: 'Search results' }).getByText(row.display_id).first().waitFor();
  await keyboard.press('Enter');
  await card.waitFor();

  // Look at the first hit, see why it is there, say it is not the same, take that back.
  await keyboard.press('g');
  await keyboard.press('a');
  assert.ok(await focused(page), 'the pane has the focus');
  await keyboard.press('w');
  await pane.getByText('Together').first().waitFor();
  await keyboard.press('w');
  await keyboard.press('n');
  await card.waitFor({ state: 'detached' });
  assert.ok(await focused(page), 'the focus went to the hit that moved up');
  await keyboard.press('z');
  await card.waitFor();

  // The palette, with a typing mistake; the sheet of keys; one step back each time.
  await keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).waitFor();
  await keyboard.type('setings');
  await page.getByRole('option').filter({ hasText: 'Go to Settings' }).first().waitFor();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Settings' }).first().waitFor();
  await keyboard.press('Escape');
  await pane.waitFor();
  await keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  // The next ticket.
  const before = await page.getByRole('region', { name: 'Ticket', exact: true }).innerText();
  await keyboard.press(']');
  await page.waitForFunction((before) => document.querySelector('[data-zone="ticket"]')?.innerText !== before, before);
  assert.deepEqual(page.complaints, []);
});

/** Rows of a list as people see them: the title, and the keys as they are drawn. */
const rows = (list, row, title) =>
  list.evaluate(
    (list, [row, title]) =>
      [...list.querySelectorAll(row)].map((each) => ({
        title: each.querySelector(title).innerText.trim(),
        keys: [...each.querySelectorAll('kbd')].map((key) => key.innerText.trim()).join(' '),
        off: each.classList.contains('off'),
      })),
    [row, title],
  );

test('every action of the sheet has a key that the palette shows too', async () => {
  // They move a cursor that the palette covers, or are the way into the palette and out of it.
  const KEYS_ONLY = ['Show all commands', 'Next in the list', 'Previous in the list', 'Open what is selected', 'One step back'];
  const page = await app.visit();
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.waitFor();
  const sheet = await rows(dialog, 'dl > div', 'dt');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  const list = page.getByRole('listbox', { name: 'Commands' });
  await list.waitFor();
  const palette = await rows(list, '[role="option"]', '.title');

  assert.ok(sheet.length > 35, `the sheet has only ${sheet.length} rows`);
  assert.deepEqual(sheet.filter(({ keys }) => keys === ''), [], 'rows of the sheet without a key');
  assert.equal(new Set(sheet.map(({ keys }) => keys)).size, sheet.length, 'every row has a key of its own');
  // What is possible now stands in the palette, with the same key; what is not possible now stands in the sheet alone.
  const possible = sheet.filter(({ title, off }) => !off && !KEYS_ONLY.includes(title)).map(({ title, keys }) => ({ title, keys }));
  assert.deepEqual(palette.map(({ title, keys }) => ({ title, keys })), possible);
});
