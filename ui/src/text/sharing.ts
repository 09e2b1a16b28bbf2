/** The words of the knowledge folder and the team's. */
import type { KnowledgeMarked, KnowledgeShared, KnowledgeStanding } from '../host';
import { counted } from './numbers';

export const sharing = {
  title: 'With the team',
  get: 'Get the team’s changes',
  toLookAt: 'Give it to be looked at',
  marked: 'What came and deserves a second look',
  why: ({ author, summary, why }: KnowledgeMarked) => `${author} ${whys[why] ?? why}: ${summary}`,
  give: 'Share mine',
  choose: 'Choose where two edits meet',
  alone: 'This folder is shared with nobody yet. Name a place that the team sees, and it is kept in git from then on.',
  to: 'Share it at',
  toExample: 'https://forge.example/team/knowledge.git',
  toHint: 'An empty repository over https or ssh, or a folder that several machines see. Your own git signs in.',
  needsTo: 'Type the place first.',
  start: 'Share it there',
  address: 'Of the team',
  addressHint: 'Where you have no clone yet: the address of the team’s repository. The clone is made in the folder above.',
  clone: 'Get a clone',
  nobody: 'Git does not know your name here. Set it once in a terminal: git config --global user.name, then user.email.',
  as: (author: string) => `as ${author}`,
  got: 'got',
  never: 'never got from here',
  edited: (n: number) => `${counted(n, 'file', 'files')} edited here`,
  ahead: (n: number) => `${counted(n, 'commit', 'commits')} of yours the team has not`,
  behind: (n: number) => `${counted(n, 'commit', 'commits')} of the team’s not here yet`,
  level: 'You and the team have the same',
  meets: (n: number) => `${counted(n, 'file', 'files')} to choose in`,
  meetsLead: 'You and the team changed the same. Nothing is lost and nothing was merged: choose for each place, or write it as it should be.',
  ours: 'Yours',
  theirs: 'The team’s',
  both: 'Keep both',
  result: 'The file as it will be',
  keep: 'Keep this',
  settled: 'Chosen; it waits for the others',
  gone: 'The file is deleted on this side',
  delete: 'Delete it',
  agreed: (n: number) => counted(n, 'line the same', 'lines the same'),
  places: { body: 'Text', file: 'The whole file' } as Record<string, string>,
};

/** What was done, in one line. */
export function done(shared: KnowledgeShared): string {
  if (shared.outcome === 'waits') return `You and the team changed the same in ${counted(shared.waits.length, 'file', 'files')}`;
  const parts = [];
  if (shared.taken > 0) parts.push(`${counted(shared.taken, 'file', 'files')} of the team’s changed here`);
  if (shared.given > 0) parts.push(`${counted(shared.given, 'commit', 'commits')} shared`);
  return parts.join(', ') || 'Nothing is new on either side';
}

/** `2 files edited here · 1 commit of yours the team has not`. */
export function towards(standing: KnowledgeStanding): string {
  const { edited, ahead, behind } = standing;
  const parts = [edited > 0 && sharing.edited(edited), ahead > 0 && sharing.ahead(ahead), behind > 0 && sharing.behind(behind)];
  return parts.filter(Boolean).join(' · ') || sharing.level;
}

const whys: Record<string, string> = {
  unknown: 'is not among the team’s people',
  unsigned: 'did not sign this',
  unverified: 'signed this with what cannot be verified here',
};
