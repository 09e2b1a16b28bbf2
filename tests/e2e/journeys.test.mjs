import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { paste, start, ticketWith } from './support.mjs';

const hits = (page) => page.getByRole('region', { name: 'What worked before?' }).getByRole('article');
const verdict = (page) => page.getByRole('region', { name: 'Seen before' });

describe('with the sample company', () => {
  let app;
  before(async () => (app = await start()));
  after(() => app.stop());

  test('a ticket from the queue is answered', async () => {
    const page = await app.visit();
    await page.getByRole('option').nth(2).click();
    await verdict(page).getByText(/^(Seen|Perhaps seen|New here)/).first().waitFor();
    await page.getByRole('region', { name: 'Ticket', exact: true }).getByRole('heading').first().waitFor();
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  test('a pasted stack trace is answered without a click', async () => {
    const { answer } = await ticketWith(app, ({ ran }) => ran[0]?.kind === 'stack_trace' && ran[0].tickets > 0);
    const [{ exception, message, frames }] = answer.ran;
    const head = `${exception}: ${message.map((piece) => piece.text).join('')}`;
    const text = [head, ...frames.map((frame) => frame.raw)].join('\n');
    const page = await app.visit();
    await page.getByRole('option').first().waitFor();
    await paste(page, text);
    await page.getByRole('region', { name: 'What ran?' }).waitFor();
    await hits(page).first().waitFor();
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  test('not the same can be taken back, and sticks when it is not', async () => {
    const { row, answer } = await ticketWith(app, ({ hits }) => hits.length >= 3);
    const gone = answer.hits[0].display_id;
    const ids = async (page) => (await hits(page).allInnerTexts()).filter((text) => text.includes(gone)).length;
    const open = async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type(row.display_id);
      await page.getByRole('option').filter({ hasText: row.display_id }).first().waitFor();
      await page.keyboard.press('Enter');
      await hits(page).first().waitFor();
    };
    const page = await app.visit();
    await page.getByRole('option').first().waitFor();
    await open(page);
    const first = hits(page).filter({ hasText: gone });
    await first.waitFor();
    await first.getByRole('button', { name: 'Not the same' }).click();
    await first.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await first.waitFor();
    await first.getByRole('button', { name: 'Not the same' }).click();
    await first.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('option').first().waitFor();
    await open(page);
    assert.equal(await ids(page), 0);
    await page.context().close();
  });

  test('the verdict never counts a case that is not the same', async () => {
    const { row } = await ticketWith(app, ({ verdict, hits, known_error }) => verdict.times === 1 && !known_error && hits.some(({ id }) => id === verdict.cases[0]));
    const only = (await app.rpc('seen_before', { ticket: row.id })).verdict.cases[0].split(':')[1];
    const page = await app.visit();
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(row.display_id);
    await page.getByRole('option').filter({ hasText: row.display_id }).first().waitFor();
    await page.keyboard.press('Enter');
    const heading = verdict(page).getByRole('heading', { level: 2 }).first();
    await heading.filter({ hasText: ' once' }).waitFor();
    await hits(page).filter({ hasText: only }).first().getByRole('button', { name: 'Not the same' }).click();
    await hits(page).filter({ hasText: only }).waitFor({ state: 'detached' });
    // On screen it is gone at once; the engine hears of it a moment later.
    const asked = async () => (await app.rpc('seen_before', { ticket: row.id })).verdict;
    let { times, cases } = await asked();
    for (let tries = 0; tries < 100 && cases.some((id) => id.endsWith(`:${only}`)); tries++) ({ times, cases } = await asked());
    assert.ok(!cases.some((id) => id.endsWith(`:${only}`)));
    // Behind it another single case may stand.
    const counted = times === 0 ? 'New here' : times === 1 ? ' once' : times === 2 ? ' twice' : ` ${times} times`;
    await heading.filter({ hasText: counted }).waitFor();
    await page.keyboard.press('z');
    await hits(page).filter({ hasText: only }).first().waitFor();
    await heading.filter({ hasText: ' once' }).waitFor();
    await page.context().close();
  });

  test('search answers while it is typed, and Enter opens what it found', async () => {
    const { rows } = await app.rpc('queue_list', { filter: 'all', limit: 50 });
    const row = rows[40];
    const page = await app.visit();
    await page.getByRole('combobox', { name: 'Search everything' }).fill(row.display_id);
    await page.getByRole('listbox', { name: 'Search results' }).getByText(row.display_id).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Ticket', exact: true }).getByText(row.display_id).first().waitFor();
    await page.context().close();
  });

  test('a receipt opens on demand and its parts are the score', async () => {
    const { answer } = await ticketWith(app, ({ hits }) => hits.length > 0);
    for (const hit of answer.hits) {
      const sum = hit.receipt.reduce((sum, part) => sum + part.points, 0);
      assert.ok(Math.abs(sum - hit.score) < 1e-6, `${hit.id}: ${sum} is not ${hit.score}`);
    }
  });

  test('without the token the engine answers nobody', async () => {
    const { origin } = new URL(app.url);
    const answer = await fetch(`${origin}/rpc/workspace_status`, { method: 'POST', body: '{}' });
    assert.equal(answer.status, 401);
  });
});

test('an empty workspace offers the sample company and fills with it', async () => {
  const app = await start({ sample: false });
  try {
    const page = await app.visit();
    await page.getByText('Nothing here yet').waitFor();
    await page.getByRole('button', { name: 'Fill with the sample company' }).click();
    await page.getByRole('option').first().waitFor({ timeout: 90_000 });
    assert.deepEqual(page.complaints, []);
  } finally {
    await app.stop();
  }
});
