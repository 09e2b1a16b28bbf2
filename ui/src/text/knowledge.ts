/** The words of the knowledge folder in the settings. */
import type { KnowledgeView } from '../host';
import { counted } from './numbers';

export const knowledge = {
  title: 'Knowledge',
  lead: 'What the team knows, as plain files in a folder that you own: known errors, articles, runbooks. Any editor opens them, any forge shows them.',
  none: 'No folder yet. Choose a clone of the team’s repository, or make a new folder: its known errors then stand beside the answer.',
  path: 'Folder',
  pathExample: '/home/me/team-knowledge',
  pathHint: 'A clone of the team’s repository, a shared folder, or the place for a new one.',
  needsPath: 'Type the folder first.',
  open: 'Read this folder',
  make: 'Make it here',
  again: 'Read it again',
  chosen: (folder: string) => `${folder} is read from now on`,
  readAgain: (changed: number, gone: number) =>
    changed + gone === 0 ? 'Nothing in it is new' : `${counted(changed, 'known error', 'known errors')} new or changed, ${gone} gone`,
  mend: (n: number) => `${counted(n, 'thing', 'things')} to mend`,
};

/** `12 known errors · 40 articles · 3 runbooks · 8 concepts · 5 rules`. */
export function held(view: KnowledgeView): string {
  return [
    counted(view.known_errors, 'known error', 'known errors'),
    counted(view.articles, 'article', 'articles'),
    counted(view.runbooks, 'runbook', 'runbooks'),
    counted(view.concepts, 'concept', 'concepts'),
    counted(view.rules, 'rule', 'rules'),
  ].join(' · ');
}
