// The exam on the workspace's own history: taken, read, and opened down to the ticket.
import { screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { NOON, job } from '../support/company';
import { adaptation, before, examRow, examined, measures } from '../support/exam';
import { later, type FakeHost } from '../support/host';
import { fullHost, openWindow, press, settle } from '../support/window';

let host: FakeHost;
beforeEach(() => (host = fullHost()));

const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
const group = (name: string) => screen.getByRole('region', { name });
const focused = () => (document.activeElement as HTMLElement | null)?.dataset.focus;
const rows = () => within(screen.getByRole('region', { name: 'Tickets behind the number' })).getAllByRole('option').map(words);

async function exam(width = 1440) {
  const window = await openWindow(host, width);
  await press('g', 'x');
  return window;
}

const click = async (within_: HTMLElement, name: string | RegExp) => {
  within(within_).getByRole('button', { name }).click();
  await settle();
};

test('says first how often the earlier case is found, of how many, and how far that can be trusted', async () => {
  await exam();
  expect(focused()).toBe('exam');
  const figures = words(group('How often the earlier case is found'));
  expect(figures).toContain('First five 67.6 % ± 2.9');
  expect(figures).toContain('Candidates 91.2 %');
  expect(figures).toContain('1,000 past tickets asked, the newest of 1,395 whose answer is known; 29,057 documents could have answered the newest.');
  expect(figures).toContain('Half were answered in under 4.3 ms, 95 of 100 in under 22 ms. Taken 20 min ago.');
  expect(figures).not.toContain('hint');
});

test('says how often what was said was right, and where its bars come from', async () => {
  await exam();
  const verdicts = screen.getByRole('region', { name: 'How often what was said was right' });
  const cells = within(verdicts).getAllByRole('row').slice(1).map((row) => Array.from(row.children, (cell) => cell.textContent));
  expect(cells).toEqual([['Seen before', '212', '74 %', '4 %'], ['Perhaps', '301', '45 %', '20 %'], ['Looks new', '715', '96 %', '76 %']]);
  expect(verdicts.textContent).toContain('taken from this history');
});

test('few tickets are called a hint', async () => {
  host.answers.replay_get = () => examined({ labelled: 38, configurations: [{ name: 'in_use', measures: measures({ n: 38 }), by_age: [], by_product: [], by_label: [] }], against: [] });
  await exam();
  expect(words(group('How often the earlier case is found'))).toContain('With 38 tickets these figures are a hint');
  expect(screen.queryByRole('region', { name: 'Held against' })).toBeNull();
});

test('breaks down by age, product and why the answer is known', async () => {
  await exam();
  const line = (name: string, row: RegExp) => words(within(group(name)).getByRole('row', { name: row }));
  expect(line('By the age of the answer', /Over 180 days/)).toMatch(/297.*55\.1 %/);
  expect(line('By product', /Back office/)).toMatch(/389.*62\.0 %/);
  expect(line('By why the answer is known', /Linked by hand/)).toMatch(/100.*74\.0 %/);
});

describe('a number', () => {
  test('opens the tickets behind it, and one step back returns to it', async () => {
    await exam();
    await click(group('By the age of the answer'), '55.1 %');
    expect(host.asked('replay_rows')).toEqual([{ configuration: 'in_use', which: 'first_five', age: 'older' }]);
    expect(screen.getByRole('heading', { name: 'Found among the first five · Over 180 days' })).toBeTruthy();
    expect(focused()).toBe('exam-rows');
    expect(rows()[0]).toMatch(/^NW-47001 Coupon of 20 % refused at checkout .*3rd · first was KE-31 Totals differ Repeats NW-30118 Coupon rounding differs, 412 days older$/);
    expect(rows()[1]).toContain('Not among the first hundred · first was KE-31 Totals differ Repeats: what it repeats is not here any more');
    await press('Escape');
    expect(screen.queryByRole('region', { name: 'Tickets behind the number' })).toBeNull();
    expect(focused()).toBe('exam:first_five:age:older');
    await press('Escape');
    expect(screen.queryByRole('heading', { name: 'Exam' })).toBeNull();
  });

  test('covers the figures where there is no room beside them, and they cannot be reached meanwhile', async () => {
    await exam(420);
    await click(group('How often the earlier case is found'), '67.6 %');
    const figures = () => document.querySelector<HTMLElement>('.under');
    expect(figures()?.inert).toBe(true);
    within(screen.getByRole('region', { name: 'Tickets behind the number' })).getByRole('button', { name: /Back to the exam/ }).click();
    await settle();
    expect(figures()?.inert).toBe(false);
    expect(focused()).toBe('exam:first_five');
  });
});

describe('a ticket of the exam', () => {
  test('is opened with its answer by the keys, and one step back returns to its row', async () => {
    const { app } = await exam();
    await click(group('How often the earlier case is found'), '67.6 %');
    await press('j', 'Enter');
    expect([app.screen, app.seen.question]).toMatchObject(['seen', { kind: 'ticket', id: 'helpdesk:NW-46002' }]);
    await press('Escape');
    expect([app.screen, app.exam.active, focused()]).toEqual(['exam', 1, 'exam-rows']);
    await press('k', 'Enter');
    expect(app.seen.question).toMatchObject({ id: 'helpdesk:NW-47001' });
  });

  test('that something else was asked after leads back to the exam no more', async () => {
    const { app } = await exam();
    await click(group('How often the earlier case is found'), '67.6 %');
    await press('Enter', ']', 'Escape');
    expect(app.screen).toBe('seen');
  });
});

describe('two ways to rank', () => {
  test('are compared ticket by ticket, and each side opens its own', async () => {
    await exam();
    within(group('Held against')).getByRole('radio', { name: 'Without age' }).click();
    await settle();
    expect(words(group('Held against'))).toContain('700 Found by both57 In use alone31 Without age alone212 Found by neither');
    expect(words(group('Held against'))).toContain('The ranking in use finds more, by more than chance.');
    await click(group('Held against'), '31');
    expect(host.asked('replay_rows')).toEqual([{ configuration: 'in_use', which: 'there_alone', against: 'without_age' }]);
    expect(rows()[0]).toContain('3rd, without age 12th');
    // The tickets of one comparison do not stay beside another.
    within(group('Held against')).getByRole('radio', { name: 'Exam before' }).click();
    await settle();
    expect(screen.queryByRole('region', { name: 'Tickets behind the number' })).toBeNull();
  });

  test('open the tickets of the one whose number it is', async () => {
    await exam();
    within(group('Held against')).getByRole('radio', { name: 'Without age' }).click();
    await settle();
    await click(group('Held against'), '65.0 %');
    expect(host.asked('replay_rows')).toEqual([{ configuration: 'without_age', which: 'first_five', against: 'in_use' }]);
  });
});

describe('the exam before', () => {
  test('is no warning where the two differ by chance', async () => {
    await exam();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(words(group('Held against'))).toContain('12 Gained9 Lost');
    expect(words(group('Held against'))).toContain('no more than chance. taken 3 days ago, same weights');
  });

  test('is a warning where a change hurts, and what was lost opens', async () => {
    host.answers.replay_get = () => examined({ against: [before({ same_weights: false, here_alone: 4, there_alone: 61, beyond_chance: true })] });
    await exam();
    expect(words(screen.getByRole('alert'))).toContain('61 tickets are not found any more, 4 are found that were not. That is more than chance. The weights changed in between');
    await click(screen.getByRole('alert'), 'Show what was lost');
    expect(host.asked('replay_rows')).toEqual([{ configuration: 'in_use', which: 'there_alone', against: 'before' }]);
    await press('Escape');
    expect(focused()).toBe('exam:lost');
  });
});

describe('taking it', () => {
  test('is one key, shows how far it is, and shows the new figures at its end', async () => {
    const running = job({ id: 9, kind: 'replay', label: 'your own history', done: 400, total: 1600 });
    host.answers.replay_start = () => running;
    await openWindow(host);
    await press('m', 'e');
    expect(host.asked('replay_start')).toEqual([{}]);
    expect(screen.getByRole('region', { name: 'The exam is being taken' }).textContent).toContain('25 %');
    expect(words(group('How often the earlier case is found'))).toContain('67.6 %');
    host.answers.replay_get = () => examined({ id: 5, configurations: [{ name: 'in_use', measures: measures({ hit_at_5: 0.7 }), by_age: [], by_product: [], by_label: [] }] });
    host.emit({ kind: 'job', job: { ...running, state: 'done' } });
    await vi.waitFor(() => expect(words(group('How often the earlier case is found'))).toContain('70.0 %'));
    expect(screen.queryByRole('region', { name: 'The exam is being taken' })).toBeNull();
  });

  test('can be stopped', async () => {
    const running = job({ id: 9, kind: 'replay', label: 'your own history' });
    host.answers.jobs_list = () => [running];
    host.answers.job_cancel = () => ({});
    await exam();
    await click(group('The exam is being taken'), /^Stop the exam/);
    expect(host.asked('job_cancel')).toEqual([{ id: 9 }]);
  });

  test('a second time is not offered while one runs', async () => {
    host.answers.jobs_list = () => [job({ kind: 'replay' })];
    await exam();
    await press('m', 'e');
    expect(host.asked('replay_start')).toEqual([]);
    expect(screen.queryByRole('button', { name: /^Take it again/ })).toBeNull();
  });

  test('that failed says why, and keeps what the last one measured', async () => {
    host.answers.jobs_list = () => [job({ kind: 'replay', state: 'failed', error: { code: 'disk_full', message: 'x', hint: null, retryable: false } })];
    await exam();
    expect(words(screen.getByRole('alert'))).toContain('The disk is full.');
    expect(words(group('How often the earlier case is found'))).toContain('67.6 %');
  });
});

describe('where none was taken', () => {
  test('it says of how many tickets the answer is known, and takes it', async () => {
    host.answers.replay_get = () => ({ run: null, labelled: 64 });
    host.answers.replay_start = () => job({ kind: 'replay', started_at: NOON });
    await exam();
    expect(words(group('No exam yet'))).toContain('Of 64 past tickets it is known by now which earlier case they repeat. That is few');
    await click(group('No exam yet'), /^Take the exam/);
    expect(host.asked('replay_start')).toHaveLength(1);
  });

  test('and no answer is known, it says what would make one known', async () => {
    host.answers.replay_get = () => ({ run: null, labelled: 0 });
    host.answers.jobs_list = () => [job({ kind: 'replay', state: 'failed', error: { code: 'nothing_to_measure', message: 'x', hint: null, retryable: false } })];
    const { app } = await exam();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(words(group('Nothing to ask yet'))).toContain('mark a hit as used, or link two tickets');
    await click(group('Nothing to ask yet'), /^Import a file/);
    expect(app.screen).toBe('settings');
  });
});

test('an answer that is late for one number is not shown under another', async () => {
  const slow = later<{ total: number; rows: [] }>();
  await exam();
  host.answers.replay_rows = ({ which }) => (which === 'first_ten' ? slow.promise : { total: 1, rows: [examRow({ subject: 'The right one' })] });
  await click(group('How often the earlier case is found'), '75.7 %');
  await click(group('How often the earlier case is found'), '48.2 %');
  slow.give({ total: 0, rows: [] });
  await settle();
  expect(rows()).toHaveLength(1);
  expect(rows()[0]).toContain('The right one');
});

describe('what the team\'s own links teach', () => {
  const own = () => group('What your own links teach');

  test('is shown with what it brought, and one switch takes it back', async () => {
    let on = true;
    host.answers.replay_get = () => examined({ adaptation: adaptation({ on, in_use: on, switched_since: !on }) });
    host.answers.adaptation_set = (args) => {
      on = args.on;
      return host.answers.replay_get!({});
    };
    await exam();
    expect(words(own())).toContain('by more than chance: it counts');
    expect(words(own())).toContain('Learned from 455 older tickets. Of the 500 newer ones, 71 find their answer higher up with it, 38 further down.');
    expect(words(within(own()).getByRole('row', { name: /^Own links/ }))).toContain('69.6 %');
    expect(words(within(own()).getByRole('row', { name: /^Storefront, from the others/ }))).toContain('68.1 %');
    expect(own().textContent).not.toContain('Same product');
    await click(own(), /Use the shipped weights/);
    expect(words(own())).toContain('It is switched off: the shipped weights count. The figures above are from before it was switched.');
    await press('m', 'v');
    expect(on).toBe(true);
    expect(words(own())).toContain('it counts');
  });

  test('with too few known answers says how many it takes, and offers no switch', async () => {
    const nothing = { learned_from: 0, judged_on: 0, weights: [], by_product: [] };
    host.answers.replay_get = () => examined({ adaptation: adaptation({ state: 'too_few', in_use: false, ...nothing }) });
    await exam();
    expect(words(own())).toContain('It takes 100 past tickets');
    expect(within(own()).queryByRole('button', { name: /weights|teach/ })).toBeNull();
  });
});
