// What no source of the page may hold.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { words } from '../src/text/words';
import { engineWords } from '../src/text/errors';

const SRC = join(import.meta.dirname, '../src/');
const CRATES = join(import.meta.dirname, '../../src-tauri/crates/');

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(svelte|ts|css)$/.test(path))
  .map((path) => ({ path, text: readFileSync(SRC + path, 'utf8') }));

/** Files in which a pattern occurs. */
const holding = (pattern: RegExp, within = files) => within.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

test('no element carries a style attribute, which the policy of the page would refuse', () => {
  expect(files.length).toBeGreaterThan(80);
  expect(holding(/\sstyle="/)).toEqual([]);
});

test('colours come from the tokens alone', () => {
  const others = files.filter(({ path }) => path !== 'tokens.css');
  expect(holding(/oklch\(|rgba?\(|hsla?\(|:\s*#[0-9a-f]{3,8}\b/i, others)).toEqual([]);
});

test('every token that is used is defined, and every one that is defined is used', () => {
  const defined = new Set([...(files.find(({ path }) => path === 'tokens.css')?.text ?? '').matchAll(/^\s+--([a-z0-9-]+):/gm)].map(([, name]) => name));
  const set = new Set(files.flatMap(({ text }) => [...text.matchAll(/(?:style:|^\s+)--([a-z0-9-]+)[:=]/gm)].map(([, name]) => name)));
  const used = new Set(files.flatMap(({ text }) => [...text.matchAll(/var\(--([a-z0-9-]+)/g)].map(([, name]) => name)));
  expect([...used].filter((name) => !set.has(name))).toEqual([]);
  expect([...defined].filter((name) => !used.has(name))).toEqual([]);
});

test('every sentence is said somewhere', () => {
  const rest = files.filter(({ path }) => path !== 'text/words.ts').map(({ text }) => text).join('\n');
  const unsaid = Object.entries(words).flatMap(([section, group]) =>
    typeof group === 'string' || typeof group === 'function' ? [] : Object.keys(group).filter((key) => !said(rest, section, key)).map((key) => `${section}.${key}`),
  );
  expect(unsaid).toEqual([]);
});

/** Named outright, or looked up by a value: `words.report[name]`. */
function said(rest: string, section: string, key: string): boolean {
  return new RegExp(`words\\.${section}\\.${key}\\b`).test(rest) || rest.includes(`words.${section}[`);
}

test('the words for errors are keyed by codes that the engine sends', () => {
  const rust = readdirSync(CRATES, { recursive: true, encoding: 'utf8' }).filter((path) => /(?:error|error\/hint|serve)\.rs$/.test(path));
  const sent = rust.map((path) => readFileSync(CRATES + path, 'utf8')).join('\n');
  expect(Object.keys(engineWords).filter((code) => !sent.includes(`"${code}"`))).toEqual([]);
});
