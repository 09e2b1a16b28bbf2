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
// What the forge refuses, and whom it lets wait.
let refused = /^nothing/;
let held = Promise.resolve();
before(async () => {
  forge = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://forge');
    const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { message: 'Bad credentials' });
    if (refused.test(pathname)) return answer(403, { message: 'Resource not accessible by this token' });
    await held;
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
  await sources.getByText('takes 12 tickets').waitFor();
  await picture(page, 'sources-removing');
  assert.deepEqual(await objections(page), []);
  await page.keyboard.press('Enter');
  await sources.getByRole('button', { name: 'Sync ledger' }).waitFor({ state: 'detached' });
  assert.equal((await app.rpc('workspace_status')).tickets, 12, 'what came from it stays');
  assert.equal((await app.rpc('ledger_list')).total, 13, 'eight of the sync (what changed and history, of issues and comments, the count, releases, tags and deployments), four of the test (the repository, issues, releases and deployments), and the refusal');
  await page.context().close();
});

test('a source is paused, resumed, cancelled and read again by its keys, says what it leaves out, and goes with what it brought', async () => {
  const page = await app.visit();
  const sources = page.getByRole('region', { name: 'Sources' });
  const keys = async (...all) => {
    for (const key of all) await page.keyboard.press(key);
  };
  const looks = async (name) => {
    for (const [size, width, scheme] of [['wide', 1440, 'light'], ['wide-dark', 1440, 'dark'], ['narrow', 420, 'light'], ['narrow-dark', 420, 'dark']]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      await sources.evaluate((element) => element.scrollIntoView());
      await picture(page, `sources-${name}-${size}`);
    }
    assert.deepEqual(await objections(page), []);
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  await keys('m', 'g');
  await page.getByLabel('Address', { exact: true }).fill('https://10.1.2.3/acme/ledger');
  await keys('Enter');
  await page.getByText('It is on our own network” under “More”').first().waitFor();
  assert.equal(await page.getByLabel('It is on our own network').isVisible(), true, 'what is missing is in sight');
  await looks('more');
  await page.getByLabel('Address', { exact: true }).fill(address);
  await page.getByLabel('Token').fill(token);
  await keys('Enter');
  await sources.getByRole('button', { name: 'Sync ledger' }).waitFor();
  await settled(app);

  await sources.getByRole('button', { name: 'Pause ledger' }).click();
  await sources.getByText('Paused: it is asked only when you say so.').waitFor();
  await keys('b', 'p');
  await sources.getByText('Paused: it is asked only when you say so.').waitFor({ state: 'detached' });

  refused = /\/releases$/;
  await keys('b', 'y');
  await sources.getByText('Releases are left out: this account may not read them.').waitFor();
  await settled(app);
  await looks('left-out');
  refused = /^nothing/;

  let go;
  held = new Promise((release) => (go = release));
  await keys('b', 'r');
  await sources.getByRole('button', { name: 'Cancel ledger' }).click();
  go();
  await settled(app);
  assert.equal((await app.rpc('jobs_list'))[0].state, 'cancelled');
  await sources.getByRole('button', { name: 'Sync ledger' }).waitFor();
  await keys('b', 'r');
  await sources.getByText('Releases are left out').waitFor({ state: 'detached' });
  await settled(app);
  assert.equal((await app.rpc('jobs_list'))[0].state, 'done');
  await sources.getByRole('button', { name: 'Sync ledger' }).waitFor();

  await keys('b', 'd');
  await page.getByRole('button', { name: 'Delete what was read, too' }).focus();
  await looks('removing');
  await keys('Enter');
  await sources.getByRole('button', { name: 'Sync ledger' }).waitFor({ state: 'detached' });
  assert.equal((await app.rpc('workspace_status')).tickets, 0);
  await page.context().close();
});
