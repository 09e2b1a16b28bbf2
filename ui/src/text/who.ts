/** The words of who may know. */
import type { SuggestedOwnerView } from '../host';
import { counted, whole } from './numbers';
import { day } from './time';

export const who = {
  label: 'Who may know',
  where: (repo: string, at: string) => `${repo} at ${at}`,
  cases: 'Show these cases',
  ended: (team: string) => `Cases like this that ended with ${team}`,
  line: (path: string, line: number, summary: string) => `${path}, line ${whole(line)}: ${summary}`,
};

/** Why this one: the number, of how many, and how long ago. */
export function because({ kind, count, of, pattern, at, active_at }: SuggestedOwnerView): string {
  if (kind === 'owns') return `answers for ${whole(count)} of ${counted(of, 'file', 'files')} that ran, as CODEOWNERS says of ${pattern ?? ''}`;
  if (kind === 'solved') return `${whole(count)} of ${counted(of, 'case', 'cases')} like this ended there`;
  const last = at === null ? '' : `, last on ${day(at)}`;
  const active = active_at === null ? '' : `; committed here last on ${day(active_at)}`;
  return `wrote ${whole(count)} of the ${counted(of, 'line', 'lines')} that ran${last}${active}`;
}
