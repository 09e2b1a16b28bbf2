import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Layout, shapeOf } from '../../src/state/layout.svelte';
import { Preferences, WIDTHS, ZOOM } from '../../src/state/preferences.svelte';
import { FakeHost, refusal } from '../support/host';

const root = document.documentElement;
let host: FakeHost;
beforeEach(() => {
  host = new FakeHost({ preference_set: () => ({}), preferences_get: () => [] });
});

const system = (...matching: string[]) =>
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: matching.some((part) => query.includes(part)), addEventListener: () => undefined }));

describe('the theme', () => {
  test.each([
    [[], 'light'],
    [['scheme: dark'], 'dark'],
    [['contrast: more'], 'contrast-light'],
    [['scheme: dark', 'contrast: more'], 'contrast-dark'],
  ])('follows a system that wants %j', (wants, theme) => {
    system(...wants);
    new Preferences(host);
    expect(root.dataset.theme).toBe(theme);
  });

  test('that a person chose beats the system', () => {
    system('scheme: dark');
    new Preferences(host).setTheme('light');
    expect(root.dataset.theme).toBe('light');
  });
});

test('a choice is applied at once and kept by the engine', () => {
  const preferences = new Preferences(host);
  preferences.setDensity('comfortable');
  preferences.setZoom(150);
  expect([root.dataset.density, root.style.fontSize]).toEqual(['comfortable', '24px']);
  expect(host.asked('preference_set')).toEqual([
    { key: 'density', value: 'comfortable' },
    { key: 'zoom', value: '150' },
  ]);
});

test('a system is told of critical tickets once somebody asked for that, and a later start knows', async () => {
  const preferences = new Preferences(host);
  await preferences.load();
  expect(preferences.notices).toBe('window');
  preferences.setNotices('system');
  expect(host.asked('preference_set')).toEqual([{ key: 'notices', value: 'system' }]);
  host.answers.preferences_get = () => [{ key: 'notices', value: 'system' }];
  const later = new Preferences(host);
  await later.load();
  expect(later.notices).toBe('system');
});

test('zoom and widths stay within their bounds', () => {
  const preferences = new Preferences(host);
  preferences.setZoom(5);
  expect(preferences.zoom).toBe(ZOOM.min);
  preferences.setZoom(999);
  expect(preferences.zoom).toBe(ZOOM.max);
  preferences.setWidth('pane', 1);
  expect(preferences.widths.pane).toBe(WIDTHS.pane.min);
});

test('a width is kept where the drag ends, not on its way', () => {
  const preferences = new Preferences(host);
  preferences.setWidth('queue', 300, false);
  expect(host.asked('preference_set')).toEqual([]);
  preferences.setWidth('queue', 301, true);
  expect(host.asked('preference_set')).toEqual([{ key: 'width.queue', value: '301' }]);
});

test('stored nonsense is passed over', async () => {
  host.answers.preferences_get = () => [
    { key: 'theme', value: 'plaid' },
    { key: 'zoom', value: 'big' },
    { key: 'width.pane', value: '600' },
    { key: 'from the future', value: '1' },
  ];
  const preferences = new Preferences(host);
  await preferences.load();
  expect([preferences.theme, preferences.zoom, preferences.widths.pane]).toEqual(['system', 100, 600]);
});

test('an engine that keeps nothing does not stop the window', async () => {
  host.answers = { preferences_get: () => Promise.reject(refusal('in_use')), preference_set: () => Promise.reject(refusal('in_use')) };
  const preferences = new Preferences(host);
  await preferences.load();
  preferences.setTheme('dark');
  await Promise.resolve();
  expect(root.dataset.theme).toBe('dark');
});

describe('the shape of the window', () => {
  test.each([
    [1440, 100, 'wide'],
    [1024, 100, 'middle'],
    [420, 100, 'narrow'],
    [1440, 200, 'narrow'],
    [1440, 150, 'middle'],
    [1024, 80, 'wide'],
  ] as const)('%d px at %d %% is %s', (width, zoom, shape) => expect(shapeOf(width, zoom)).toBe(shape));

  test('that grows drops what lay over a column', () => {
    window.innerWidth = 420;
    const layout = new Layout(new Preferences(host));
    layout.overlay = 'ticket';
    window.innerWidth = 1440;
    window.dispatchEvent(new Event('resize'));
    expect([layout.shape, layout.overlay]).toEqual(['wide', null]);
  });
});
