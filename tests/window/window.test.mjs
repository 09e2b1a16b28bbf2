// The real window: the engine behind the page, WebKitGTK in front of it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { CTRL, ENTER, ESCAPE, open } from './driver.mjs';

const VERDICT = () => /^(Seen|Perhaps seen|New here)/.test(document.querySelector('[data-zone="pane"] h2')?.innerText ?? '');
const cards = () => document.querySelectorAll('[data-zone="pane"] article').length;

let window;
before(async () => {
  window = await open();
  // The window opens first and is filled beside it: an answer is worth comparing once everything can be found.
  await window.until(async () => {
    const rpc = (name, args) => globalThis.__TAURI_INTERNALS__.invoke('rpc', { name, args });
    const { tickets, known_errors } = await rpc('workspace_status', {});
    const { searched } = await rpc('seen_before', { text: 'login' });
    return tickets > 1000 && searched === tickets + known_errors;
  }, 'the sample company can be searched');
  await window.until(() => document.querySelectorAll('[role="option"]').length > 5, 'the sample company is in the queue');
});
after(() => window?.close());

test('a ticket from the queue is answered with the keyboard alone', async () => {
  await window.type('gq');
  await window.type(['j', ENTER]);
  await window.until(VERDICT, 'the pane has a verdict');
  assert.equal(await window.run(() => document.activeElement.closest('[data-zone]')?.dataset.zone), 'pane');
});

test('a pasted stack trace is answered without a click', async () => {
  const found = await window.run(async () => {
    const rpc = (name, args) => globalThis.__TAURI_INTERNALS__.invoke('rpc', { name, args });
    const { rows } = await rpc('queue_list', { filter: 'all', offset: 0, limit: 200 });
    for (const { id } of rows) {
      const { ran } = await rpc('seen_before', { ticket: id });
      if (ran[0]?.kind !== 'stack_trace' || ran[0].tickets === 0) continue;
      const [{ exception, message, frames }] = ran;
      // Written as Java writes it, what was thrown first: other languages have other orders.
      if (!frames[0].raw.trim().startsWith('at ')) continue;
      // Another one than the ticket's that is open: else its answer would be taken for the one to what is pasted.
      if (document.querySelector('[data-zone="pane"]').innerText.includes(exception)) continue;
      const head = `${exception}: ${message.map((piece) => piece.text).join('')}`;
      return { text: [head, ...frames.map((frame) => frame.raw)].join('\n'), exception };
    }
    return null;
  });
  assert.ok(found, 'the sample has a stack trace that came more than once');
  await window.paste(found.text);
  const ran = (exception) => document.querySelector('[aria-label="What ran?"]')?.innerText.includes(exception);
  await window.until(ran, 'the pane says what ran', found.exception);
  assert.ok((await window.run(cards)) > 0);
});

test('not the same takes a hit away, and undo brings it back', async () => {
  await window.type('ga');
  await window.until(() => document.activeElement.dataset.focus?.startsWith('item:'), 'the pane has the keys');
  // Past the known error, where there is one.
  if (await window.run(() => document.activeElement.dataset.focus === 'item:banner')) await window.type('j');
  // Another case may move up from behind: what counts is which one goes and comes back.
  const there = (mark) => document.querySelector(`[data-zone="pane"] article[data-focus="${CSS.escape(mark)}"]`) !== null;
  const gone = (mark) => document.querySelector(`[data-zone="pane"] article[data-focus="${CSS.escape(mark)}"]`) === null;
  const mark = await window.run(() => document.activeElement.dataset.focus);
  await window.type('n');
  await window.until(gone, 'the hit is gone', mark);
  await window.type('z');
  await window.until(there, 'the hit is back', mark);
});

test('the palette opens, understands a typing mistake, and gives the focus back', async () => {
  await window.type('k', [CTRL]);
  await window.until(() => document.activeElement.getAttribute('aria-label') === 'Commands', 'the palette has the keys');
  await window.type('setings');
  await window.type([ENTER]);
  await window.until(() => document.activeElement.innerText === 'Settings', 'Settings are open');
  await window.type([ESCAPE]);
  await window.until(VERDICT, 'the answer is back');
});

describe('at every width', () => {
  for (const [width, height] of [[1440, 900], [1024, 768], [420, 900]]) {
    test(`${width} px, nothing is cut off`, async () => {
      await window.resize(width, height);
      await window.until((width) => Math.abs(innerWidth - width) < 60, `the window is ${width} px wide`, width);
      for (const theme of ['light', 'dark']) {
        await window.run((theme) => (document.documentElement.dataset.theme = theme), theme);
        await window.picture(`window-${width}-${theme}`);
      }
      const beyond = await window.run(() => [...document.querySelectorAll('button, h2, h3, article, footer > *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1).map((element) => element.outerHTML.slice(0, 120)));
      assert.deepEqual(beyond, []);
    });
  }
});

test('a second start hands over to this window and ends well', async () => {
  const second = spawn(process.env.PRECEDENT_APP, ['--home', `${window.home}/workspace`], { env: { ...process.env, GDK_BACKEND: 'x11' }, stdio: 'inherit' });
  const code = await new Promise((done) => second.once('exit', done));
  assert.equal(code, 0);
  await window.until(() => document.hasFocus(), 'the first window has the focus');
});

test('the page never complained', async () => assert.deepEqual(await window.complaints(), []));
