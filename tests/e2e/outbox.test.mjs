import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { objections, picture, pictures, settled, start } from './support.mjs';

const issue = (number, title = `Voucher ${number} was not posted`, body = 'The ledger stays empty.') => ({
  id: number, number, title, state: 'open', body, user: { login: 'ann', type: 'User' }, labels: [],
  created_at: '2026-01-01T00:00:00Z', updated_at: `2026-01-01T00:00:${String(number).padStart(2, '0')}Z`,
  repository_url: 'https://api.github.com/repos/acme/ledger', html_url: `https://github.com/acme/ledger/issues/${number}`,
});

let app, forge;
const issues = Array.from({ length: 3 }, (_, i) => issue(i + 1));
const posted = [];
const said = [];
let refuses = false;
before(async () => {
  forge = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://forge');
    const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    let body = '';
    request.on('data', (piece) => (body += piece));
    request.on('end', () => {
      if (request.method === 'POST') {
        if (refuses) return answer(422, { message: 'Validation Failed' });
        posted.push(body);
        if (pathname.endsWith('/comments')) return answer(201, { id: 90 + posted.length, html_url: 'https://github.com/acme/ledger/issues/2#issuecomment-91' });
        issues.push(issue(issues.length + 1, JSON.parse(body).title, JSON.parse(body).body));
        return answer(201, issues.at(-1));
      }
      if (/\/(releases|tags|deployments)$/.test(pathname)) return answer(200, []);
      if (pathname.endsWith('/comments')) return answer(200, said);
      const one = /\/issues\/(\d+)$/.exec(pathname);
      if (one) return answer(200, issues.find(({ number }) => number === Number(one[1])));
      if (pathname.endsWith('/issues')) return answer(200, issues);
      return answer(200, { full_name: 'acme/ledger', private: true });
    });
  });
  await new Promise((listening) => forge.listen(0, '127.0.0.1', listening));
  app = await start({ sample: false });
});
after(async () => {
  await app?.stop();
  forge.close();
});

