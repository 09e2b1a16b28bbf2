/** What narrows a search stands in its text, as if it had been typed: `timeout product:"Acme Store" status:open`. */

const PART = /(?:([a-z_]+):)?("[^"]*"?|“[^”]*”?|\S+)/gi;

interface Part {
  field: string | null;
  value: string;
  written: string;
}

const bare = (value: string): string => value.replaceAll(/^["“]|["”]$/g, '');

/** As the engine compares values. */
const same = (value: string): string => value.trim().toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[ -]/g, '_');

const parts = (query: string): Part[] =>
  Array.from(query.matchAll(PART), ([written, field, value]) => ({ field: field?.toLowerCase() ?? null, value: bare(value ?? ''), written }));

const isThat = (part: Part, field: string, value: string): boolean => part.field === field && same(part.value) === same(value);

/** One part of a query; a quote in a value takes the other kind of quotes around it. */
const written = (field: string, value: string): string => {
  if (!/[\s"“]/.test(value)) return `${field}:${value}`;
  return value.includes('"') ? `${field}:“${value}”` : `${field}:"${value}"`;
};

export const has = (query: string, field: string, value: string): boolean => parts(query).some((part) => isThat(part, field, value));

/** With the value of a field put in, or taken out where it is there. A blank at the end: nothing of it is still being typed. */
export function toggled(query: string, field: string, value: string): string {
  const all = parts(query);
  const others = all.filter((part) => !isThat(part, field, value)).map((part) => part.written);
  if (others.length === all.length) others.push(written(field, value));
  return others.length === 0 ? '' : `${others.join(' ')} `;
}
