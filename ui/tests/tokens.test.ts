// Contrast of every pair of colours that meet on the page, computed from tokens.css itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

type Rgb = [number, number, number];

const CSS_TEXT = readFileSync(join(import.meta.dirname, '../src/tokens.css'), 'utf8');
const THEMES = ['light', 'dark', 'contrast-light', 'contrast-dark'];
const GROUNDS = ['ground', 'surface', 'hover', 'selected'];
const MEANINGS = ['good', 'attention', 'bad', 'info'];

/** `name` → its `oklch(…)` of one theme. */
function tokensOf(theme: string): Map<string, string> {
  const block = new RegExp(`:root\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(CSS_TEXT)?.[1] ?? '';
  return new Map([...block.matchAll(/--([a-z-]+): (oklch\([^)]*\))/g)].map(([, name = '', value = '']) => [name, value]));
}

/** OKLCH to linear sRGB, as CSS Color 4 defines it; the alpha stands last. */
function linear(text: string): [...Rgb, number] {
  const [l = 0, c = 0, h = 0, alpha = 1] = text.replace(/oklch\(|\)/g, '').split(/[\s/]+/).map(Number);
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const [x, y, z] = [l + 0.3963377774 * a + 0.2158037573 * b, l - 0.1055613458 * a - 0.0638541728 * b, l - 0.0894841775 * a - 1.291485548 * b].map((n) => n ** 3) as Rgb;
  const rgb = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((n) => Math.min(1, Math.max(0, n)));
  return [...(rgb as Rgb), alpha];
}

const encode = (n: number) => (n <= 0.0031308 ? 12.92 * n : 1.055 * n ** (1 / 2.4) - 0.055);
const decode = (n: number) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);

/** A fill over what lies under it. Browsers blend the encoded values. */
function over(fill: string, ground: string): Rgb {
  const [f, g] = [linear(fill), linear(ground)];
  const alpha = f[3];
  return [0, 1, 2].map((i) => decode(encode(f[i] ?? 0) * alpha + encode(g[i] ?? 0) * (1 - alpha))) as Rgb;
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(a: Rgb, b: Rgb): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const opaque = (text: string): Rgb => linear(text).slice(0, 3) as Rgb;

test('the conversion agrees with what CSS says about known colours', () => {
  expect(opaque('oklch(1 0 0)').map((n) => Math.round(encode(n) * 255))).toEqual([255, 255, 255]);
  expect(opaque('oklch(0.627955 0.257683 29.2339)').map((n) => Math.round(encode(n) * 255))).toEqual([255, 0, 0]);
  expect(opaque('oklch(0.452014 0.313214 264.052)').map((n) => Math.round(encode(n) * 255))).toEqual([0, 0, 255]);
  expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21);
});

test('every theme defines the same colours', () => {
  const names = [...tokensOf('light').keys()].sort();
  expect(names.length).toBeGreaterThan(25);
  for (const theme of THEMES) expect([...tokensOf(theme).keys()].sort(), theme).toEqual(names);
});

describe.each(THEMES)('%s', (theme) => {
  const tokens = tokensOf(theme);
  const get = (name: string) => tokens.get(name) ?? 'missing';
  const least = theme.startsWith('contrast') ? 7 : 4.5;

  test.each(GROUNDS)('text can be read on %s', (ground) => {
    for (const name of ['text', 'quiet', 'accent', ...MEANINGS]) {
      expect(contrast(opaque(get(name)), opaque(get(ground))), `${name} on ${ground}`).toBeGreaterThanOrEqual(least);
    }
  });

  test.each(GROUNDS.slice(0, 2))('edges can be found on %s', (ground) => {
    for (const name of ['edge', 'focus', 'accent-edge', ...MEANINGS.map((meaning) => `${meaning}-edge`)]) {
      expect(contrast(opaque(get(name)), opaque(get(ground))), `${name} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(GROUNDS)('the ring around the row with the keys can be found on %s', (ground) => {
    expect(contrast(opaque(get('focus')), opaque(get(ground)))).toBeGreaterThanOrEqual(3);
  });

  test.each(MEANINGS)('a word in the %s fill can be read', (meaning) => {
    for (const ground of GROUNDS.slice(0, 2)) {
      const fill = over(get(`${meaning}-fill`), get(ground));
      expect(contrast(opaque(get(meaning)), fill), `${meaning} on its fill`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(opaque(get('text')), fill), `text on the fill of ${meaning}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(opaque(get('quiet')), fill), `quiet on the fill of ${meaning}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('the primary button can be read and found', () => {
    expect(contrast(opaque(get('on-accent')), opaque(get('accent-solid')))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(opaque(get('accent-solid')), opaque(get('surface')))).toBeGreaterThanOrEqual(3);
  });
});
