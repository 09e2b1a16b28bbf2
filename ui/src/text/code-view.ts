/** The words of the code view. */
import type { LineTodayView } from '../host';
import { branch } from './code';
import { whole } from './numbers';

export const codeView = {
  label: 'Code',
  at: (repo: string) => `${repo} at`,
  version: 'Version shown',
  compare: 'Compare with',
  none: 'nothing',
  line: (line: number, of: number) => `line ${whole(line)} of ${whole(of)}`,
  lines: (of: number) => `${whole(of)} lines`,
  lastChanged: (author: string) => `${author} changed this line last,`,
  owned: (names: string[]) => `${names.join(', ')} answer${names.length > 1 ? '' : 's'} for it,`,
  ownedBy: (pattern: string) => `as CODEOWNERS says of ${pattern}`,
  goToday: 'Go there',
  blame: 'Who changed each line',
  unblame: 'Hide who changed each line',
  blaming: 'Asking who changed each line',
  by: (author: string, commit: string, summary: string) => `${author}, ${commit.slice(0, 10)}: ${summary}`,
  permalink: 'Copy permalink',
  open: 'Open at the forge',
  copied: 'Copied the permalink',
  noForge: 'This clone came from no forge that is known, so there is no permalink.',
  before: 'Show earlier lines',
  after: 'Show later lines',
  same: (from: string, to: string) => `${branch(from)} and ${branch(to)} have the same text here.`,
  changed: (from: string, to: string) => `From ${branch(from)} to ${branch(to)}`,
  gone: 'removed',
  came: 'added',
  cut: 'More changed than is shown.',
  text: (path: string) => `Text of ${path}`,
  changes: (path: string) => `Changes of ${path}`,
};

/** Where a line is by now: a move is worth its path, the same place is not. */
export function today({ at, state, path, line }: LineTodayView, from: { path: string; line: number | null } | null): string {
  const where = branch(at);
  if (state === 'gone' || line === null) return `Today it is gone from ${where}.`;
  const there = path === from?.path ? `line ${whole(line)}` : `line ${whole(line)} of ${path}`;
  if (state === 'changed') return `Today ${where} has something else there, in ${there}:`;
  return path === from?.path && line === from.line ? `Today it is the same in ${where}.` : `Today it is the same in ${where}, in ${there}.`;
}

/** The folder of a path, with the slash at its end, and its last name. */
export function split(path: string): [string, string] {
  const at = path.lastIndexOf('/') + 1;
  return [path.slice(0, at), path.slice(at)];
}
