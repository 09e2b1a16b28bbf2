import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { keys, pictures, start } from './support.mjs';

let app;
before(async () => {
  app = await start();
});
after(() => app?.stop());

test('a new hire practises on a past case by keyboard: three keys to start, compared with what it was, and private', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await keys(page, 'g', 'g');
  await page.getByRole('heading', { name: 'Training' }).waitFor();
  await page.getByRole('button', { name: 'Begin' }).press('Enter');
  await page.getByRole('group', { name: 'What is it?' }).waitFor();
  await pictures(page, 'training-case');
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByText('Choose what it is first.').waitFor();
  await page.getByRole('radio', { name: 'Something new' }).check();
  await page.getByLabel('What would you do?').fill('Ask for the log of the connector.');
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('heading', { name: 'What was done' }).waitFor();
  await page.getByText('1 today').waitFor();
  await pictures(page, 'training-outcome');
  await page.getByRole('button', { name: 'Next case' }).click();
  await page.getByRole('group', { name: 'What is it?' }).waitFor();
  await page.getByRole('button', { name: 'Forget what I practised' }).click();
  await page.getByRole('button', { name: 'Really forget it' }).click();
  await page.getByText('1 today').waitFor({ state: 'detached' });
  assert.deepEqual(page.complaints, []);
});
