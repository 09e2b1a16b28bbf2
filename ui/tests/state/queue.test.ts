import { beforeEach, describe, expect, test } from 'vitest';
import type { Queue as Reply, QueueRow } from '../../src/host';
import { PAGE, Queue } from '../../src/state/queue.svelte';
import { row } from '../support/company';
import { FakeHost, later, refusal } from '../support/host';
import { settle } from '../support/window';

const rows = (n: number, prefix = 'T'): QueueRow[] => Array.from({ length: n }, (_, i) => row({ id: `${prefix}${i}`, display_id: `${prefix}${i}` }));

let all: QueueRow[], host: FakeHost, queue: Queue;
beforeEach(async () => {
  all = rows(350);
  host = new FakeHost({ queue_list: ({ offset, limit }) => ({ total: all.length, rows: all.slice(offset, offset + limit) }) });
  queue = new Queue(host);
  await queue.refresh();
});

test('only the pages in sight are fetched, each once', async () => {
  expect(host.asked('queue_list')).toEqual([{ filter: 'open', offset: 0, limit: PAGE }]);
  queue.see(190, 215);
  queue.see(191, 216);
  await settle();
  expect(host.asked('queue_list').slice(1).map(({ offset }) => offset)).toEqual([100, 200]);
  expect(queue.row(199)?.id).toBe('T199');
  expect(queue.row(320)).toBeUndefined();
});

test('the cursor stays in the list', () => {
  queue.move(-5);
  expect(queue.active).toBe(0);
  queue.move(9999);
  expect(queue.active).toBe(349);
});

test('the cursor stays on its ticket when new ones push it down', async () => {
  queue.move(3);
  all = [...rows(2, 'N'), ...all];
  await queue.refresh();
  expect(queue.activeRow?.id).toBe('T3');
  expect(queue.active).toBe(5);
});

test('the cursor stays in the list when the list becomes short', async () => {
  queue.move(80);
  all = rows(4, 'N');
  await queue.refresh();
  expect(queue.active).toBe(3);
});

describe('answers that come late', () => {
  test('never put an older filter’s tickets under a newer filter', async () => {
    const [open, solved] = [later<Reply>(), later<Reply>()];
    host.answers.queue_list = ({ filter }) => (filter === 'open' ? open.promise : solved.promise);
    const one = queue.choose('open');
    const two = queue.choose('solved');
    solved.give({ total: 1, rows: rows(1, 'S') });
    await two;
    open.give({ total: 350, rows: rows(100) });
    await one;
    expect([queue.filter, queue.total, queue.row(0)?.id]).toEqual(['solved', 1, 'S0']);
  });

  test('of a page scrolled past before a refresh are dropped', async () => {
    const page = later<Reply>();
    host.answers.queue_list = ({ offset, limit }) => (offset === 200 ? page.promise : { total: all.length, rows: all.slice(offset, offset + limit) });
    queue.see(200, 220);
    queue.see(0, 20);
    await queue.refresh();
    page.give({ total: 9, rows: rows(9, 'OLD') });
    await settle();
    expect([queue.total, queue.row(200)]).toEqual([350, undefined]);
  });
});

test('a refusal is told, and what is shown stays', async () => {
  host.answers.queue_list = () => Promise.reject(refusal('database_failed'));
  await queue.refresh();
  expect(queue.error?.code).toBe('database_failed');
  expect(queue.row(0)?.id).toBe('T0');
});

test('a ticket is found among the rows that are held', () => {
  expect(queue.find('T42')).toBe(42);
  expect(queue.find('T342')).toBeNull();
});