test('a comment and an issue are written from a ticket, seen, sent once, and one is dropped', async () => {
  // What fades in has not its colours yet when it is looked at.
  const page = await app.visit({ reducedMotion: 'reduce' });
  await page.getByRole('contentinfo').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.getByText('Nothing was ever written from here').waitFor();
  assert.deepEqual(await objections(page), []);
  await page.keyboard.press('m');
  await page.keyboard.press('g');
  await page.getByLabel('Address', { exact: true }).fill(`http://127.0.0.1:${forge.address().port}/acme/ledger`);
  await page.getByLabel('Token').fill('ghp_zanzibar');
  await page.locator('[data-focus="source-more"]').click();
  await page.getByLabel('Allow writing what you send from the outbox').check();
  await page.getByLabel('Address', { exact: true }).press('Enter');
  const sources = page.getByRole('region', { name: 'Sources' });
  await sources.getByRole('cell', { name: '3', exact: true }).waitFor();
  await settled(app);

  // Out of the field: one step back leads to the queue.
  await page.keyboard.press('Escape');
  await page.getByText('Voucher 2 was not posted').first().click();
  await page.getByRole('button', { name: 'Write a note or an issue about this ticket' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.getByLabel('Where').waitFor();
  await page.getByRole('button', { name: 'Show what would leave' }).click();
  await page.getByText('There is no text to send.').waitFor();
  await page.getByRole('textbox', { name: 'Text' }).fill('Seen before. Ask mia@northwind.example.\nThe coupon stops the batch.');
  await pictures(page, 'outbox-write');
  await page.getByRole('button', { name: 'Show what would leave' }).click();
  const list = page.getByRole('list', { name: 'What was written' });
  await list.getByText('Not sent yet').waitFor();
  await list.getByText('1 e-mail address').waitFor();
  assert.equal(posted.length, 0, 'nothing leaves before the click');
  await list.getByText('What leaves, byte for byte').click();
  const shown = await list.getByRole('region', { name: 'What leaves, byte for byte' }).innerText();
  assert.ok(!shown.includes('northwind'), shown);
  await pictures(page, 'outbox-draft');
  await list.getByRole('button', { name: 'Send it' }).click();
  await list.getByText('Sent', { exact: true }).waitFor();
  assert.deepEqual(posted, [shown], 'what was shown is what left, byte for byte');

  // An issue, which the other side refuses.
  await write(page, 'Vouchers stop at the coupon', 'The batch stops.');
  refuses = true;
  await list.getByRole('button', { name: 'Send it' }).click();
  await list.getByText('Refused', { exact: true }).waitFor();
  await list.getByText('Validation Failed').waitFor();
  await pictures(page, 'outbox-refused');
  refuses = false;
  await list.getByRole('button', { name: 'Send it again' }).click();
  await list.getByText('Sent', { exact: true }).nth(1).waitFor();
  assert.equal(posted.length, 2);
  await write(page, 'Not meant', 'Nobody should see this.');
  await list.getByRole('button', { name: 'Drop it' }).click();
  await list.getByText('Dropped', { exact: true }).waitFor();
  assert.equal(posted.length, 2);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Write a note or an issue about this ticket' }).waitFor();
  await page.keyboard.press('e');
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('group').first().getByRole('button').first().click();
  await sheet.getByRole('button', { name: 'Hand over and write an issue' }).click();
  await page.getByLabel('Where').waitFor();
  assert.match(await page.getByLabel('Title').inputValue(), /Voucher 2/);
  await page.getByRole('button', { name: 'Show what would leave' }).click();
  await list.getByRole('button', { name: 'Send it' }).click();
  await list.getByRole('button', { name: 'Send it' }).waitFor({ state: 'detached' });
  assert.match(JSON.parse(posted[2]).body, /The ledger stays empty/);
  await pictures(page, 'outbox');

  // The issue moves on between the preview and the click: nothing leaves before somebody saw how.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Write a note or an issue about this ticket' }).click();
  await page.getByLabel('Where').selectOption({ index: 0 });
  await page.getByRole('textbox', { name: 'Text' }).fill('Try the restart.');
  await page.getByRole('button', { name: 'Show what would leave' }).click();
  await list.getByRole('button', { name: 'Send it' }).waitFor();
  const later = '2026-01-02T00:00:00Z';
  Object.assign(issues[1], { state: 'closed', body: 'The ledger stays empty.\nThe restart solved it.', updated_at: later });
  said.push({ id: 70, body: 'Never mind, it works again.', user: { login: 'ben', type: 'User' }, created_at: later, updated_at: later, issue_url: 'https://api.github.com/repos/acme/ledger/issues/2' });
  await list.getByRole('button', { name: 'Send it' }).click();
  await list.getByText('Changed meanwhile').waitFor();
  await list.getByRole('table', { name: 'Description' }).getByText('The restart solved it.').waitFor();
  await list.getByRole('region', { name: 'Said since' }).getByText('Never mind').waitFor();
  assert.equal(posted.length, 3);
  await pictures(page, 'outbox-conflict');
  await list.getByRole('button', { name: 'Edit it' }).click();
  assert.equal(await page.getByRole('textbox', { name: 'Text' }).inputValue(), 'Try the restart.');
  await page.getByRole('button', { name: 'Do not write' }).click();
  await list.getByRole('button', { name: 'Send it anyway' }).click();
  await list.getByText('Changed meanwhile').waitFor({ state: 'detached' });
  assert.equal(posted.length, 4);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

async function write(page, title, text) {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Write a note or an issue about this ticket' }).click();
  await page.getByLabel('Where').selectOption({ label: 'New issue in ledger' });
  await page.getByLabel('Title').fill(title);
  await page.getByRole('textbox', { name: 'Text' }).fill(text);
  await page.getByRole('button', { name: 'Show what would leave' }).click();
  await page.getByRole('list', { name: 'What was written' }).getByRole('button', { name: title }).waitFor();
}

test('what people tied is written to the help desk as the problem of its ticket, by a key and a click', async () => {
  const tickets = [1, 2, 3].map((id) => ({ id, subject: `Voucher ${id} was not posted`, description: 'The ledger stays empty.', status: 'open', requester_id: 7, tags: [], created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z', generated_timestamp: 1767400000 + id }));
  const put = [];
  const desk = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://desk');
    const answer = (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    let body = '';
    request.on('data', (piece) => (body += piece));
    request.on('end', () => {
      const ticket = tickets.find(({ id }) => pathname === `/api/v2/tickets/${id}.json`);
      if (request.method === 'PUT') {
        put.push(body);
        Object.assign(ticket, JSON.parse(body).ticket);
      }
      if (ticket) return answer({ ticket });
      if (pathname === '/api/v2/tickets.json') return answer({ tickets, meta: { has_more: false } });
      if (pathname.endsWith('/cursor.json')) return answer({ tickets, users: [{ id: 7, name: 'Ann' }], after_cursor: '3', end_of_stream: true });
      if (pathname.endsWith('/ticket_events.json')) return answer({ ticket_events: [], end_time: 1767400000, end_of_stream: true, count: 0 });
      if (pathname.endsWith('/users.json')) return answer({ users: [], meta: { has_more: false } });
      if (pathname.endsWith('/groups.json')) return answer({ groups: [], meta: { has_more: false } });
      response.writeHead(404).end('{}');
    });
  });
  await new Promise((listening) => desk.listen(0, '127.0.0.1', listening));
  desk.unref();
  await app.rpc('source_add', { kind: 'zendesk', url: `http://127.0.0.1:${desk.address().port}`, name: 'desk', secret: 'token', options: [{ key: 'write', value: 'yes' }] });
  await app.rpc('sync_start', { name: 'desk' });
  await settled(app);
  await app.rpc('link_add', { a: 'desk:3', kind: 'same_as', b: 'desk:1' });
  const page = await app.visit({ reducedMotion: 'reduce' });
  await page.getByRole('option').filter({ hasText: 'Voucher 3 was not posted' }).last().click();
  const links = page.getByRole('region', { name: 'Links' });
  await links.getByRole('button', { name: 'Write it to desk' }).waitFor();
  await picture(page, 'outbox-link-ticket');
  assert.deepEqual(await objections(page), []);
  await page.keyboard.press('v');
  await page.keyboard.press('j');
  await page.getByText('Is one of 1').first().waitFor();
  await pictures(page, 'outbox-link');
  assert.deepEqual(put, [], 'nothing leaves before the click');
  await page.getByRole('button', { name: 'Send it' }).click();
  await page.getByRole('button', { name: /Is one of 1.*Sent/ }).waitFor();
  assert.deepEqual(put.map((body) => JSON.parse(body)), [{ ticket: { problem_id: 1, type: 'incident' } }]);
  assert.deepEqual(page.complaints, []);
  desk.close();
});
