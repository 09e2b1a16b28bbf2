import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { objections, picture, settled, start } from './support.mjs';

const TOKEN = 'ghp_zanzibar';
const issue = (number) => ({
  id: number, number, title: `Voucher ${number} was not posted`, state: 'open', body: 'The ledger stays empty.', user: { login: 'ann', type: 'User' },
  labels: [{ name: 'component: Posting' }], created_at: '2026-01-01T00:00:00Z', updated_at: `2026-01-01T00:00:${String(number).padStart(2, '0')}Z`,
  repository_url: 'https://api.github.com/repos/acme/ledger', html_url: `https://github.com/acme/ledger/issues/${number}`,
});

let app, forge, address;
let token = TOKEN;
before(async () => {
  forge = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://forge');
    const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { message: 'Bad credentials' });
    if (/\/(releases|tags|deployments)$/.test(pathname)) return answer(200, []);
    if (pathname.endsWith('/issues/comments')) return answer(200, []);
    if (pathname.endsWith('/issues')) return answer(200, Array.from({ length: 12 }, (_, i) => issue(i + 1)));
    return answer(200, { full_name: 'acme/ledger', private: true });
  });
  await new Promise((listening) => forge.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${forge.address().port}/acme/ledger`;
  app = await start({ sample: false });
});
after(async () => {
  await app?.stop();
  forge.close();
});

test('a repository is added by its key, read, tested, stopped and removed', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await page.keyboard.press('m');
  await page.keyboard.press('g');
  await page.getByLabel('Address', { exact: true }).pressSequentially('http://github.com/acme/ledger');
  await page.keyboard.press('Enter');
  await page.getByText('cannot be a source').first().waitFor();
  await page.getByLabel('Address', { exact: true }).fill(address);
  await page.getByLabel('Token').fill(TOKEN);
  await page.keyboard.press('Enter');
  const sources = page.getByRole('region', { name: 'Sources' });
  await sources.getByRole('cell', { name: '12', exact: true }).waitFor();
  await settled(app);
  assert.equal(await page.getByLabel('Token').inputValue(), '');
  await sources.getByRole('button', { name: 'Test ledger' }).click();
  await sources.getByText('acme/ledger is there, private').waitFor();
  assert.deepEqual(await objections(page), []);

  token = 'another';
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await sources.getByRole('button', { name: 'Sync ledger' }).click();
  await sources.getByText('Stopped until somebody looks').waitFor();
  await sources.getByText('The server no longer accepts the token.').waitFor();
  assert.deepEqual(await objections(page), []);
  for (const [name, width, scheme] of [['wide', 1440, 'light'], ['middle', 1024, 'dark'], ['narrow', 420, 'light'], ['narrow-dark', 420, 'dark']]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await sources.scrollIntoViewIfNeeded();
    await sources.evaluate((element) => element.scrollIntoView());
    await picture(page, `sources-${name}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  await sources.getByRole('button', { name: 'Remove ledger' }).click();
  await sources.getByRole('button', { name: 'Really remove ledger' }).click();
  await sources.getByRole('button', { name: 'Sync ledger' }).waitFor({ state: 'detached' });
  assert.equal((await app.rpc('workspace_status')).tickets, 12, 'what came from it stays');
  assert.equal((await app.rpc('ledger_list')).total, 10, 'eight of the sync (what changed and history, of issues and comments, the count, releases, tags and deployments), the test, and the refusal');
  await page.context().close();
});
