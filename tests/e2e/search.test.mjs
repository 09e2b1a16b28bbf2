// Search as people use it: exact things first, mistyped words found, narrowed by keyboard, read to the very end.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { objections, picture, start } from './support.mjs';

let app;
before(async () => {
  app = await start();
});
after(() => app.stop());

const results = (page) => page.getByRole('listbox', { name: 'Search results' });
const search = async (page, text) => {
  await page.locator('[data-focus]').first().waitFor();
  await page.keyboard.press('/');
  await page.waitForFunction(() => document.activeElement?.matches('[data-focus="search"]'));
  await page.keyboard.type(text);
  await results(page).getByRole('option').first().waitFor();
};
const tiers = (page) => results(page).getByRole('group').evaluateAll((groups) => groups.map((group) => group.getAttribute('aria-label')));

test('a mistyped word is found, and the hits say that it was', async () => {
  const page = await app.visit();
  await search(page, 'timout');
  // What was typed so far found something else.
  await results(page).getByRole('group', { name: 'Spelled nearly so' }).waitFor();
  assert.deepEqual(await tiers(page), ['Spelled nearly so']);
  await page.getByRole('combobox', { name: 'Search everything' }).fill('checkout');
  await results(page).getByRole('group', { name: 'Exact' }).waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the list goes on to its very end', async () => {
  const page = await app.visit();
  await search(page, 'is:solved ');
  const { total } = await app.rpc('search', { query: 'is:solved' });
  assert.ok(total > 500, `${total} are more than the engine gives at once`);
  const list = results(page);
  for (let seen = 0; seen < total; ) {
    await list.evaluate((list) => list.scrollTo(0, list.scrollHeight));
    const before = seen;
    for (let tries = 0; tries < 100 && seen === before; tries++) {
      await page.waitForTimeout(20);
      seen = await list.getByRole('option').count();
    }
    assert.ok(seen > before, `it ends at ${seen} of ${total}`);
  }
  await page.context().close();
});

test('with the keys alone it is narrowed, and no longer', async () => {
  const page = await app.visit();
  await search(page, 'error');
  await results(page).focus();
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await page.keyboard.press('Tab');
  await page.getByRole('group', { name: 'Product' }).getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  const box = page.getByRole('combobox', { name: 'Search everything' });
  await page.waitForFunction(() => document.querySelector('[data-focus="search"]').value.includes('product:'));
  const narrowed = await box.inputValue();
  const { total } = await app.rpc('search', { query: narrowed });
  await page.getByText(`${total} matches`).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('[data-focus="search"]').value.includes('product:'));
  await page.context().close();
});

test('what cannot be asked is said, with the fields that there are', async () => {
  const page = await app.visit();
  await page.getByRole('combobox', { name: 'Search everything' }).fill('prodct:orders ');
  const note = page.getByRole('alert');
  await note.waitFor();
  assert.match(await note.textContent(), /product: may be meant.*component,/s);
  await picture(page, 'search-unknown-field');
  await page.context().close();
});

describe('its looks', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1440, 1024, 420]) {
      test(`${width} ${colorScheme}`, async () => {
        const page = await app.visit({ width, colorScheme, reducedMotion: 'reduce' });
        await search(page, 'paymnt');
        await picture(page, `search-typo-${width}-${colorScheme}`);
        await page.getByRole('combobox', { name: 'Search everything' }).fill('report');
        await page.getByRole('button', { name: 'Narrow' }).click();
        await page.getByRole('group', { name: 'Product' }).waitFor();
        assert.deepEqual(await objections(page), []);
        await picture(page, `search-narrow-${width}-${colorScheme}`);
        await page.context().close();
      });
    }
  }
});
