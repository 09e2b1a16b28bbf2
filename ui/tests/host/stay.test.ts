import { afterEach, beforeAll, expect, test } from 'vitest';
import { stay } from '../../src/host/stay';

beforeAll(() => stay());
afterEach(() => document.body.replaceChildren());

function prevented(name: string, on: string): boolean {
  const outer = document.createElement('div');
  outer.append(Object.assign(document.createElement('a'), { href: 'https://a.example/' }), document.createElement('textarea'), document.createElement('p'));
  document.body.append(outer);
  const event = new Event(name, { bubbles: true, cancelable: true });
  outer.querySelector(on)?.dispatchEvent(event);
  return event.defaultPrevented;
}

test.each(['click', 'auxclick', 'dragstart', 'dragover', 'drop'])('the browser does not follow a link by %s', (name) => expect(prevented(name, 'a')).toBe(true));
test.each(['dragover', 'drop'])('nothing that is dropped on the page opens (%s)', (name) => expect(prevented(name, 'p')).toBe(true));
test.each(['click', 'dragover', 'drop'])('a field takes what fields take (%s)', (name) => expect(prevented(name, 'textarea')).toBe(false));
test('text may be dragged out', () => expect(prevented('dragstart', 'p')).toBe(false));
