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

test('every action of the sheet has a key that the palette shows too', async () => {
  const page = await app.visit();
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('?');
  const sheet = await page.getByRole('dialog', { name: 'Keys' }).innerText();
  await page.keyboard.press('Escape');
  for (const name of ['Search everything', 'Show all commands', 'One step back']) assert.ok(sheet.includes(name), name);
});
