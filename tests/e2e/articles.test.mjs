import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { objections, paste, pictures, settled, start } from './support.mjs';

const article = (id, title, body, more = {}) => ({
  id, title, body, draft: false, user_segment_id: null, html_url: `https://help.example/hc/articles/${id}`,
  created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-02T00:00:00Z', edited_at: '2026-01-02T00:00:00Z', ...more,
});

const ticket = {
  id: 1, subject: 'Printer on the second floor', description: 'It has no paper.', status: 'open', requester_id: 7, tags: [],
  created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z', generated_timestamp: 1767225600,
};

let app, desk;
before(async () => {
  desk = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://desk');
    const answer = (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const articles = [
      article(7, 'Unseal a quarantined ledger', '<p>The export stops and the ledger is quarantined.</p><p>Unseal it under <b>Periods</b>, then export again.</p>'),
      article(8, 'Quarantined ledgers, for the team', '<p>Ask Platform before you unseal.</p>', { draft: true }),
    ];
    if (pathname.endsWith('user_segments.json')) return answer({ user_segments: [] });
    if (pathname.endsWith('brands.json')) return answer({ brands: [] });
    if (pathname.includes('help_center')) return answer({ articles, count: 2, meta: { has_more: false } });
    if (pathname.endsWith('cursor.json')) return answer({ tickets: [ticket], after_cursor: '1', end_of_stream: true });
    if (pathname.endsWith('ticket_events.json')) return answer({ ticket_events: [], end_time: 1, end_of_stream: true });
    if (pathname.endsWith('groups.json')) return answer({ groups: [], meta: { has_more: false } });
    return answer({ tickets: [], users: [], meta: { has_more: false } });
  });
  await new Promise((listening) => desk.listen(0, '127.0.0.1', listening));
  desk.unref();
  app = await start({ sample: false });
});
after(async () => {
  await app?.stop();
  desk.close();
});

test('an article of a help centre is found, stands beside the answer and says where it is changed', async () => {
  await app.rpc('source_add', { kind: 'zendesk', url: `http://127.0.0.1:${desk.address().port}`, name: 'desk', secret: 'token' });
  await app.rpc('sync_start', { name: 'desk' });
  await settled(app);
  const page = await app.visit({ reducedMotion: 'reduce' });
  await page.getByRole('contentinfo').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('quarantined');
  await page.getByRole('option').filter({ hasText: 'Unseal a quarantined ledger' }).waitFor();
  assert.equal(await page.getByRole('option').filter({ hasText: 'Article' }).count(), 2);
  await pictures(page, 'articles-search');
  await page.keyboard.press('Escape');
  await paste(page, 'The export stops and the ledger is quarantined. How do I unseal a quarantined ledger?');
  const lane = page.getByRole('region', { name: 'Articles' });
  await lane.getByText('Unseal a quarantined ledger').waitFor();
  assert.deepEqual(await objections(page), []);
  await pictures(page, 'articles-pane');
  await lane.getByRole('button').first().click();
  await page.getByText('only read here: it is changed there').waitFor();
  await page.getByRole('button', { name: 'Open at its source: help.example' }).waitFor();
  await page.getByText('then export again').first().waitFor();
  assert.deepEqual(await objections(page), []);
  await pictures(page, 'article');
});
