// Figures of the sample company, opened down to the ticket.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pictures, start } from './support.mjs';

let app;
before(async () => {
  app = await start();
});
after(() => app?.stop());

test('every figure opens its formula and its tickets, and an avoidable escalation the answer that was there', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  const figures = page.getByRole('region', { name: 'Figures' });
  await figures.getByRole('button', { name: /^Needed engineering/ }).waitFor();
  await pictures(page, 'insights', { height: 1400 });
  await figures.getByRole('button', { name: /^Needed engineering/ }).click();
  const panel = page.getByRole('region', { name: /formula and tickets$/ });
  await panel.getByText(/^The newest \d+ of|tickets$/).first().waitFor();
  await panel.getByText('The same as SQL').click();
  await panel.getByText(/Run on the database just now/).waitFor();
  await pictures(page, 'insights-figure', { height: 1400 });
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });

  const avoidable = page.getByRole('region', { name: 'Avoidable escalations' });
  await avoidable.getByRole('button', { name: 'Take the exam' }).click();
  await page.getByRole('region', { name: 'How often the earlier case is found' }).waitFor({ timeout: 120_000 });
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await avoidable.getByText(/engineering hours/).waitFor();
  await avoidable.scrollIntoViewIfNeeded();
  await pictures(page, 'insights-avoidable', { height: 1400 });
  const answer = avoidable.getByRole('button').nth(1);
  const id = (await answer.innerText()).split(/\s/)[0];
  await answer.click();
  await page.getByText(id).first().waitFor();
  assert.deepEqual(page.complaints ?? [], []);
});
