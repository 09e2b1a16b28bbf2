/** Where an address really leads: the host as the browser will look it up, in ASCII. `null` for what is not opened. */
export function hostOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'https:' && url.hostname && !url.username && !url.password ? url.host : null;
}

/** What follows a dot in names of files, not of hosts; where it is both, the true host still stands beside the link. */
const FILES = new Set('bat cfg conf cpp cs csv dll docx exe gif go gz htm html ini java jpeg jpg js json kt log md pdf php png ps1 py rb rs sh sql ts txt xls xlsx xml yaml yml zip'.split(' '));
const MARKS = /⟨U\+[0-9A-F]{4,6}⟩/g;
const NAMED = /(?:([a-z][a-z0-9+.-]*):(?:\/\/)?)?((?:[\p{L}\p{N}_-]+[.。．])+[\p{L}\p{N}-]*\p{L}[\p{L}\p{N}-]*|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?/giu;

/** The hosts that a text names, in ASCII. */
export function hostsIn(text: string): string[] {
  const hosts: string[] = [];
  for (const [, scheme, name = ''] of text.replace(MARKS, '').matchAll(NAMED)) {
    const last = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    if (!scheme && FILES.has(last)) continue;
    const address = `https://${name}`;
    if (URL.canParse(address)) hosts.push(new URL(address).hostname);
  }
  return hosts;
}

export interface Lead {
  host: string;
  /** Another host that the text names. */
  instead: string | null;
  /** The text says it already. */
  said: boolean;
}

/** What has to be said beside a link. `null`: it leads nowhere. */
export function lead(address: string, text: string): Lead | null {
  const host = hostOf(address);
  if (host === null) return null;
  const name = host.replace(/:\d+$/, '');
  const named = hostsIn(text);
  // `acme.example` may well lead to `www.acme.example`: whoever owns the one gives out the other.
  const same = (other: string) => name === other || name.endsWith(`.${other}`) || other === `www.${name}`;
  const instead = named.find((other) => !same(other)) ?? null;
  return { host, instead, said: instead === null && text.toLowerCase().includes(host) };
}
