// Figures of the sample company, opened down to the ticket.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { keys, pictures, start } from './support.mjs';

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
  await avoidable.getByRole('button', { name: 'It was not' }).first().click();
  await avoidable.getByText('Of 1 answer that somebody looked at, 0 were right.').waitFor();
  await keys(page, 'z');
  await avoidable.getByText(/somebody looked at/).waitFor({ state: 'detached' });

  await keys(page, 'h', 's');
  const sample = page.getByRole('region', { name: 'Do ties fit?' });
  await sample.getByText(/^0 of \d+ tied tickets looked at/).waitFor();
  await keys(page, 'Tab', 'Tab', 'Tab', 'Enter');
  await sample.getByText(/^1 of \d+ tied tickets looked at: all that was looked at fits of 1/).waitFor();
  await pictures(page, 'insights-sample', { height: 1400 });
  await keys(page, 'h', 'o');
  const earlier = page.getByRole('region', { name: 'Why earlier cases were escalated' });
  await earlier.getByRole('button', { name: /^Confirm of /, disabled: false }).first().click();
  await earlier.getByRole('button', { name: /^Take back of / }).waitFor();
  await earlier.scrollIntoViewIfNeeded();
  await pictures(page, 'insights-earlier', { height: 1400 });
  const able = page.getByRole('region', { name: 'Which tier can solve what' });
  await keys(page, 'h', 'e');
  await able.getByRole('checkbox').first().focus();
  await keys(page, ' ');
  await page.getByRole('region', { name: 'Always needs engineering', exact: true }).getByRole('button', { name: /^Mark it no longer/ }).waitFor();
  await able.scrollIntoViewIfNeeded();
  await pictures(page, 'insights-always', { height: 1400 });
  await avoidable.scrollIntoViewIfNeeded();
  await pictures(page, 'insights-avoidable', { height: 1400 });
  const answer = avoidable.getByRole('button').nth(1);
  const id = (await answer.innerText()).split(/\s/)[0];
  await answer.click();
  await page.getByText(id).first().waitFor();
  assert.deepEqual(page.complaints ?? [], []);
});

test('the programme counts what it can, is ticked by the keyboard with the way back, and keeps what people told', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await keys(page, 'h', 'p');
  await page.getByRole('heading', { name: 'Programme', exact: true }).waitFor();
  const step = page.getByRole('checkbox', { name: 'Assess current tools and gaps' });
  await step.focus();
  await keys(page, ' ');
  await page.getByText('1 of 16 steps done.').waitFor();
  await keys(page, 'z');
  await page.getByText('0 of 16 steps done.').waitFor();
  await step.focus();
  await keys(page, ' ');
  await page.getByText('1 of 16 steps done.').waitFor();

  const form = page.getByRole('form', { name: 'Note an interview' });
  const note = async (role, pain, tools, quote) => {
    await form.getByLabel('Role').selectOption(role);
    await form.getByLabel('What slows them, in a line').fill(pain);
    await form.getByLabel('What they open for it').fill(tools);
    await form.getByLabel('In their words').fill(quote);
    await form.getByRole('button', { name: 'Note an interview' }).click();
    await page.getByRole('listitem').filter({ hasText: quote }).waitFor();
  };
  await form.getByRole('button', { name: 'Note an interview' }).click();
  await form.getByText('Say in a line what slows them.').waitFor();
  await note('l2', 'No logs of the customer’s session', 'Zendesk, Kibana', 'I ask engineering for every log.');
  await note('l3_engineer', 'no logs of the customer’s session.', 'Kibana, Grafana', 'Half of what comes has no steps.');
  await page.getByText('2 of 2: sides heard').waitFor();
  await page.getByRole('img', { name: '2 people, about 8 times a month' }).waitFor();
  await page.getByRole('searchbox', { name: 'Find in interviews' }).fill('steps');
  await page.getByText('1 of 2 interviews').waitFor();
  await page.getByRole('searchbox', { name: 'Find in interviews' }).fill('');
  await page.getByRole('rowheader', { name: /Kibana.*2 people open it/ }).waitFor();
  await pictures(page, 'programme', { height: 2600 });
  await page.getByRole('button', { name: 'Look: Identify the most common escalation reasons' }).click();
  await page.getByRole('region', { name: 'Figures' }).waitFor();
  await page.getByRole('button', { name: /^Programme/ }).click();
  await page.getByRole('heading', { name: 'Programme', exact: true }).waitFor();
  assert.deepEqual(page.complaints ?? [], []);
});
