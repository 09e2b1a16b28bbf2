import { describe, expect, test } from 'vitest';
import { GROUPS, actions, keyOf, possible, type Action } from '../src/actions';
import { App } from '../src/state/app.svelte';
import { job, status } from './support/company';
import { fullHost, settle } from './support/window';

/** Keys of actions that are possible at one time, with the actions that share them. */
const shared = (app: App) => {
  const byKey = new Map<string, string[]>();
  for (const action of actions.filter((each) => possible(each, app))) {
    for (const key of action.keys) byKey.set(key, [...(byKey.get(key) ?? []), action.id]);
  }
  return [...byKey].filter(([, ids]) => ids.length > 1);
};

async function apps(): Promise<App[]> {
  const fresh = new App(fullHost());
  const answered = new App(fullHost());
  await answered.seen.about({ kind: 'ticket', id: 'helpdesk:NW-48213', name: 'NW-48213' });
  const hit = new App(fullHost());
  await hit.seen.about({ kind: 'ticket', id: 'helpdesk:NW-48213', name: 'NW-48213' });
  hit.seen.move(1);
  const settings = new App(fullHost());
  settings.screen = 'settings';
  const exam = new App(fullHost());
  exam.screen = 'exam';
  await exam.exam.look();
  await exam.exam.open({ which: 'all' }, 'exam:all');
  const empty = new App(fullHost());
  empty.workspace.status.value = status({ tickets: 0 });
  const busy = new App(fullHost());
  busy.workspace.jobs = [job()];
  return [fresh, answered, hit, settings, exam, empty, busy];
}

test('no key means two things at one time', async () => {
  for (const app of await apps()) expect(shared(app)).toEqual([]);
});

test('no key is written on two actions, whenever they are possible', () => {
  const keys = actions.flatMap((action) => action.keys);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

test('no single stroke is the beginning of a sequence', () => {
  const keys = actions.flatMap((action) => action.keys);
  const firsts = new Set(keys.filter((key) => key.includes(' ')).map((key) => key.split(' ')[0]));
  expect(keys.filter((key) => firsts.has(key))).toEqual([]);
});

test('ids are unique and every action has a group that the sheet shows', () => {
  expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
  for (const action of actions) expect(GROUPS, action.id).toContain(action.group);
});

test('only a key that types nothing works while somebody is typing', () => {
  const typed = actions.filter((action) => action.whileTyping).flatMap((action) => action.keys);
  expect(typed.length).toBeGreaterThan(3);
  for (const key of typed) expect(key.startsWith('mod+') || key === 'Escape', key).toBe(true);
});

test('only the window itself offers to speak through the system', () => {
  const notices = actions.find(({ id }) => id === 'notices') as Action;
  const host = fullHost();
  expect(possible(notices, new App(host))).toBe(false);
  host.ownWindow = true;
  const app = new App(host);
  expect(possible(notices, app)).toBe(true);
  void notices.run(app);
  expect(host.asked('preference_set')).toEqual([{ key: 'notices', value: 'system' }]);
});

describe('the keys of the agreed list', () => {
  const agreed = { palette: 'mod+k', shortcuts: '?', search: '/', down: 'j', up: 'k', back: 'Escape', 'copy-reply': 'y', used: 'u', 'not-same': 'n', why: 'w', open: 'o', 'next-ticket': ']', 'previous-ticket': '[' };
  test.each(Object.entries(agreed))('%s is on %s', (id, key) => expect(keyOf(id)).toBe(key));
});

test('feedback needs a hit or a known error, copying needs an answer, undoing needs something to undo', async () => {
  const action = (id: string) => actions.find((each) => each.id === id) as Action;
  const app = new App(fullHost());
  for (const id of ['used', 'not-same', 'why', 'open', 'copy-reply', 'undo', 'cases', 'others', 'ran']) expect(possible(action(id), app), id).toBe(false);
  await app.seen.about({ kind: 'ticket', id: 'helpdesk:NW-48213', name: 'NW-48213' });
  for (const id of ['used', 'not-same', 'why', 'open', 'copy-reply', 'cases', 'others', 'ran']) expect(possible(action(id), app), id).toBe(true);
  await app.reply.notSame();
  await settle();
  expect(possible(action('undo'), app)).toBe(true);
});
