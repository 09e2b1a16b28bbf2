import { beforeEach, expect, test } from 'vitest';
import { App } from '../../src/state/app.svelte';
import { outgoing as words } from '../../src/text/privacy';
import { kinds, pieces } from '../../src/text/redacted';
import { refusal, type FakeHost } from '../support/host';
import { fullHost } from '../support/window';

const REDACTED = {
  text: 'Hi [name 1], write to [e-mail 1].',
  spans: [
    { start: 3, end: 7, kind: 'name', placeholder: '[name 1]' },
    { start: 18, end: 31, kind: 'email', placeholder: '[e-mail 1]' },
  ],
};

let host: FakeHost;
let app: App;
beforeEach(() => {
  host = fullHost();
  app = new App(host);
});

const copy = () => app.outgoing.copy('Hi Jane, write to jane@example.org.', ['helpdesk:NW-1'], 'Copied the answer');

test('a text in which nothing was found is copied without an extra step', async () => {
  await copy();
  expect(host.asked('redact')).toEqual([{ text: 'Hi Jane, write to jane@example.org.', tickets: ['helpdesk:NW-1'] }]);
  expect(host.copied).toEqual(['Hi Jane, write to jane@example.org.']);
  expect(app.toasts.list.map(({ text, acts }) => [text, acts])).toEqual([['Copied the answer', undefined]]);
  expect(app.outgoing.last).toBeNull();
});

test('where something was found the redacted text is what was copied, and it can be looked at', async () => {
  host.answers.redact = () => REDACTED;
  await copy();
  expect(host.copied).toEqual([REDACTED.text]);
  expect(app.toasts.list.at(-1)?.text).toBe('Copied the answer, 2 things redacted');
  app.outgoing.show();
  expect(app.sheet).toBe('redacted');
  const shown = pieces(app.outgoing.last?.redacted ?? { text: '', spans: [] });
  expect(shown.map(({ text }) => text).join('')).toBe(host.copied[0]);
  expect(shown.filter(({ mark }) => mark).map(({ text }) => text)).toEqual(['[name 1]', '[e-mail 1]']);
});

test('it can be copied as it is, and that can be taken back', async () => {
  host.answers.redact = () => REDACTED;
  await copy();
  app.outgoing.show();
  await app.outgoing.copyAsIs();
  expect([host.copied.at(-1), app.sheet, app.toasts.list.at(-1)?.text]).toEqual(['Hi Jane, write to jane@example.org.', null, words.copiedAsIs]);
  await app.toasts.undo();
  expect(host.copied.at(-1)).toBe(REDACTED.text);
});

test('a text that could not be looked through is not copied', async () => {
  host.answers.redact = () => Promise.reject(refusal('unexpected'));
  await copy();
  expect(host.copied).toEqual([]);
  expect(app.toasts.list.at(-1)?.tone).toBe('bad');
});

test('what was found is counted by kind', () => {
  expect(kinds({ ...REDACTED, spans: [...REDACTED.spans, ...REDACTED.spans.slice(0, 1)] })).toEqual([
    ['name', 2],
    ['email', 1],
  ]);
});

test('what is meant for the house leaves only once somebody says so', async () => {
  let left = 0;
  app.outgoing.hold('It is meant for people in the house', async () => void (left += 1));
  expect(app.toasts.list.at(-1)?.acts?.map(({ label }) => label)).toEqual([words.allTheSame]);
  expect(left).toBe(0);
  await app.outgoing.letGo();
  expect([left, app.outgoing.held]).toEqual([1, null]);
  await app.outgoing.letGo();
  expect(left).toBe(1);
});
