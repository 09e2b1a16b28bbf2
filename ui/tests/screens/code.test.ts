import { screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { fix, lines, ran, ranRepo } from '../support/code';
import { seen, unseen } from '../support/company';
import { later, refusal } from '../support/host';
import { fullHost, openWindow, press, settle } from '../support/window';

let host = fullHost();
beforeEach(() => {
  host = fullHost();
});

const question = { kind: 'ticket', id: 'helpdesk:NW-48213', name: 'NW-48213' } as const;
const lane = () => within(screen.getByRole('region', { name: 'What ran?' }));
const asked = async () => {
  const { app } = await openWindow(host);
  await app.seen.about(question);
  await settle();
  return app;
};

test('the answer is on screen before a repository has answered, and its lines come when they are there', async () => {
  const slow = later<ReturnType<typeof ran>>();
  host.answers.code_ran = () => slow.promise;
  await asked();
  expect(screen.getByRole('region', { name: 'What worked before?' })).toBeTruthy();
  expect(lane().queryByText(/RoundingException\(sum/)).toBeNull();
  slow.give(ran());
  await settle();
  expect(lane().getByText('if (sum != total) throw new RoundingException(sum, total);')).toBeTruthy();
  expect(lane().getByText('from the stack trace · 2 of 3 frames')).toBeTruthy();
});

test('lines of the question before never stand beside another one, however late they come', async () => {
  const first = later<ReturnType<typeof ran>>();
  host.answers.code_ran = ({ question: { ticket } }) => (ticket === question.id ? first.promise : ran({ repos: [ranRepo({ frames: [] })] }));
  const app = await asked();
  await app.seen.about({ kind: 'ticket', id: 'helpdesk:NW-1', name: 'NW-1' });
  await settle();
  first.give(ran());
  await settle();
  expect(lane().queryByText(/throw new/)).toBeNull();
  expect(lane().getByText('None of these files is in shop at v2.2.0.')).toBeTruthy();
});

test('an answer without frames asks no repository', async () => {
  host.answers.seen_before = () => unseen();
  await asked();
  expect(host.asked('code_ran')).toEqual([]);
  host.answers.seen_before = () => seen({ ran: [{ ...seen().ran[0]!, frames: [], kind: 'log_line' }] });
  await asked();
  expect(host.asked('code_ran')).toEqual([]);
});

test.each([
  [ranRepo({ state: 'no_version', at: null, frames: [] }), 'Nobody says which version they run.'],
  [ranRepo({ state: 'unknown_version', at: null, frames: [] }), '2.2.0 is no release of shop.'],
  [ranRepo({ state: 'several', at: null, frames: [], candidates: ['v2.2.0', 'v2.2.4'] }), '2.2.0 may be v2.2.0 or v2.2.4.'],
  [ranRepo({ state: 'unread', at: null, frames: [] }), 'shop was added, and never read.'],
  [ranRepo({ state: 'unreadable', frames: [] }), 'shop cannot be read just now.'],
])('what is not known is said: %#', async (repo, sentence) => {
  host.answers.code_ran = () => ran({ repos: [repo] });
  await asked();
  expect(lane().getByText(sentence)).toBeTruthy();
});

test('a chosen version is asked for in its repository alone, and forgotten with the question', async () => {
  const app = await asked();
  app.code.choose('shop', 'v2.2.4');
  await settle();
  expect(host.asked('code_ran').at(-1)).toMatchObject({ repo: 'shop', at: 'v2.2.4', question: { ticket: question.id } });
  await app.seen.again();
  await settle();
  expect(host.asked('code_ran').at(-1)).toMatchObject({ at: 'v2.2.4' });
  await app.seen.about({ kind: 'ticket', id: 'helpdesk:NW-1', name: 'NW-1' });
  await settle();
  expect(host.asked('code_ran').at(-1)).not.toHaveProperty('at');
});

test('the keys lead to the first line, along the lines, and to the version', async () => {
  await asked();
  await press('g', 'c');
  const focused = () => document.activeElement?.textContent;
  expect(focused()).toContain('Totals.java:118');
  await press('j');
  expect(focused()).toContain('Coupons.java:64');
  await press('j', 'k', 'k', 'k');
  expect(focused()).toContain('Totals.java:118');
  await press('g', 'v');
  expect(document.activeElement).toBe(lane().getByLabelText('Version of shop'));
});

test('a line that the file does not have says that the source differs from what was built', async () => {
  const [first] = lines();
  host.answers.code_ran = () => ran({ repos: [ranRepo({ frames: [{ ...first!, line: null, text: null }] })] });
  const app = await asked();
  app.seen.ranOpen = true;
  await settle();
  expect(lane().getByText('This version has no line 118: the source differs from what was built.')).toBeTruthy();
});

test('where no repository was added the lane says so and leads there, and trouble with the code is no trouble of the answer', async () => {
  host.answers.code_ran = () => ran({ repos: [] });
  await asked();
  expect(lane().getByRole('button', { name: /Add a repository/ })).toBeTruthy();
  document.body.innerHTML = '';
  host.answers.code_ran = () => Promise.reject(refusal('history_unreadable'));
  await asked();
  expect(lane().getByText(/was kept of the repository/)).toBeTruthy();
  expect(screen.getByRole('region', { name: 'What worked before?' })).toBeTruthy();
});

const passports = (...told: [string, Parameters<typeof fix>[0]?][]) => () => ({ passports: told.map(([id, over]) => ({ id, fix: fix(over) })) });
const regression = { verdict: 'fixed_in_yours', since: 'v2.2.4', upgrade_to: null, running: ['v2.2.5'] };

test('the verdict and the cards say where the fix is, by the code and not by the tracker', async () => {
  host.answers.code_passports = passports(['helpdesk:KE-31'], ['helpdesk:NW-39120', { state: 'reverted' }]);
  await asked();
  const [asking] = host.asked('code_passports');
  expect(asking?.ids.slice(0, 2)).toEqual(['helpdesk:KE-31', 'helpdesk:NW-47990']);
  expect(new Set(asking?.ids).size).toBe(asking?.ids.length);
  expect(screen.getByText('Fixed in v2.2.4: upgrade from v2.2.0')).toBeTruthy();
  expect(within(screen.getByRole('article', { name: /NW-39120/ })).getByText('fix taken back')).toBeTruthy();
  expect(screen.queryByText('Fixed in 2.3.1, customer runs 2.2.0')).toBeNull();
});

test('a fixed error on a version that has the fix is a regression, and the newest case with a fix decides where there is no known error', async () => {
  host.answers.seen_before = () => seen({ known_error: null });
  host.answers.code_passports = passports(['helpdesk:NW-47919', regression]);
  await asked();
  expect(screen.getByText('Regression: fixed since v2.2.4, and they run v2.2.5').closest('p')?.className).toContain('attention');
});

test('the copied reply says where it is fixed', async () => {
  host.answers.code_passports = passports(['helpdesk:KE-31'], ['helpdesk:NW-39120', regression]);
  const app = await asked();
  await app.reply.copy();
  expect(host.copied.at(-1)).toMatch(/place the order again\.\n\nThis is fixed in v2\.2\.4\. You run v2\.2\.0\. Please upgrade to v2\.2\.4\.$/);
  app.seen.select('helpdesk:NW-39120');
  await app.reply.copy();
  expect(host.copied.at(-1)).toMatch(/This was fixed in v2\.2\.4, and your version, v2\.2\.5, has that fix\.$/);
});

test('a key opens the passport of what is selected, with its releases and commits, and one step back closes it', async () => {
  host.answers.code_passports = passports(['helpdesk:KE-31']);
  await asked();
  await press('v', 'f');
  const passport = within(screen.getByRole('region', { name: 'Fix passport' }));
  expect(passport.getByRole('heading', { level: 2 }).textContent).toBe('NW-100 Released');
  const rows = within(passport.getByRole('region', { name: 'First releases that have it' })).getAllByRole('row').slice(1);
  expect(rows.map((row) => row.children[1]?.textContent)).toEqual(['v2.2.4', 'v2.3.1']);
  expect(passport.getByText(/picked onto another branch/)).toBeTruthy();
  await press('Escape');
  expect(screen.queryByRole('region', { name: 'Fix passport' })).toBeNull();
});

test('passports of the question before are gone with it', async () => {
  host.answers.code_passports = passports(['helpdesk:KE-31']);
  const app = await asked();
  const slow = later<{ passports: [] }>();
  host.answers.code_passports = () => slow.promise;
  await app.seen.about({ kind: 'ticket', id: 'helpdesk:NW-1', name: 'NW-1' });
  await settle();
  expect(screen.queryByText(/upgrade from v2\.2\.0/)).toBeNull();
});

test('what a trace names stands below its errors, and is there where it holds none', async () => {
  const traced = lines().map((line, i) => ({ ...line, raw: `cart: span ${i + 1}`, basis: 'trace', symbol: 'Totals.check' }));
  host.answers.seen_before = () => unseen({ ran: [], traced: 2 });
  host.answers.code_ran = () => ran({ frames: 2, repos: [ranRepo({ frames: traced })] });
  await asked();
  expect(lane().getByText('from a trace · 2 of 2 frames')).toBeTruthy();
  expect(lane().getByText('What the trace names, in shop at v2.2.0')).toBeTruthy();
  expect(lane().getAllByRole('listitem').map((one) => one.querySelector('p')?.textContent)).toEqual(['cart: span 1 Totals.check', 'cart: span 2 Totals.check']);
});
