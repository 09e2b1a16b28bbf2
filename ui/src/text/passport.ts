/** What is known of a fix, in words: for the verdict, for a card, for the customer. The history of the code goes before the tracker. */
import type { CodeFixView, FixView, VerdictKind } from '../host';
import { either } from './code';
import { counted } from './numbers';

export interface FixWords {
  said: string;
  /** Good news, what needs attention, or neither. */
  look: 'good' | 'attention' | 'plain';
}

export const passport = {
  label: 'Fix passport',
  open: (reference: string) => `Show the fix passport of ${reference}`,
  from: (repo: string) => `From the history of ${repo}`,
  state: {
    reported: 'Reported',
    in_progress: 'In progress',
    in_review: 'In review',
    merged: 'Merged, in no release yet',
    released: 'Released',
    deployed: 'Deployed',
    verified: 'Verified',
    reverted: 'Taken back',
  } as Record<string, string>,
  theirs: 'In theirs',
  runs: 'Runs in',
  also: (repos: string[]) => `Also named in ${repos.join(', ')}`,
  environment: (name: string, release: string, source: string | null) => (source === null ? `${name} (${release})` : `${name} (${release}, says ${source})`),
  published: (source: string) => `Published, says ${source},`,
  toldBy: (source: string) => `Told by ${source},`,
  first: 'First releases that have it',
  early: 'Pre-releases that have it',
  line: 'Line',
  release: 'Release',
  date: 'Date',
  none: 'No release has it.',
  commits: (n: number) => counted(n, 'commit', 'commits'),
  by: (author: string) => `by ${author}`,
  aside: 'tests alone, so it does not count',
  byFiles: (names: string[]) => `Known by its files, which are as the fix left them: ${names.join(', ')}`,
  why: { named: '', picked: 'picked onto another branch', same_patch: 'the same change on another branch', branch: 'its branch is called so', merged: 'came in with the merge', comment: 'a comment of the ticket names it' } as Record<string, string>,
  told: 'What the notes of the project say',
  under: (version: string) => `under ${version}`,
  otherwise: 'The commits say otherwise, and they count.',
  byNotes: 'No commit says so: only the notes of the project do.',
  reverted: (commit: string) => `taken back by ${commit}`,
  gone: 'on no branch any more',
  unlink: 'Not of this',
  unlinkOf: (commit: string, reference: string) => `Not of this: ${commit} has nothing to do with ${reference}`,
  unlinked: (commit: string, reference: string) => `${commit.slice(0, 10)} is no commit of ${reference} any more`,
  copy: (commit: string) => `Copy ${commit}`,
  copied: (commit: string) => `Copied ${commit}`,
};

const running = (fix: CodeFixView): string | null => (fix.running && fix.running.length > 0 ? either(fix.running) : null);
const firsts = (fix: CodeFixView): string => [...fix.releases, ...fix.early].map(({ name }) => name).join(', ');

/** Under the verdict, and on the passport itself. `kind`: how sure it is that this is the same problem. */
export function fixLine(fix: CodeFixView, kind: VerdictKind): FixWords | null {
  const runs = running(fix);
  if (fix.state === 'reverted') return { said: 'The fix was taken back', look: 'attention' };
  if (fix.state === 'in_progress') return { said: 'A fix is in progress', look: 'plain' };
  if (fix.state === 'in_review') return { said: 'A fix is in review', look: 'plain' };
  if (fix.verdict === 'fixed_in_yours' && fix.since) {
    // The same problem where the fix is: it came back, or it was never the same.
    const said = kind === 'seen' ? `Regression: fixed since ${fix.since}, and they run ${runs ?? fix.since}` : `Fixed since ${fix.since}; they run ${runs ?? fix.since}, which has the fix`;
    return { said, look: 'attention' };
  }
  if (fix.verdict === 'fixed_later' && fix.upgrade_to) return { said: `Fixed in ${fix.upgrade_to}: upgrade from ${runs ?? 'theirs'}`, look: 'good' };
  if (fix.verdict === 'affected') return { said: `${runs ?? 'Theirs'} is affected; no later release has the fix`, look: 'attention' };
  if (fix.state === 'merged') return { said: 'A fix is merged, in no release yet', look: 'plain' };
  return firsts(fix) === '' ? null : { said: `Fixed in ${firsts(fix)}; what they run is not known`, look: 'good' };
}

/** On a card, where there is room for three words. */
export function fixShort(fix: CodeFixView): FixWords | null {
  if (fix.state === 'reverted') return { said: 'fix taken back', look: 'attention' };
  if (fix.state === 'in_progress') return { said: 'fix in progress', look: 'plain' };
  if (fix.state === 'in_review') return { said: 'fix in review', look: 'plain' };
  if (fix.verdict === 'fixed_in_yours' && fix.since) return { said: `fixed in theirs since ${fix.since}`, look: 'attention' };
  if (fix.verdict === 'fixed_later' && fix.upgrade_to) return { said: `fixed in ${fix.upgrade_to}`, look: 'good' };
  if (fix.verdict === 'affected') return { said: 'no later release has the fix', look: 'attention' };
  if (fix.state === 'merged') return { said: 'merged, not released', look: 'plain' };
  const [first] = [...fix.releases, ...fix.early];
  return first ? { said: `fixed in ${first.name}`, look: 'good' } : null;
}

/** What a reply may say of it to a customer: what is so, and no promise. `null` where there is nothing to say. */
export function forCustomer(fix: CodeFixView | null, tracker: FixView | null): string | null {
  // What the tracker plans is no release; where the code knows of the fix, the code says it.
  if (fix && fix.state !== 'reported') return ofCode(fix);
  return tracker ? ofTracker(tracker) : null;
}

function ofCode(fix: CodeFixView): string | null {
  const runs = fix.running?.length === 1 ? (fix.running[0] ?? null) : null;
  if (fix.state === 'reverted') return null;
  if (fix.verdict === 'fixed_in_yours' && fix.since) return inYours(fix.since, runs);
  if (fix.verdict === 'fixed_later' && fix.upgrade_to) return later(fix.upgrade_to, runs);
  if (fix.verdict === 'affected') return runs === null ? null : `You run ${runs}; no later release has the fix yet.`;
  return fix.releases.length > 0 ? `This is fixed in ${fix.releases.map(({ name }) => name).join(', ')}.` : null;
}

function ofTracker({ state, version, running: runs }: FixView): string {
  if (state === 'fixed_later') return later(version, runs);
  return state === 'fixed_in_yours' ? inYours(version, runs) : `This is fixed in ${version}.`;
}

const later = (version: string, runs: string | null): string => `This is fixed in ${version}.${runs === null ? '' : ` You run ${runs}.`} Please upgrade to ${version}.`;
const inYours = (version: string, runs: string | null): string => `This was fixed in ${version}, and ${runs === null ? 'your version' : `your version, ${runs},`} has that fix.`;

/** A reply and, where it does not name that release itself, what is known of the fix. */
export function withFix(text: string, fix: CodeFixView | null, tracker: FixView | null): string {
  const said = forCustomer(fix, tracker);
  const about = fix && fix.state !== 'reported' ? [fix.upgrade_to ?? fix.since ?? fix.releases[0]?.version] : [tracker?.version];
  const already = about.some((version) => version && text.includes(version.replace(/^\D+/, '')));
  return said === null || already ? text : `${text}\n\n${said}`;
}
