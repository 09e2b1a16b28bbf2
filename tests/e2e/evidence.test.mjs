// The engineer's view over the real engine: a test that is red where the problem is and green where its fix is, and the search
// for the commit that brought it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pictures, start } from './support.mjs';

const GOOD = 'exports.total = (items) => items.length;\n';
const BAD = "exports.total = (items) => {\n  throw new TypeError('Totals differ');\n};\n";
const TEST = "const test = require('node:test');\nconst { total } = require('./cart');\n\ntest('SHOP-2', () => { total([1]); });\n";

let app, dir, id, brought;
before(async () => {
  app = await start({ sample: false });
  dir = mkdtempSync(join(tmpdir(), 'precedent-evidence-'));
  const shop = join(dir, 'shop');
  mkdirSync(join(shop, 'src'), { recursive: true });
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  for (const who of ['AUTHOR', 'COMMITTER']) Object.assign(env, { [`GIT_${who}_NAME`]: 'Mei Tanaka', [`GIT_${who}_EMAIL`]: 'mei@northwind.example' });
  const git = (...args) => execFileSync('git', ['-c', 'commit.gpgsign=false', ...args], { cwd: shop, env, encoding: 'utf8' }).trim();
  const commit = (path, text, message) => {
    writeFileSync(join(shop, path), text);
    git('add', '-A');
    git('commit', '-q', '-m', message);
  };
  git('init', '-q', '-b', 'main');
  commit('package.json', '{}', 'Begin');
  commit('src/cart.js', GOOD, 'Add the cart');
  git('tag', 'v1.0.0');
  for (let at = 1; at <= 6; at++) {
    if (at === 3) commit('src/cart.js', BAD, 'Check the totals');
    else commit('notes.txt', String(at), `Note ${at}`);
    if (at === 3) brought = git('rev-parse', 'HEAD');
  }
  git('tag', 'v1.1.0');
  commit('src/cart.js', GOOD, 'SHOP-2: Do not check the totals');
  git('tag', 'v1.2.0');
  const ended = async ({ id }) => {
    for (let state = 'running'; state === 'running'; ) [{ state }] = (await app.rpc('jobs_list')).filter((job) => job.id === id);
  };
  await app.rpc('code_add', { path: shop });
  await ended(await app.rpc('code_update', { name: 'shop' }));
  const body = '1. Put two into the basket\n2. Pay\n\nTypeError: Totals differ\n    at total (src/cart.js:2:9)\n    at pay (src/pay.js:9:1)';
  const file = join(dir, 'tickets.jsonl');
  writeFileSync(file, JSON.stringify({ kind: 'ticket', id: 'SHOP-2', subject: 'Cannot pay', body, product: 'shop', version: '1.1.0', created_at: '2026-01-01T00:00:00Z' }));
  await ended(await app.rpc('import_start', { path: file }));
  ({
    row: { id },
  } = await app.rpc('escalation_submit', { package: { ticket: 'SHOP-2', reason: 'needs_code_fix' } }));
});
after(async () => {
  await app?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('an engineer drafts a test by key, runs it once they agreed, and finds the commit that brought it', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.getByText('Cannot pay').first().click();
  await page.getByRole('heading', { name: 'Cannot pay' }).waitFor();

  await page.keyboard.press('h');
  await page.keyboard.press('t');
  const form = page.getByRole('form', { name: 'Regression test' });
  const text = form.getByRole('textbox', { name: /^The test/ });
  await text.waitFor();
  assert.match(await text.inputValue(), /SHOP-2: Cannot pay/);
  const run = form.getByRole('button', { name: /^Run the test/ });
  assert.equal(await run.isDisabled(), true, 'nobody agreed yet');
  await text.fill(TEST);
  await form.getByRole('checkbox').check();
  await text.fill(`${TEST}\n`);
  assert.equal(await form.getByRole('checkbox').isChecked(), false, 'what was changed since was not agreed to');
  await form.getByRole('checkbox').check();
  await run.click();
  await page.getByText('Red where the problem is and green where its fix is.').waitFor();
  await page.getByText(/^v1\.1\.0: failed/).click();
  await page.getByRole('group', { name: 'What it said at v1.1.0' }).getByText('Totals differ').first().waitFor();
  await pictures(page, 'evidence-test');

  const search = page.getByRole('group', { name: 'Which commit brought it?' });
  await search.getByRole('button', { name: /^Search for the commit/ }).click();
  await search.getByText('From v1.0.0 (good) to v1.1.0 (bad) in shop').waitFor();
  await search.scrollIntoViewIfNeeded();
  await pictures(page, 'evidence-search');
  // Of what is proposed, as a person would try it: what comes before the commit is good.
  await search.getByRole('button', { name: `Bad: ${brought.slice(0, 10)}` }).click();
  await search.getByText('Said so far').waitFor();
  await search.getByRole('button', { name: `Take back: ${brought.slice(0, 10)}` }).click();
  await search.getByText('Said so far').waitFor({ state: 'detached' });
  await search.getByRole('button', { name: /^Let the test above say it/ }).click();
  await search.getByText('The commit that brought it').waitFor();
  await search.getByText('Check the totals').first().waitFor();
  await search.scrollIntoViewIfNeeded();
  await pictures(page, 'evidence-found');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
