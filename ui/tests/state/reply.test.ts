import { beforeEach, expect, test } from 'vitest';
import type { ReplyView } from '../../src/host';
import { App } from '../../src/state/app.svelte';
import { BANNER } from '../../src/state/seen.svelte';
import { banner, seen } from '../support/company';
import type { FakeHost } from '../support/host';
import { fullHost, settle } from '../support/window';

let host: FakeHost;
let app: App;
const told = (more: Partial<ReplyView>): void => {
  host.answers.reply_get = () => ({ text: null, language: null, promise: null, held: null, ...more });
};

beforeEach(async () => {
  host = fullHost();
  host.answers.seen_before = () => ({ ...seen(), known_error: { ...banner(), workaround: ['Stop it', 'Start it'], fix: null, audience: 'customer' } });
  app = new App(host);
  app.places.start({ kind: 'ticket', id: 'helpdesk:NW-48213' });
  await app.seen.about({ kind: 'ticket', id: 'helpdesk:NW-48213', name: 'NW-48213' });
  app.seen.select(BANNER);
});

const copied = async (): Promise<string | undefined> => {
  await app.reply.copy();
  await settle();
  return host.copied.at(-1);
};

test('the steps go with when the fix is expected, and whose customer it is was asked', async () => {
  told({ promise: 'We expect the fix on Tuesday, 1 December 2026.' });
  expect(await copied()).toMatch(/Stop it[\s\S]*Start it[\s\S]*We expect the fix on Tuesday, 1 December 2026\.$/);
  expect(host.asked('reply_get').at(-1)).toMatchObject({ ticket: 'helpdesk:NW-48213' });
});

test('a text in the customer’s language is copied as it is written', async () => {
  told({ text: 'Bitte starten Sie ihn neu.', language: 'de', promise: 'We expect the fix soon.' });
  expect(await copied()).toBe('Bitte starten Sie ihn neu.');
});

test('what can no longer be promised is not copied, and why is told', async () => {
  told({ held: 'It would promise a fix on Friday, and that time has passed.' });
  expect(await copied()).toBeUndefined();
  expect(app.toasts.list.at(-1)?.text).toContain('Not copied. It would promise a fix on Friday');
});
