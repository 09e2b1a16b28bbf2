// The code lanes over the real engine and a small repository: what a trace's frames are at the customer's version.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { repository, trace } from './repository.mjs';
import { paste, pictures, start } from './support.mjs';

let app, dir, issue;
before(async () => {
  app = await start();
  dir = mkdtempSync(join(tmpdir(), 'precedent-repository-'));
  // One that counts and is shown: which that is, the day decides.
  const { verdict, hits } = await app.rpc('seen_before', { text: trace('2.2.0') });
  issue = hits.find(({ id }) => verdict.cases.includes(id)).display_id;
  repository(join(dir, 'shop'), issue);
});
after(async () => {
  await app.stop();
  rmSync(dir, { recursive: true, force: true });
});

const ran = (page) => page.getByRole('region', { name: 'What ran?' });
const type = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
const pasted = async (page, text) => {
  await page.keyboard.press('p');
  await page.getByRole('textbox', { name: 'Paste box' }).fill(text);
  await ran(page).waitFor();
};
/** Every look of a screen that a person may meet. */
const looked = (page, name, widths = [1440, 420], seen = null) =>
  pictures(page, name, { widths, looks: ['light', 'dark', 'contrast'], show: () => seen?.evaluate((element) => element.scrollIntoView()) });

test('without a repository the lane says how to add one, a folder that is none says why, and a clone is read at once', async () => {
  const page = await app.visit();
  await paste(page, trace('2.2.0'));
  await ran(page).getByText('No repository was added').waitFor();
  await looked(page, 'code-none');
  // The same by key as by the button beside it.
  await type(page, 'g', 'r');
  const path = page.getByLabel('Folder or address');
  await path.waitFor();
  assert.equal(await path.evaluate((field) => field === document.activeElement), true);
  await page.keyboard.press('Enter');
  await page.getByText('Type the folder of a clone, or an address, first.').waitFor();
  await page.keyboard.type(dir);
  await page.keyboard.press('Enter');
  await page.getByText('There is no git repository in that folder.').waitFor();
  await looked(page, 'code-add-failed', [1440]);
  assert.equal(page.complaints.splice(0).length, 1, 'the refusal itself');
  await path.fill(join(dir, 'shop'));
  await page.keyboard.press('Enter');
  const shop = page.getByRole('region', { name: 'shop' });
  await shop.getByText('3 releases, newest v2.3.1').waitFor();
  // Of one repository the guess is that everything lives there; somebody says it better, and it is kept.
  await type(page, 'Escape', 'g', 't');
  const map = page.getByRole('form', { name: 'Which product lives where' });
  await map.getByText('Guessed from the names').waitFor();
  await map.getByLabel('Folder of row 1').fill('src/main');
  await looked(page, 'code-repositories', [1440, 420], page.getByRole('region', { name: 'shop' }));
  await map.getByRole('button', { name: 'Keep this map' }).click();
  await map.getByText('from its own folder alone').waitFor();
  assert.equal((await app.rpc('code_map_get')).homes[0].folder, 'src/main');
  await map.getByRole('button', { name: 'Guess again' }).click();
  await map.getByText('Guessed from the names').waitFor();

  // What runs where is said, put right and taken back.
  const where = page.getByRole('form', { name: 'What runs where' });
  await type(page, 'v', 'e');
  await where.getByLabel('Environment').fill('production');
  await where.getByLabel('Release').fill('2.2.0');
  await page.keyboard.press('Enter');
  await where.getByRole('button', { name: 'Change v2.2.0 in production' }).click();
  await where.getByLabel('Release').fill('2.3.1');
  await where.getByRole('button', { name: 'Keep this' }).click();
  await where.getByRole('button', { name: 'Change v2.3.1 in production' }).waitFor();
  await looked(page, 'code-deploys', [1440, 420], where);
  await where.getByRole('button', { name: 'Remove v2.3.1 in production' }).click();
  await where.getByText('Nobody said what runs where yet.').waitFor();
  await type(page, 'z');
  await where.getByRole('button', { name: 'Change v2.3.1 in production' }).waitFor();
  assert.equal((await app.rpc('code_deploys')).deploys[0].release, 'v2.3.1');

  await page.keyboard.press('Escape');
  await ran(page).getByText('throw new RoundingException').waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the frames of a pasted trace are lines at the version it names, reached and chosen by keyboard', async () => {
  const page = await app.visit();
  await pasted(page, trace('2.2.0'));
  const version = ran(page).getByLabel('Version of shop');
  await ran(page).getByText('throw new RoundingException').waitFor();
  assert.equal(await version.inputValue(), 'v2.2.0');
  await looked(page, 'code-ran');
  await page.getByRole('region', { name: 'Seen before' }).first().click({ position: { x: 5, y: 5 } });
  await type(page, 'g', 'c');
  const focused = () => page.evaluate(() => document.activeElement.innerText.replace(/\s+/g, ' '));
  assert.match(await focused(), /^Totals\.java:6 throw new RoundingException/);
  await looked(page, 'code-ran-open');
  await type(page, 'j');
  assert.match(await focused(), /^Coupons\.java:5 totals\.check/);
  await type(page, 'k', 'k');
  assert.match(await focused(), /^Totals\.java:6/);
  await ran(page).getByText('2 of 3 frames').waitFor();

  // Another version has another line there.
  await type(page, 'g', 'v');
  await version.selectOption('v2.2.4');
  await ran(page).getByRole('button', { name: 'Totals.java:6' }).getByText('if (sum != total)').waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('what is not known of a version is said and never guessed', async () => {
  const page = await app.visit();
  await pasted(page, trace('2.2'));
  await ran(page).getByText('2.2 may be v2.2.0 or v2.2.4.').waitFor();
  await looked(page, 'code-several');
  await pasted(page, trace('2.2.9'));
  await ran(page).getByText('2.2.9 is no release of shop.').waitFor();
  await pasted(page, trace(''));
  await ran(page).getByText('Nobody says which version they run.').waitFor();
  assert.equal(await ran(page).getByText('throw new').count(), 0);
  await ran(page).getByLabel('Version of shop').selectOption({ label: 'main' });
  await ran(page).getByText('None of these files').waitFor({ state: 'detached' });
  await ran(page).getByRole('button', { name: 'Totals.java:6' }).waitFor();
  await pasted(page, trace('2.2.0', 99));
  await ran(page).getByText('totals.check').waitFor();
  await type(page, 'Escape');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the verdict, the cards and the reply say where the fix is for what the customer runs', async () => {
  const page = await app.visit();
  await paste(page, trace('2.2.0'));
  const pane = page.getByRole('region', { name: 'Seen before' });
  await pane.getByText('Fixed in v2.3.1: upgrade from v2.2.0').waitFor();
  const card = pane.getByRole('article').filter({ hasText: issue });
  await card.getByText('fixed in v2.3.1').waitFor();
  await looked(page, 'code-fixed-later');
  await page.keyboard.press('y');
  await page.getByText('Copied the').waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /This is fixed in v2\.3\.1\. You run v2\.2\.0\. Please upgrade to v2\.3\.1\.$/);
  await type(page, 'v', 'f');
  const passport = page.getByRole('region', { name: 'Fix passport' });
  await passport.getByText(`${issue}: Let totals differ by a cent`).waitFor();
  await looked(page, 'code-passport', [1440]);
  await type(page, 'Escape');
  await passport.waitFor({ state: 'detached' });

  await pasted(page, trace('2.3.1', 7));
  await pane.getByText('Regression: fixed since v2.3.1, and they run v2.3.1').waitFor();
  await looked(page, 'code-regression');
  // What came with that version touches the line itself, and says why it is first.
  const lane = page.getByRole('region', { name: 'What changed?' });
  await lane.getByText('shop from v2.2.4 to v2.3.1').waitFor();
  await type(page, 'v', 'c');
  await page.waitForFunction((issue) => document.activeElement?.textContent.includes(`${issue}: Let totals differ by a cent`), issue);
  await type(page, 'Enter');
  await lane.getByRole('row', { name: /Together/ }).waitFor();
  await looked(page, 'code-changed', [1440, 420], lane);
  // Who wrote the lines that ran, with how many of how many.
  const who = page.getByRole('region', { name: 'Who may know' });
  await who.getByText(/wrote \d+ of the \d+ lines? that ran, last on /).waitFor();
  await looked(page, 'code-who', [1440, 420], who);
  // The version was not said: somebody chooses it, and the verdict goes by it.
  await pasted(page, trace(''));
  await pane.getByText('what they run is not known').waitFor();
  await ran(page).getByLabel('Version of shop').selectOption('v2.2.4');
  await pane.getByText('Fixed in v2.3.1: upgrade from v2.2.4').waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
