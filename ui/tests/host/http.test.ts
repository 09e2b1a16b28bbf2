import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Event } from '../../src/host';
import { HostError, asHostError } from '../../src/host/error';
import { httpHost } from '../../src/host/http';

const place = { hash: '#token=abc123' };
const respond = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
let asked: { url: string; init: RequestInit }[];

function server(answer: (url: string) => Response | Promise<Response>) {
  asked = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return answer(url);
  });
}

describe('a call', () => {
  test('carries the token of the address and the arguments as JSON', async () => {
    server(() => respond({ repaired: true }));
    expect(await httpHost(place).call('doctor', { repair: true })).toEqual({ repaired: true });
    expect(asked[0]?.url).toBe('/rpc/doctor');
    expect(asked[0]?.init).toMatchObject({ method: 'POST', body: '{"repair":true}', headers: { Authorization: 'Bearer abc123' } });
  });

  test('that is refused throws the engine’s error with its code', async () => {
    server(() => respond({ code: 'not_found', message: 'No such ticket.', hint: 'Look again.', retryable: false }, 422));
    const error = await httpHost(place).call('ticket_get', { id: 'x' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HostError);
    expect(error).toMatchObject({ code: 'not_found', message: 'No such ticket.', hint: 'Look again.' });
  });

  test('that nobody answers says so, and may be tried again', async () => {
    server(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(httpHost(place).call('jobs_list', {})).rejects.toMatchObject({ code: 'engine_unreachable', retryable: true });
  });

  test('that something else answers names the status', async () => {
    server(() => new Response('<html>', { status: 502 }));
    await expect(httpHost(place).call('jobs_list', {})).rejects.toMatchObject({ code: 'http_502' });
  });
});

test('a newer call in a lane ends the older one, and nothing else', async () => {
  vi.stubGlobal('fetch', (url: string, { signal, body }: RequestInit) => {
    return new Promise<Response>((answer, refuse) => {
      signal?.addEventListener('abort', () => refuse(new DOMException('aborted', 'AbortError')));
      setTimeout(() => answer(respond({ url, body })), 5);
    });
  });
  const host = httpHost(place);
  const older = host.call('search', { query: 'a', lane: 'search' }).catch((thrown: unknown) => thrown);
  const other = host.call('search', { query: 'b', lane: 'palette' });
  const free = host.call('jobs_list', {});
  const newer = host.call('search', { query: 'ab', lane: 'search' });
  expect(await older).toMatchObject({ code: 'superseded' });
  for (const answer of [other, free, newer]) expect(await answer).toHaveProperty('url');
});

describe('events', () => {
  const news: Event = { kind: 'changed', seq: 5 };
  let heard: Event[];
  beforeEach(() => {
    vi.useFakeTimers();
    heard = [];
  });

  test('from before the page was opened are no news; later ones are heard once each', async () => {
    const replies = [{ last: 4, events: [{ kind: 'changed', seq: 1 }] }, { last: 5, events: [news] }, { last: 5, events: [] }];
    server(() => respond(replies.shift() ?? { last: 5, events: [] }));
    const stop = httpHost(place).onEvent((event) => heard.push(event));
    await vi.advanceTimersByTimeAsync(2500);
    expect(heard).toEqual([news]);
    expect(asked.map(({ init }) => init.body)).toEqual(['{"after":0}', '{"after":4}', '{"after":5}']);
    stop();
  });

  test('are asked for again after the engine was away, and no more after a stop', async () => {
    let away = true;
    server(() => (away ? Promise.reject(new TypeError('gone')) : respond({ last: 1, events: [] })));
    const stop = httpHost(place).onEvent((event) => heard.push(event));
    await vi.advanceTimersByTimeAsync(1500);
    away = false;
    await vi.advanceTimersByTimeAsync(1000);
    const before = asked.length;
    expect(before).toBeGreaterThanOrEqual(3);
    stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked.length).toBe(before);
  });
});

test('whatever is thrown becomes an error with a code', () => {
  expect(asHostError('boom')).toMatchObject({ code: 'unexpected', message: 'boom' });
  const error = asHostError({ code: 'in_use', message: 'Busy.' });
  expect(error).toMatchObject({ code: 'in_use', hint: null, retryable: false });
  expect(asHostError(error)).toBe(error);
});
