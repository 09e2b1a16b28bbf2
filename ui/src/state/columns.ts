import type { ColumnMapping } from '../host';

/** What is typed into *Columns*: a mapping, or the number of the first line that is none. */
export type Columns = { mapping: ColumnMapping[]; bad: null } | { mapping: null; bad: number };

/** One line for each field, as `field = column`; empty lines may part them. A column's own name may hold further equals signs. */
export function readColumns(text: string): Columns {
  const mapping: ColumnMapping[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const at = line.indexOf('=');
    const pair = { field: line.slice(0, Math.max(at, 0)).trim(), column: line.slice(at + 1).trim() };
    if (at < 0 || pair.field === '' || pair.column === '') return { mapping: null, bad: i + 1 };
    mapping.push(pair);
  }
  return { mapping, bad: null };
}

/** A table by its name, packed or not. */
export const looksLikeTable = (path: string): boolean => /\.[ct]sv(\.gz|\.zst)?$/i.test(path.trim());
