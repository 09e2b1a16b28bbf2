import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { objections, picture, pictures, start } from './support.mjs';

let app, dir;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'precedent-rb-'));
  app = await start();
  await app.rpc('kb_init', { path: join(dir, 'kb') });
  const write = (path, text) => writeFileSync(join(dir, 'kb', path), text);
  write('runbooks/cache.md', '---\nid: clear-cache\nkind: ops_action\nmin_tier: l2\napproval: the shift lead\nurl: https://admin.example/cache\n---\n# Clear the price cache\n\n## When\nPrices in the shop are older than an hour.\n\n## Before\nNobody imports prices at the moment.\n\n## Steps\n1. Open the cache page\n2. Choose *prices* and press **Clear**\n3. Look at one price in the shop\n\n## Back\nThere is nothing to take back: the cache fills again by itself.\n');
  write('runbooks/flag.md', '---\nid: new-checkout\nkind: flag\nmin_tier: l1\nflag: checkout.new\n---\n# Turn the new checkout off for one shop\n\n## When\nA shop cannot finish an order since the new checkout.\n\n## Steps\n1. Find the shop\n2. Set the flag to off\n');
  write('articles/rounding.md', '---\nid: rounding\nconfidence: validated\naudience: customer\n---\n# Coupon rounding in the checkout\n\n## Issue\nThe quixotic total differs by one cent after a coupon.\n\n## Resolution\nTurn **round late** on below *Prices*.\n');
  await app.rpc('kb_read');
});
after(async () => {
  await app?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('from a ticket a runbook is two clicks away; who has to agrees, steps are ticked, and what came of it is counted', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Runbooks for this ticket' }).click();
  const list = page.getByRole('region', { name: 'Runbooks' });
  await list.getByText(/^On /).waitFor();
  await list.getByRole('button', { name: /Clear the price cache/ }).click();
  await list.getByText('Nobody imports prices at the moment.').waitFor();
  await list.getByText('Needs the word of the shift lead first').waitFor();
  assert.equal(await list.getByRole('checkbox', { name: 'Step 1 was done' }).isDisabled(), true);
  await pictures(page, 'runbooks');
  await list.getByRole('textbox', { name: 'Who agreed' }).fill('Ben');
  await page.keyboard.press('Enter');
  await list.getByText('Ben agreed').waitFor();
  await list.getByRole('checkbox', { name: 'Step 1 was done' }).check();
  await list.getByText('1 / 3 steps').waitFor();
  await list.getByRole('button', { name: 'It worked' }).click();
  await list.getByText('It worked here').waitFor();
  await list.getByText(/Worked 1 of 1/).waitFor();
  await picture(page, 'runbooks-worked');

  // Somebody of the first tier sees it, and why it is not for them.
  await list.getByRole('radio', { name: 'L1' }).click();
  await list.getByText('This needs L2: hand the ticket over, or ask somebody there.').waitFor();
  await list.getByRole('checkbox', { name: 'Step 1 was done' }).waitFor({ state: 'detached' });
  await picture(page, 'runbooks-tier');
  assert.deepEqual(await objections(page), []);
  assert.deepEqual(page.complaints, []);
});

test('an article is found by a word of it and read in the column', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('quixotic total');
  await page.getByRole('option', { name: /Coupon rounding in the checkout/ }).click();
  await page.getByRole('heading', { name: 'Coupon rounding in the checkout' }).first().waitFor();
  await page.getByText('for customers').waitFor();
  await pictures(page, 'article');
  assert.deepEqual(page.complaints, []);
});

test('a request is made once somebody looked at it, from an address that a lead allowed', async () => {
  const asked = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part)).on('end', () => {
      asked.push([request.method, request.url, request.headers.authorization, body]);
      response.writeHead(202, { 'content-type': 'application/json' }).end('{"cleared": 3}');
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  server.unref();
  const host = `127.0.0.1:${server.address().port}`;
  const write = (path, text) => writeFileSync(join(dir, 'kb', path), text);
  write('runbooks/call.md', `---\nid: clear-by-call\nkind: ops_action\ncall: "POST http://${host}/api/cache/clear"\n---\n# Clear the price cache by a call\n\n## Steps\n1. Look at one price in the shop\n\n## Call\n\`\`\`json\n{"scope": "prices"}\n\`\`\`\n`);
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Runbooks for this ticket' }).click();
  const list = page.getByRole('region', { name: 'Runbooks' });
  await list.getByRole('button', { name: /Clear the price cache by a call/ }).click();
  await list.getByText('No lead has allowed this address').waitFor();
  await picture(page, 'runbook-call-not-allowed');
  write('calls.yml', `allowed:\n  - http://${host}/api/\n`);
  await page.keyboard.press('Escape');
  await page.getByRole('option').first().waitFor();
  await page.getByRole('button', { name: 'Runbooks for this ticket' }).click();
  await list.getByRole('button', { name: `Call ${host}` }).waitFor();
  await page.keyboard.press('v');
  await page.keyboard.press('p');
  const sheet = page.getByRole('dialog', { name: `Call ${host}` });
  await sheet.getByText('{"scope": "prices"}').waitFor();
  await pictures(page, 'runbook-call');
  assert.deepEqual(asked, [], 'looking sends nothing');
  await sheet.getByLabel(/^No token is kept/).fill('s3cret');
  await page.keyboard.press('Enter');
  await sheet.getByText(`With the token that is kept for ${host}`).waitFor();
  await sheet.getByRole('button', { name: 'Send it' }).click();
  await sheet.getByText('It was done').waitFor();
  await sheet.getByText('{"cleared": 3}').waitFor();
  await picture(page, 'runbook-called');
  assert.deepEqual(asked, [['POST', '/api/cache/clear', 'Bearer s3cret', '{"scope": "prices"}']]);
  await page.keyboard.press('Escape');
  await list.getByText(/answered 202/).waitFor();
  assert.deepEqual(page.complaints, []);
  server.close();
});
