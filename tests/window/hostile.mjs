// The hostile corpus as a workspace: each text of tests/fixtures/hostile.json in every place that a ticket or a known
// error has. A case is a text in a place; its number stands in what the text would do, so that a failure names it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const TEXTS = JSON.parse(readFileSync(new URL('../fixtures/hostile.json', import.meta.url), 'utf8'));
const FORMATS = ['html', 'markdown', 'jira', 'text'];
/** Texts that share a ticket; their number is divided by it, so that no ticket is nearly empty. */
const TOGETHER = 4;
if (TEXTS.length % TOGETHER !== 0) throw new Error(`${TEXTS.length} texts cannot be told in fours`);
const AT = '2026-01-05T10:00:00Z';

/** Where a case stands, by its number. */
const places = [];
/** What a case is called. */
export const named = (number) => `${TEXTS[Math.floor(number / 100)]?.[0] ?? number} in ${places[number % 100] ?? '?'}`;

function fill(text, number, port) {
  const ipc = `(hostile(${number}),__TAURI_INTERNALS__.invoke('rpc',{name:'hostile',args:{}}))`;
  return text.replaceAll('{run}', `hostile(${number})`).replaceAll('{url}', `http://127.0.0.1:${port}/${number}`).replaceAll('{ipc}', ipc);
}

/** Lines of the interchange format, and how many cases are in them. */
export function corpus(port) {
  const lines = [];
  let cases = 0;
  const say = (text, place) => {
    if (!places.includes(place)) places.push(place);
    cases += 1;
    return fill(TEXTS[text][1], text * 100 + places.indexOf(place), port);
  };
  for (let first = 0, t = 0; first < TEXTS.length; first += TOGETHER, t += 1) {
    // Every text comes to every place: the places turn from ticket to ticket.
    let turn = t;
    const next = (place) => say(Math.min(first + (turn++ % TOGETHER), TEXTS.length - 1), place);
    // Ids may hold anything but what would be trimmed away or break a line. Every second one is an id as others are.
    const word = t % 2 ? ` ${next('id').replace(/[\s\p{C}]+/gu, ' ').trim().slice(0, 80)}` : '';
    const id = `H-${t + 10}${word}`;
    const bodies = FORMATS.flatMap((format) => [...Array(TOGETHER).keys()].filter((i) => first + i < TEXTS.length).map((i) => [format, first + i]));
    const [[, body], ...comments] = bodies;
    lines.push({
      kind: 'ticket', id, subject: `Portal ${t + 10} does not load: ${next('subject')}`,
      body: `<p>The portal does not load after the update, error PORTAL-77.</p>${say(body, 'html body')}`, body_format: 'html',
      created_at: AT, updated_at: AT, solved_at: AT, status: t % 3 ? 'open' : 'solved',
      requester: next('requester'), account: next('account'), assignee: next('assignee'), group: next('group'), environment: next('environment'), priority: next('priority'),
      product: next('product'), component: next('component'), version: next('version'), fix_versions: [next('fix version')], tags: [next('tag'), next('second tag')],
      resolution: `Cleared the portal's cache. ${next('resolution')}`, url: t % 2 ? next('url') : `https://127.0.0.1:${port}/${say(first, 'path of the url')}`,
    });
    comments.forEach(([format, text], i) =>
      lines.push({
        kind: 'comment', ticket: id, id: `${i} ${next('comment id')}`, author: next('comment author'), author_role: i % 2 ? 'agent' : 'requester', public: i % 3 > 0,
        body: `Portal cache. ${say(text, `${format} comment`)}`, body_format: format, created_at: AT,
      }),
    );
    lines.push({ kind: 'hop', ticket: id, at: AT, from_group: next('hop from'), to_group: next('hop to'), by: next('hop by') });
    lines.push({
      kind: 'known_error', id: `K-${t + 10}${word}`, title: `Portal does not load: ${next('known error title')}`, state: 'workaround_available', cause: next('cause'),
      workaround: [next('first step'), next('second step')], eta_at: '2030-01-05T10:00:00Z', eta_by: next('eta by'), owner: next('owner'), tickets: [id],
      product: next('known error product'), components: [next('known error component')], fix_versions: [next('known error fix')], error_text: next('error text'),
      url: next('known error url'), created_at: AT, updated_at: AT,
    });
  }
  // Records that cannot be read: the report quotes them.
  for (let text = 0; text < TEXTS.length; text += 5) lines.push({ kind: say(text, 'kind of a bad record'), id: 'x' });
  return { text: `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`, cases, tickets: Math.ceil(TEXTS.length / TOGETHER) };
}

