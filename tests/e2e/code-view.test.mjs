// The code view over the real engine: a file at a version, its permalink, what changed in it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { TOTALS, repository, trace } from './repository.mjs';
import { inEveryLook, paste, start } from './support.mjs';

let app, dir, shop;
before(async () => {
  app = await start();
  dir = mkdtempSync(join(tmpdir(), 'precedent-repository-'));
  shop = repository(join(dir, 'shop'), 'NW-100');
  shop.git('remote', 'add', 'origin', 'git@github.com:northwind/shop.git');
  await app.rpc('code_add', { path: join(dir, 'shop') });
  const { id } = await app.rpc('code_update', { name: 'shop' });
  for (let state = 'running'; state === 'running'; ) [{ state }] = (await app.rpc('jobs_list')).filter((job) => job.id === id);
});
after(async () => {
  await app.stop();
  rmSync(dir, { recursive: true, force: true });
});

for (const width of [1440, 420]) {
  test(`by keyboard a line opens in its file, is linked to and held against another version, ${width} px wide`, async () => {
    const page = await app.visit({ width });
    const type = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.getByText('Works offline').first().waitFor({ state: 'attached' });
    await paste(page, trace('2.2.0'));
    const ran = page.getByRole('region', { name: 'What ran?' });
    await ran.getByText('throw new RoundingException').waitFor();
    await type('g', 'c', 'Enter');
    const view = page.getByRole('region', { name: 'Code' });
    const here = view.locator('[aria-current]');
    await here.getByText('throw new RoundingException("Totals differ by " + (sum - total));').waitFor();
    // The text is what git shows, line for line.
    const shown = shop.git('show', `v2.2.0:${TOTALS}`).split('\n');
    const lines = await view.getByRole('listitem').evaluateAll((items) => items.map((item) => item.querySelector('code').textContent));
    assert.deepEqual(lines.map((line) => line.trimEnd()), shown);
    await view.getByText('changed this line last,').waitFor();
    await view.getByText(/^Today/).waitFor();
    await inEveryLook(page, 'code-file', ['light', 'dark', 'contrast']);

    // Who changed each line, and away again.
    await type('v', 'b');
    await view.getByRole('listitem').first().getByText('Mei Tanaka').waitFor();
    assert.equal(await view.getByRole('button', { name: 'Hide who changed each line' }).getAttribute('aria-pressed'), 'true');
    await inEveryLook(page, 'code-gutter', ['light', 'dark', 'contrast']);
    await type('v', 'b');
    await view.getByRole('listitem').first().getByText('Mei Tanaka').waitFor({ state: 'detached' });

    // Who asked for it: at this version nobody, later somebody, who may be said to be none of it.
    await type('v', 'i');
    const behind = view.getByRole('region', { name: 'Tickets behind this' });
    await behind.getByText('No issue is named by 1 commit.').first().waitFor();
    await view.getByLabel('Version shown').selectOption('v2.3.1');
    await behind.getByText('Let totals differ by a cent').waitFor();
    await inEveryLook(page, 'code-tickets', ['light', 'dark', 'contrast']);
    await behind.getByRole('button', { name: /^Not of this/ }).click();
    await behind.getByRole('button', { name: /^It is of this/ }).click();
    await behind.getByRole('button', { name: /^Not of this/ }).waitFor();
    await view.getByRole('button', { name: 'Hide the tickets behind this' }).click();
    await behind.waitFor({ state: 'detached' });
    await view.getByLabel('Version shown').selectOption('v2.2.0');
    await here.getByText('throw new RoundingException').waitFor();

    await type('v', 'l');
    await page.getByText('Copied the permalink').waitFor();
    const commit = shop.git('rev-parse', 'v2.2.0^{commit}');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `https://github.com/northwind/shop/blob/${commit}/${TOTALS}#L6`);
    await type('v', 'd');
    const compare = view.getByLabel('Compare with');
    assert.equal(await compare.evaluate((select) => select === document.activeElement), true);
    await compare.selectOption('v2.3.1');
    await view.getByText('From v2.2.0 to v2.3.1').waitFor();
    assert.equal(await view.locator('li.gone').count(), 1);
    assert.equal(await view.locator('li.came').count(), 2);
    await inEveryLook(page, 'code-compare', ['light', 'dark', 'contrast']);
    await compare.selectOption('');
    await here.waitFor();
    // At another version the file is another one, and no line is marked.
    await view.getByLabel('Version shown').selectOption('v2.2.4');
    await view.getByText('/** What a customer pays. */').waitFor();
    assert.equal(await here.count(), 0);
    await type('Escape');
    await view.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.textContent.includes('Totals.java:6'));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}
