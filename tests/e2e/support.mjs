// The real engine behind `precedent serve`, and a browser in front of it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const BIN = process.env.PRECEDENT_BIN;
// What changes with the look of a page that otherwise stays as it is.
const COLOURS = ['color-contrast', 'link-in-text-block'];
const OUT = fileURLToPath(new URL('./out/', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
// What a browser does of its own accord, it does over the network; and root has no sandbox in a container.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a machine without a keyring, on which nobody named a key file, is like. */
export const NO_KEYRING = { PRECEDENT_KEY_FILE: '', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };

/** A workspace of its own (the sample company, or nothing yet), its server, and a browser. */
export async function start({ sample = true, env: more = {} } = {}) {
  if (!BIN) throw new Error('PRECEDENT_BIN names no program: run this through `cargo xtask e2e`');
  const dir = mkdtempSync(join(tmpdir(), 'precedent-e2e-'));
  const home = join(dir, 'workspace');
  const env = { ...process.env, HOME: dir, PRECEDENT_KEY_FILE: join(dir, 'keys'), ...more };
  if (sample) execFileSync(BIN, ['demo', '--home', home], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const serve = async () => {
    const server = spawn(BIN, ['serve', '--home', home], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    return { server, url: (await firstLine(server)).url };
  };
  let { server, url } = await serve();
  const ended = async () => {
    const gone = new Promise((done) => server.once('exit', done));
    server.kill();
    await gone;
  };
  const rpc = (name, args = {}) => call(url, name, args);
  const browser = await chromium.launch({ executablePath: findBrowser(), args: FLAGS });
  return {
    home,
    get url() {
      return url;
    },
    rpc,
    /** As after a night: the next visit meets another server on the same workspace. */
    async restart() {
      await ended();
      ({ server, url } = await serve());
    },
    /** A new visitor. Whatever the page complains about lands in `complaints`. */
    async visit({ width = 1440, height = 900, colorScheme = 'light', reducedMotion = 'no-preference' } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion, permissions: ['clipboard-read', 'clipboard-write'] });
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      page.complaints = [];
      // What the server refused is told with its code below; a question that a newer one overtook is no complaint.
      page.on('console', (message) => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && page.complaints.push(message.text()));
      page.on('response', (response) => {
        if (response.ok()) return;
        const complain = (said) => said.includes('"superseded"') || page.complaints.push(`${response.status()} ${response.url()} ${said}`);
        // Of a page that is gone by now nothing can be read.
        response.text().then(complain, () => {});
      });
      page.on('pageerror', (error) => page.complaints.push(String(error)));
      await page.goto(url);
      // What is typed before the page listens goes nowhere.
      await page.waitForFunction(() => document.getElementById('app')?.firstElementChild);
      return page;
    },
    async stop() {
      await browser.close();
      await ended();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Any command of the contract, past the page. */
async function call(url, name, args) {
  const { origin, hash } = new URL(url);
  const headers = { Authorization: `Bearer ${hash.replace('#token=', '')}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${origin}/rpc/${name}`, { method: 'POST', headers, body: JSON.stringify(args) });
  const body = await answer.json();
  if (!answer.ok) throw new Error(`${name}: ${body.code}: ${body.message}`);
  return body;
}

/** The first ticket of the sample company whose answer has what a test needs. */
export async function ticketWith(app, needs, filter = 'all') {
  const { rows } = await app.rpc('queue_list', { filter, limit: 300 });
  for (const row of rows) {
    const answer = await app.rpc('seen_before', { ticket: row.id });
    if (needs(answer)) return { row, answer };
  }
  throw new Error(`none of ${rows.length} tickets has what this test needs`);
}

/** Takes the exam, twice: the second is held against the first. */
export async function examined(app) {
  for (const _ of [1, 2]) {
    await app.rpc('replay_start');
    await settled(app);
  }
}

/** What was begun has ended: its numbers may be on screen before its last request is answered. */
export async function settled(app) {
  while ((await app.rpc('jobs_list')).some(({ state }) => state === 'running')) await new Promise((done) => setTimeout(done, 50));
}

/**
 * What the accessibility checker objects to, one line each. `colours`: those of colours alone, for another look of a page
 * that was judged whole.
 */
export async function objections(page, { colours = false } = {}) {
  // Evaluated, not inserted: the page's own policy stays in force.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  // A notice half faded in has half its contrast: what is judged is what stands still.
  const violations = await page.evaluate(async (rules) => {
    const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
    const moving = () => document.getAnimations().filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime < Infinity);
    let found = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await Promise.allSettled(moving().map(({ finished }) => finished));
      ({ violations: found } = await globalThis.axe.run(document, options));
      if (!found.length || !moving().length) break;
    }
    return found;
  }, colours ? COLOURS : null);
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary}`));
}

export async function picture(page, name) {
  mkdirSync(OUT, { recursive: true });
  await page.screenshot({ path: join(OUT, `${name}.png`) });
}

/** Pastes as a person does: from the clipboard, with the keyboard, wherever the focus is. */
export async function paste(page, text) {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press('Control+v');
}

async function firstLine(server) {
  for await (const line of createInterface(server.stdout)) return JSON.parse(line);
  throw new Error('the server ended before it said where it listens');
}

function findBrowser() {
  const named = process.env.PRECEDENT_CHROMIUM;
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((dir) => BROWSERS.map((name) => join(dir, name)));
  const found = [...(named ? [named] : []), ...places].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error(`no browser: looked for ${BROWSERS.join(', ')} on the PATH; PRECEDENT_CHROMIUM names another`);
  return found;
}

const LIGHT = { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none', reducedMotion: 'reduce' };
/** What the window may look like: as the system asks for it. */
const LOOKS = {
  light: LIGHT,
  dark: { ...LIGHT, colorScheme: 'dark' },
  contrast: { ...LIGHT, contrast: 'more' },
  'contrast-dark': { ...LIGHT, colorScheme: 'dark', contrast: 'more' },
  forced: { ...LIGHT, forcedColors: 'active' },
};

/**
 * A picture in every look of a width, none of which the accessibility checker objects to. The first look is judged whole.
 * `show` brings into view what is to be seen.
 */
export async function inEveryLook(page, name, looks, show = () => {}) {
  const { width } = page.viewportSize();
  for (const look of looks) {
    await page.emulateMedia(LOOKS[look]);
    const theme = look.startsWith('contrast') ? `contrast-${LOOKS[look].colorScheme}` : LOOKS[look].colorScheme;
    await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, theme);
    await show();
    await picture(page, `${name}-${width}-${look}`);
    assert.deepEqual(await objections(page, { colours: look !== looks[0] }), [], `${name} ${width} ${look}`);
  }
}

/** The same at every width; then as it was. */
export async function pictures(page, name, { widths = [1440, 420], looks = ['light', 'dark'], height = 900, show } = {}) {
  for (const width of widths) {
    await page.setViewportSize({ width, height });
    await inEveryLook(page, name, looks, show);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light', contrast: 'no-preference' });
}

export async function keys(page, ...pressed) {
  for (const key of pressed) await page.keyboard.press(key);
}