/** A place on this machine that the texts would call, and what called it. */
export async function listener() {
  const calls = [];
  const server = createServer((socket) => {
    const call = { head: '' };
    calls.push(call);
    socket.on('data', (bytes) => (call.head += bytes.toString('latin1').slice(0, 200)));
    socket.on('error', () => {});
    socket.setTimeout(2_000, () => socket.destroy());
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { port: server.address().port, calls, close: () => server.close() };
}

/** Runs in the page, before anything of the corpus is in it: what the texts would do leaves a trace here. */
export function lure() {
  globalThis.ran = [];
  globalThis.hostile = (number) => globalThis.ran.push(number);
  for (const name of ['alert', 'confirm', 'prompt', 'print']) globalThis[name] = () => globalThis.ran.push(name);
  globalThis.kept = { title: document.title, place: location.href, count: COUNTED() };
  function COUNTED() {
    return document.querySelectorAll('script,iframe,frame,object,embed,applet,link,meta,base,style,form,img,picture,video,audio,source,math,template,portal').length;
  }
}

/** Runs in the page: pokes what strangers wrote, and says what is there that may not be there. */
export function inspect() {
  const allowed = new Set('a b blockquote br code dd del div dl dt em h1 h2 h3 h4 hr i li ol p pre s span strong sub sup table tbody td th thead tr u ul'.split(' '));
  const odd = [];
  for (const element of document.querySelectorAll('.html *')) {
    const name = element.localName;
    const classes = name === 'span' ? ['sig', 'lead', 'lead elsewhere'] : name === 'pre' ? ['trace'] : [];
    if (!allowed.has(name) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') odd.push(`<${name}>`);
    for (const { name: attribute, value } of element.attributes) {
      const fine = (name === 'a' && attribute === 'href' && value.startsWith('https://')) || (name === 'a' && attribute === 'rel') || (name === 'td' && attribute === 'colspan') || (attribute === 'class' && classes.some((known) => value.split(' ').filter((part) => !part.startsWith('svelte-')).join(' ') === known));
      if (!fine) odd.push(`<${name} ${attribute}="${value}">`);
    }
    if (name === 'a') continue;
    for (const type of ['mouseover', 'mouseenter', 'focus', 'load', 'error', 'toggle', 'animationstart', 'beforetoggle', 'contentvisibilityautostatechange']) element.dispatchEvent(new Event(type));
  }
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) if (/^on/i.test(name) || (/^(href|src|srcset|action|formaction|data|xlink:href)$/i.test(name) && /^\s*(javascript|vbscript|data|http):/i.test(value))) odd.push(`<${element.localName} ${name}="${value.slice(0, 80)}">`);
  }
  if (document.title !== globalThis.kept.title || location.href !== globalThis.kept.place) odd.push(`${document.title} at ${location.href}`);
  const hidden = document.body.innerText.match(/[\u202a-\u202e\u2066-\u2069\u061c\u0000-\u0008\u001b\u007f-\u009f\u{e0020}-\u{e007f}]/u);
  if (hidden) odd.push(`U+${hidden[0].codePointAt(0).toString(16)} is not shown`);
  return [...new Set(odd)];
}
