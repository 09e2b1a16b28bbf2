// A small WebDriver client for the real window: WebKitWebDriver starts the program and speaks plain JSON over HTTP.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const APP = process.env.PRECEDENT_APP;
const OUT = fileURLToPath(new URL('./out/', import.meta.url));
export const CTRL = '\uE009';
export const ENTER = '\uE007';
export const ESCAPE = '\uE00C';
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/**
 * Opens the window in a home of its own. `args` go to the program; `HOME` in them stands for that home. `more` is added
 * to its environment. What the program says is kept in `said`.
 */
export async function open(args = ['--home', 'HOME/workspace', '--sample'], more = {}) {
  if (!APP) throw new Error('PRECEDENT_APP names no program: run this through `cargo xtask window`');
  const home = mkdtempSync(join(tmpdir(), 'precedent-window-'));
  const port = await freePort();
  const own = { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config'), XDG_CACHE_HOME: join(home, 'cache'), PRECEDENT_KEY_FILE: join(home, 'keys') };
  const env = { ...process.env, ...own, ...more, GDK_BACKEND: 'x11', TAURI_WEBVIEW_AUTOMATION: 'true' };
  const server = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (bytes) => said.push(String(bytes)));
  const base = `http://127.0.0.1:${port}`;
  const close = async () => {
    const gone = new Promise((done) => server.once('exit', done));
    server.kill();
    await gone;
    // What the driver started may outlive it for a moment, and must not keep these open.
    for (const stream of [server.stdout, server.stderr]) stream.destroy();
    // What still stops in its home may write there while that is being emptied.
    await until(() => rmSync(home, { recursive: true, force: true }) ?? true, 'its home is gone');
  };
  try {
    await until(() => request(base, 'GET', '/status').then((status) => status.ready), 'the driver is ready');
    const options = { binary: APP, args: args.map((arg) => arg.replace('HOME', home)) };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
    const { sessionId } = await request(base, 'POST', '/session', { capabilities });
    const window = new Window(`${base}/session/${sessionId}`, home, said, close);
    await window.run(watch);
    return window;
  } catch (error) {
    await close();
    process.stderr.write(said.join(''));
    throw error;
  }
}

class Window {
  #session;
  #close;

  constructor(session, home, said, close) {
    this.#session = session;
    this.home = home;
    this.said = said;
    this.#close = close;
  }

  /** Runs a function in the page; a promise that it returns is waited for. */
  async run(script, ...args) {
    const body = `const done = arguments[arguments.length - 1]; const args = [...arguments].slice(0, -1);
      Promise.resolve().then(() => (${script})(...args)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await this.#send('POST', '/execute/async', { script: body, args });
    if (error) throw new Error(error);
    return value;
  }

  /** Waits until a function in the page answers with something true, and hands that back. */
  until(script, what, ...args) {
    return until(() => this.run(script, ...args), what);
  }

  /** Text that a person can see somewhere in the page. */
  sees(text) {
    return this.until((text) => document.body.innerText.includes(text), `the page shows “${text}”`, text);
  }

  /** What the page has complained about since it was opened: errors, broken promises, violations of its policy. */
  complaints() {
    return this.run(() => globalThis.complaints);
  }

  /** A command of the contract, on the page's own way to the engine. */
  rpc(name, args = {}) {
    return this.run((name, args) => globalThis.__TAURI_INTERNALS__.invoke('rpc', { name, args }), name, args);
  }

  /** Types as a person does: key down, key up, wherever the focus is. `hold` are keys kept down meanwhile. */
  async type(keys, hold = []) {
    const down = (value) => ({ type: 'keyDown', value });
    const up = (value) => ({ type: 'keyUp', value });
    const presses = [...keys].flatMap((key) => [down(key), up(key)]);
    const actions = [...hold.map(down), ...presses, ...hold.map(up)];
    await this.#send('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Pastes as a person does: copied elsewhere, then Ctrl-V wherever the focus is. */
  async paste(text) {
    await this.run((text) => {
      globalThis.elsewhere = Object.assign(document.createElement('textarea'), { value: text });
      globalThis.before = document.activeElement;
      document.body.append(globalThis.elsewhere);
      globalThis.elsewhere.select();
    }, text);
    await this.type('c', [CTRL]);
    await this.run(() => {
      globalThis.elsewhere.remove();
      globalThis.before?.focus();
    });
    await this.type('v', [CTRL]);
  }

  async click(selector) {
    const element = await this.#send('POST', '/element', { using: 'css selector', value: selector });
    await this.#send('POST', `/element/${element[ELEMENT]}/click`, {});
  }

  /** A press of a button of the mouse on an element: 0 is the first, 1 the middle, 2 the second. */
  async press(selector, button) {
    await this.#mouse([await this.#onto(selector), { type: 'pointerDown', button }, { type: 'pointerUp', button }]);
  }

  /** Takes an element and lets it go on another. */
  async drag(from, to) {
    const [start, end] = [await this.#onto(from), await this.#onto(to)];
    await this.#mouse([start, { type: 'pointerDown', button: 0 }, { ...start, x: 4, y: 4 }, { ...end, duration: 100 }, { type: 'pointerUp', button: 0 }]);
  }

  async #onto(selector) {
    const origin = await this.#send('POST', '/element', { using: 'css selector', value: selector });
    return { type: 'pointerMove', duration: 0, x: 0, y: 0, origin };
  }

  #mouse(actions) {
    return this.#send('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
  }

  /** How many windows are open. */
  async windows() {
    return (await this.#send('GET', '/window/handles')).length;
  }

  resize(width, height) {
    return this.#send('POST', '/window/rect', { width, height });
  }

  /** A picture of what is there now: without the wait, it shows what was there before. */
  async picture(name) {
    await this.run(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))));
    mkdirSync(OUT, { recursive: true });
    writeFileSync(join(OUT, `${name}.png`), Buffer.from(await this.#send('GET', '/screenshot'), 'base64'));
  }

  async close() {
    await this.#send('DELETE', '').catch(() => {});
    await this.#close();
  }

  #send(method, path, body) {
    return request(this.#session, method, path, body);
  }
}

/** Runs in the page. The driver offers no log, so the page keeps its own. */
function watch() {
  globalThis.complaints = [];
  const note = (what) => globalThis.complaints.push(String(what));
  const { error } = console;
  console.error = (...said) => (note(said.join(' ')), error(...said));
  addEventListener('error', (event) => note(event.message));
  addEventListener('unhandledrejection', (event) => note(event.reason));
  addEventListener('securitypolicyviolation', (event) => note(`${event.violatedDirective} forbids ${event.blockedURI}`));
}

async function request(base, method, path, body) {
  const answer = await fetch(base + path, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
  return value;
}

/** Asks again every 50 ms, for at most a minute: a busy machine is slow, a broken window never answers. */
export async function until(ask, what) {
  const end = Date.now() + 60_000;
  let last;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`waited for a minute, but never: ${what}`, { cause: last });
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
