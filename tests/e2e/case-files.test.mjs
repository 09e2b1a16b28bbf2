// Files that tell what happened on a ticket: chosen, read into groups, and put on one axis of time.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pictures, start } from './support.mjs';

let app;
before(async () => {
  app = await start();
});
after(() => app?.stop());

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

test('files of a ticket become groups of lines on one axis, and a person says what led to what', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  const { rows } = await app.rpc('queue_list', { filter: 'open', limit: 1 });
  await page.keyboard.press('/');
  await page.keyboard.type(rows[0].display_id);
  await page.getByText(rows[0].subject).first().waitFor();
  await page.keyboard.press('Enter');
  const open = page.getByRole('button', { name: 'Show the evidence of this ticket' });
  await open.waitFor();
  await page.keyboard.press('v');
  await page.keyboard.press('v');
  const sheet = page.getByRole('dialog', { name: /^Evidence of/ });
  await sheet.getByText('No file yet').waitFor();

  // A moment before the ticket came in.
  const came = await sheet.locator('li.ticket time').getAttribute('datetime');
  const at = (seconds) => new Date(Date.parse(came) - 60_000 + seconds * 1000).toISOString();
  let log = '';
  for (let n = 0; n < 40; n++) log += `${at(n / 2)} INFO [web-${n}] served order ${n} in ${n} ms\n`;
  for (let n = 0; n < 3; n++) log += `${at(30 + n)} ERROR [web-${n}] no stock for order ${n} trace_id=${TRACE} by ann${n}@example.com\n    at shop.Stock.take(Stock.java:${n})\n`;
  const event = {
    event_id: '1', timestamp: at(40), contexts: { trace: { trace_id: TRACE } }, release: 'shop@2.3.1',
    breadcrumbs: [{ timestamp: at(25), category: 'ui.click', message: 'button.pay' }],
    exception: { values: [{ type: 'StockError', value: 'nothing left in the drawer' }] },
  };
  await sheet.locator('input[type=file]').setInputFiles([
    { name: 'app.log', mimeType: 'text/plain', buffer: Buffer.from(log) },
    { name: 'event.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(event)) },
  ]);
  await sheet.getByText(/has what should not leave: email ×/).waitFor();
  await sheet.getByRole('button', { name: 'app.log', exact: true }).click();
  const groups = sheet.getByRole('region', { name: 'Groups of equal lines, the worst first' });
  await groups.getByRole('button', { name: /no stock for order/ }).click();
  await groups.getByText('no stock for order 2', { exact: false }).waitFor();
  await sheet.getByText(TRACE).first().waitFor();
  await pictures(page, 'case-files', { height: 1400 });

  const chain = sheet.getByRole('region', { name: 'What led to what' });
  const did = chain.getByRole('button', { name: /^It did/ });
  const offered = await did.count();
  assert.ok(offered >= 2, `${offered} links are offered`);
  await did.first().click();
  await chain.getByRole('button', { name: /^Take it back/ }).waitFor();
  assert.equal(await did.count(), offered - 1);
  await pictures(page, 'case-chain', { height: 1400 });
  await chain.getByRole('button', { name: /^Take it back/ }).click();
  await chain.getByText('Nobody said yet what led to what.').waitFor();

  // A screenshot is drawn, goes, and comes back.
  const shot = await page.screenshot();
  await sheet.locator('input[type=file]').setInputFiles([{ name: 'screen.png', mimeType: 'image/png', buffer: shot }]);
  const drawn = sheet.getByRole('img', { name: 'Picture screen.png, 1440 by 900' });
  await drawn.waitFor();
  const colours = () => drawn.locator('canvas').evaluate((canvas) => new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size);
  for (let tries = 0; tries < 40 && (await colours()) < 10; tries++) await page.waitForTimeout(50);
  assert.ok((await colours()) > 10, 'the picture is more than one colour');
  await drawn.scrollIntoViewIfNeeded();
  await pictures(page, 'case-picture', { height: 1400 });
  await sheet.getByRole('button', { name: /^Take screen.png away/ }).click();
  await drawn.waitFor({ state: 'detached' });
  await sheet.getByRole('button', { name: 'Bring it back' }).click();
  await drawn.waitFor();

  assert.deepEqual(page.complaints ?? [], []);
  await sheet.locator('input[type=file]').setInputFiles([{ name: 'all.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004') }]);
  await page.getByText(/unpack it, and add what is inside/).first().waitFor();
});
