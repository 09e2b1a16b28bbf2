/** The words of the code lanes. */
import type { FitView, RanRepoView } from '../host';
import { counted, whole } from './numbers';
import { day } from './time';

export const code = {
  basis: { stack_frame: 'from the stack trace', source_map: 'from a source map', trace: 'from a trace', log_line: 'from a log line', error_code: 'from an error code' } as Record<string, string>,
  quoted: (repo: string, at: string) => `What is quoted is said in ${repo} at ${at}`,
  traced: (repo: string, at: string) => `What the trace names, in ${repo} at ${at}`,
  more: (n: number) => `Show ${whole(n)} more`,
  fewer: 'Show fewer',
  partly: 'Not all of this version was looked through: it is too large.',
  at: 'at',
  version: (repo: string) => `Version of ${repo}`,
  choose: 'Choose a version',
  mayBe: (version: string) => `${version} may be`,
  releases: 'All releases',
  development: 'In development',
  noRepository: 'No repository was added, so the lines of these frames cannot be shown.',
  add: 'Add a repository',
  read: 'Read it now',
  differs: (line: number) => `This version has no line ${whole(line)}: the source differs from what was built.`,
  elsewhere: (symbol: string | null) => `The source differs from the build: this line lies in ${symbol ?? 'no function'}, not in what the frame names.`,
  differsShort: 'differs from the build',
  noLine: 'The frame names no line.',
  found: (n: number, of: number) => `${whole(n)} of ${counted(of, 'frame', 'frames')}`,
  foundHint: 'Frames of the product whose file is there',
};

/** `refs/heads/main` as people call it. */
export const branch = (name: string): string => name.replace(/^refs\/(heads|remotes|tags)\//, '');

const states: Record<RanRepoView['state'], (repo: RanRepoView, version: string | null) => string> = {
  resolved: ({ repo, at, frames }) => (frames.length > 0 ? '' : `None of these files is in ${repo} at ${branch(at ?? '')}.`),
  no_version: () => 'Nobody says which version they run.',
  unknown_version: ({ repo }, version) => `${version ?? ''} is no release of ${repo}.`,
  several: ({ candidates }, version) => `${version ?? ''} may be ${either(candidates)}.`,
  unread: ({ repo }) => `${repo} was added, and never read.`,
  unreadable: ({ repo }) => `${repo} cannot be read just now.`,
};

/** What there is to say of a repository besides its lines; empty where they say it. */
export const state = (repo: RanRepoView, version: string | null): string => states[repo.state](repo, version);

/** Why a version was chosen that the question does not say so. */
export function fit({ agree, of, said, release, day: on }: FitView): string {
  const fits = `${whole(agree)} of ${counted(of, 'line lies', 'lines lie')} in the functions that the trace names`;
  if (on !== null) return `${release ?? said} was not made yet on ${day(on)}, so this is what it was on that day: ${fits}.`;
  return `Chosen because the trace fits it best: ${fits}. The question says ${said}.`;
}

/** `2.2.0 or 2.2.4`; of many, the first few. */
export function either(names: string[]): string {
  if (names.length > 4) return `one of ${whole(names.length)} releases, ${names[0]} to ${names.at(-1)}`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** The last name of a path and a line: `Totals.java:118`. */
export const place = (path: string, line: number | null): string => `${path.slice(path.lastIndexOf('/') + 1)}${line === null ? '' : `:${line}`}`;
