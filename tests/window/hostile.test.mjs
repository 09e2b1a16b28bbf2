// Hostile tickets in the real window: nothing of theirs runs, nothing calls out, nothing asks the host, nothing even
// tries in vain. First it is shown that each of these would be noticed.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { CTRL, ENTER, ESCAPE, open, until } from './driver.mjs';
import { corpus, inspect, listener, lure, named } from './hostile.mjs';

/** What the page's own screens ask. */
const OWN = 'workspace_status drafts_list queue_list search ticket_get cases_list seen_before known_error_get jobs_list key_status preferences_get preference_set feedback_set reply_get import_start redact sources_list code_list code_map_get code_deploys code_ran code_passports code_changes owner_suggest kb_status model_status rhythm_get steps_list'.split(' ');

let window, calls, hostile, folder, opened;
before(async () => {
  calls = await listener();
  hostile = corpus(calls.port);
  // What would be the person's own browser writes down what it was to open.
  folder = mkdtempSync(join(tmpdir(), 'precedent-hostile-'));
  opened = join(folder, 'opened');
  mkdirSync(join(folder, 'bin'));
  for (const name of ['xdg-open', 'gio', 'gnome-open', 'kde-open', 'wslview']) {
    const program = join(folder, 'bin', name);
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$*" >> ${opened}\n`);
    chmodSync(program, 0o755);
  }
  writeFileSync(opened, '');
  const path = `${join(folder, 'bin')}${delimiter}${process.env.PATH}`;
  window = await open(['--home', 'HOME/workspace'], { PATH: path, RUST_LOG: 'warn,precedent_app=debug' });
  await window.run(lure);
});
after(async () => {
  await window?.close();
  calls?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The commands that the host was asked. */
const asked = () => [...window.said.join('').replace(/\u001b\[[\d;]*m/g, '').matchAll(/the page asks command="?(\w+)/g)].map(([, name]) => name);
const ran = () => window.run(() => globalThis.ran);

async function nothingHappened(during) {
  const odd = await window.run(inspect);
  assert.deepEqual(odd, [], during);
  assert.deepEqual((await ran()).map(named), [], `${during}: what ran`);
  assert.deepEqual(calls.calls.map(({ head }) => head.split('\r\n')[0]), [], `${during}: what was called`);
  assert.deepEqual(await window.complaints(), [], `${during}: what the policy had to stop`);
  assert.deepEqual(asked().filter((name) => !OWN.includes(name)), [], `${during}: what the host was asked`);
}

test('a script, a call, a question to the host and a violation would each be noticed', async () => {
  await nothingHappened('at first');
  await window.run(() => void setTimeout(() => globalThis.hostile(0)));
  await until(async () => (await ran()).length === 1, 'what ran is counted');
  await new Promise((done) => connect(calls.port, '127.0.0.1', function () { this.end('GET /100 HTTP/1.1\r\n\r\n', done); }));
  await until(() => calls.calls.length === 1 && calls.calls[0].head.startsWith('GET /100'), 'a call is counted');
  await window.rpc('hostile').catch(() => {});
  await until(() => asked().includes('hostile'), 'a question to the host is counted');
  // What the sanitiser never writes, put there by someone whom the page trusts: the policy stops it, and that is counted.
  const threw = await window.run((port) => {
    const threw = [];
    const attempt = (name, what) => { try { what(); } catch (error) { threw.push(`${name}: ${error.name}`); } };
    const image = Object.assign(document.createElement('img'), { src: `http://127.0.0.1:${port}/1` });
    document.body.append(image);
    image.remove();
    attempt('html', () => document.createElement('p').insertAdjacentHTML('beforeend', '<b>x</b>'));
    attempt('handler', () => document.createElement('p').setAttribute('onclick', 'hostile(1)'));
    attempt('script', () => Object.assign(document.createElement('script'), { text: 'hostile(1)' }));
    attempt('eval', () => setTimeout('hostile(1)'));
    attempt('policy', () => globalThis.trustedTypes.createPolicy('mine', { createHTML: (html) => html }));
    return threw;
  }, calls.port);
  assert.deepEqual(threw, ['html: TypeError', 'handler: TypeError', 'script: TypeError', 'eval: TypeError', 'policy: TypeError']);
  await until(async () => (await window.complaints()).length >= 6, 'violations of the policy are counted');
  const complaints = (await window.complaints()).join('\n');
  for (const violated of [/img-src forbids http:\/\/127/, /require-trusted-types-for forbids/, /trusted-types forbids/]) assert.match(complaints, violated);
  assert.equal(calls.calls.length, 1);
  assert.deepEqual(await ran(), [0]);
  // From here on, nothing may be counted.
  calls.calls.length = 0;
  window.said.length = 0;
  await window.run(() => { globalThis.ran.length = 0; globalThis.complaints.length = 0; });
});

test('the page is locked up as it is meant to be', async () => {
  const state = await window.run(async () => {
    const { invoke } = globalThis.__TAURI_INTERNALS__;
    const answered = (promise) => Promise.race([promise.then(() => 'answered', () => 'refused'), new Promise((done) => setTimeout(done, 300, 'dropped'))]);
    const gate = document.querySelector('iframe#__tauri_isolation__');
    let inside = 'reached';
    try { gate.contentWindow.document; } catch { inside = 'closed'; }
    return {
      frozen: Object.isFrozen(Object.prototype),
      polluted: (() => { JSON.parse('{"__proto__":{"x":1}}'); try { ({}).__proto__.polluted = 1; } catch { /* frozen */ } return 'polluted' in {}; })(),
      global: '__TAURI__' in globalThis,
      gate: { shown: getComputedStyle(gate).display, sandbox: gate.getAttribute('sandbox'), inside },
      answers: {
        ours: await answered(invoke('rpc', { name: 'workspace_status', args: {} })),
        shell: await answered(invoke('plugin:shell|open', { path: 'x' })),
        file: await answered(invoke('plugin:fs|read_file', { path: '/etc/passwd' })),
        window: await answered(invoke('plugin:window|close', { label: 'main' })),
        emit: await answered(invoke('plugin:event|emit', { event: 'precedent', payload: {} })),
        elsewhere: await answered(invoke('plugin:event|listen', { event: 'tauri://close-requested', target: { kind: 'Any' }, handler: 1 })),
        strange: await answered(invoke('rpc', { name: '../workspace_status', args: {} })),
        inherited: await answered(invoke('constructor', {})),
      },
    };
  });
  const dropped = { shell: 'dropped', file: 'dropped', window: 'dropped', emit: 'dropped', elsewhere: 'dropped', strange: 'dropped', inherited: 'dropped' };
  assert.deepEqual(state, { frozen: true, polluted: false, global: false, gate: { shown: 'none', sandbox: 'allow-scripts', inside: 'closed' }, answers: { ours: 'answered', ...dropped } });
});

test('the corpus is imported under a hostile name', async () => {
  assert.ok(hostile.cases >= 300, `${hostile.cases} cases`);
  const file = join(folder, '<img src=x onerror=hostile(0)>\u202e{@html 1}.jsonl');
  writeFileSync(file, hostile.text);
  await window.rpc('import_start', { path: file });
  const done = async () => { const [job] = await globalThis.__TAURI_INTERNALS__.invoke('rpc', { name: 'jobs_list', args: {} }); return job?.state === 'done' && job.report; };
  const report = await window.until(done, 'the corpus is imported');
  assert.equal(report.added, hostile.tickets);
  await window.type('gt');
  await window.until(() => document.body.innerText.includes('onerror=hostile(0)'), 'the job shows the name of its file');
  await nothingHappened('in the settings');
  await window.type('gs');
  await window.type('5');
  await window.until(() => document.querySelectorAll('[role="option"]').length > 5, 'the queue shows them');
});

test('every ticket is opened, with its answer and the reasons', async () => {
  await window.type('gq');
  const seen = new Set();
  for (let t = 0; t < hostile.tickets; t += 1) {
    await window.type(t === 0 ? [ENTER] : ']');
    const id = await window.until(
      (before) => {
        const id = document.querySelector('article h2 .id')?.textContent;
        const verdict = /^(Seen|Perhaps|New here|This is a known error)/.test(document.querySelector('[data-zone="pane"] h2')?.innerText ?? '');
        return verdict && id && !before.includes(id) && document.querySelectorAll('.html').length >= 10 && id;
      },
      `ticket ${t + 1} is open`,
      [...seen],
    );
    seen.add(id);
    await window.run(() => document.querySelector('[data-zone="pane"] article button.score')?.click());
    await nothingHappened(`with ticket ${id}`);
  }
  assert.equal(seen.size, hostile.tickets);
});

test('searched, found in the palette, opened as known errors and copied, they stay inert', async () => {
  await window.type('/');
  await window.type('portal');
  await window.until(() => document.querySelectorAll('[role="option"]').length > 5, 'they are found');
  await nothingHappened('in the search');
  await window.type([ESCAPE]);
  for (let t = 0; t < hostile.tickets; t += 8) {
    await searchPalette(`K-${t + 10}`);
    await nothingHappened('in the palette');
    await window.type([ENTER]);
    await window.until((id) => [...document.querySelectorAll('article p .mono')].some((element) => element.textContent.includes(id)), 'the known error is open', `K-${t + 10}`);
    await nothingHappened(`with known error ${t + 10}`);
  }
  await window.type('ga');
  await window.type('y');
  await nothingHappened('after copying');
});

test('handed over, written to the outbox and made rules of, they stay inert', async () => {
  // Asked by these screens, and by what fills them here.
  OWN.push('escalation_draft', 'escalation_submit', 'escalation_list', 'escalation_get', 'severity_of', 'source_add', 'outbox_write', 'outbox_list', 'rules_list', 'rule_save', 'rule_get', 'rule_check', 'kb_init', 'bundle_own', 'bundle_authors', 'audit_list');
  const { rows } = await window.rpc('queue_list', { filter: 'all', offset: 0, limit: 200 });
  const some = rows.filter((_, n) => n % 8 === 0);
  await window.rpc('kb_init', { path: join(folder, 'knowledge') });
  const options = [{ key: 'write', value: 'yes' }];
  await window.rpc('source_add', { kind: 'github', url: `http://127.0.0.1:${calls.port}/acme/ledger`, name: 'ledger', options, secret: 'none' });
  for (const { id, subject } of some) {
    await window.rpc('escalation_submit', { package: { ticket: id, reason: 'no_access', reason_text: subject }, although: subject });
    await window.rpc('outbox_write', { kind: 'issue', to: 'ledger', about: id, title: subject, text: hostile.text.slice(0, 20_000), as_is: true });
  }
  const title = `<img src=http://127.0.0.1:${calls.port}/rule onerror=hostile(0)>{@html 1}`;
  await window.rpc('rule_save', { text: `id: hostile\ntitle: ${JSON.stringify(title)}\nticket: ${JSON.stringify(some[0].id)}\nstate: draft\nlooks_for:\n  - phrases: [${JSON.stringify(title)}]\n` });
  await window.type('gq');
  await window.type([ENTER]);
  for (const _ of some) {
    await window.type('e');
    await window.until(() => document.querySelector('[role="dialog"], dialog[open]')?.innerText.includes('Why engineering?'), 'the sheet is open');
    await nothingHappened('in the sheet');
    await window.type([ESCAPE]);
    await window.until(() => !document.querySelector('dialog[open]'), 'the sheet is shut');
    await window.type(']');
  }
  for (const [keys, what, row] of [['ge', 'the escalations', '[data-focus^="escalation:"]'], ['go', 'what is in the outbox', '[data-focus^="outbox:"]'], ['gl', 'the rules', '[data-focus^="rule:"]']]) {
    await window.type(keys);
    await window.until((row) => document.querySelector(row) !== null, `${what} are listed`, row);
    await nothingHappened(`in ${what}`);
    await window.run((row) => document.querySelector(row).click(), row);
    await new Promise((done) => setTimeout(done, 300));
    await nothingHappened(`with one of ${what}`);
  }
});

test('a link opens in the person’s own browser, and the window stays where it is', async () => {
  const file = join(folder, 'links.jsonl');
  const body = `<a href="https://127.0.0.1:${calls.port}/first" target="_blank" ping="http://127.0.0.1:${calls.port}/ping" download>named.example</a> <a href="http://127.0.0.1:${calls.port}/plain">plain</a> <a href="javascript:hostile(0)">run</a>`;
  writeFileSync(file, `${JSON.stringify({ kind: 'ticket', id: 'L-99', subject: 'Links', body, body_format: 'html', created_at: '2026-03-05T10:00:00Z', updated_at: '2026-03-05T10:00:00Z', status: 'open' })}\n`);
  await window.rpc('import_start', { path: file });
  const found = async () => (await globalThis.__TAURI_INTERNALS__.invoke('rpc', { name: 'search', args: { query: 'L-99' } })).hits[0]?.display_id === 'L-99';
  await window.until(found, 'the ticket can be searched');
  // What an import changed is read anew when it is over: a list that is replaced under a key opens something else.
  const over = async () => (await globalThis.__TAURI_INTERNALS__.invoke('rpc', { name: 'jobs_list', args: {} })).every((job) => job.state !== 'running');
  await window.until(over, 'the import is over');
  await searchPalette('L-99');
  await window.type([ENTER]);
  await window.until(() => document.querySelector('.html a[href]')?.textContent === 'named.example' && document.querySelector('.html .lead'), 'its links are there, and where they lead');
  // Those that lead nowhere are text; the other says where it leads, and that its text says otherwise.
  assert.deepEqual(await window.run(() => [...document.querySelectorAll('.html a')].map((link) => link.hasAttribute('href'))), [true, false, false]);
  const lead = () => window.run(() => document.querySelector('.html .lead')?.innerText ?? '');
  await until(async () => (await lead()) === `(leads to 127.0.0.1:${calls.port}, not to named.example)`, 'it says where the link leads');
  for (const button of [0, 1]) await window.press('.html a[href]', button);
  await window.press('.html a:not([href])', 0);
  await window.press('.html a:not([href])', 1);
  await window.drag('.html a[href]', '[data-zone="pane"]');
  const said = () => readFileSync(opened, 'utf8').trim().split('\n');
  await until(() => said().filter(Boolean).length >= 2, 'the browser got the link, for either button');
  assert.deepEqual(said(), Array(2).fill(`https://127.0.0.1:${calls.port}/first`));
  assert.equal(asked().filter((name) => name === 'open_url').length, 2);
  await stays();
});

test('whatever a page can try to leave for another one is refused, and no byte leaves', async () => {
  const ways = {
    place: (url) => void (location.href = url),
    replaced: (url) => location.replace(url),
    opened: (url) => void globalThis.open(url),
    link: (url) => Object.assign(document.createElement('a'), { href: url }).click(),
    'link in a new window': (url) => Object.assign(document.createElement('a'), { href: url, target: '_blank' }).click(),
    download: (url) => Object.assign(document.createElement('a'), { href: url, download: 'x' }).click(),
    form: (url) => { const form = Object.assign(document.createElement('form'), { action: url, method: 'post' }); document.body.append(form); form.submit(); form.remove(); },
    refresh: (url) => { const meta = Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${url}` }); document.head.append(meta); meta.remove(); },
    frame: (url) => { const frame = Object.assign(document.createElement('iframe'), { src: url }); document.body.append(frame); setTimeout(() => frame.remove(), 200); },
    beacon: (url) => navigator.sendBeacon(url),
    fetched: (url) => fetch(url, { mode: 'no-cors' }).catch(() => {}),
    socket: (url) => { try { new WebSocket(url.replace(/^http/, 'ws')); } catch { /* refused at once */ } },
    prefetched: (url) => { const link = Object.assign(document.createElement('link'), { rel: 'prefetch', href: url }); document.head.append(link); setTimeout(() => link.remove(), 200); },
    worker: (url) => { try { new Worker(url); } catch { /* refused at once */ } },
  };
  for (const [name, way] of Object.entries(ways)) {
    for (const url of [`http://127.0.0.1:${calls.port}/${name.replaceAll(' ', '-')}`, 'data:text/html,<p>x</p>', 'about:blank', 'file:///etc/passwd']) {
      await window.run(way, url).catch(() => {});
      // Refused or not, the page's next turn comes after the decision.
      await window.run(() => new Promise((done) => setTimeout(done, 20)));
    }
  }
  // A link that a script follows on its own makes WebKit connect before it asks whether it may. It says nothing there.
  assert.deepEqual([...new Set(calls.calls.map(({ head }) => head))].filter(Boolean), []);
  calls.calls.length = 0;
  await stays();
});

async function searchPalette(id) {
  await window.type('k', [CTRL]);
  await window.until(() => document.activeElement.getAttribute('aria-label') === 'Commands', 'the palette has the keys');
  await window.type(id);
  await window.until((id) => document.querySelector('#palette-list [role="option"]')?.innerText.includes(id), `the palette found ${id}`, id);
}

async function stays() {
  assert.equal(await window.run(() => location.href), await window.run(() => globalThis.kept.place));
  assert.equal(await window.windows(), 1);
  assert.deepEqual((await ran()).map(named), []);
  assert.deepEqual(calls.calls, []);
}
