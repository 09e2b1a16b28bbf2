/** The words of *What changed?* */
import type { ChangesView, ChangeView, DeployView } from '../host';
import { branch } from './code';
import { counted, whole } from './numbers';

export const changed = {
  label: 'What changed?',
  none: 'Nothing that changed comes near this.',
  files: 'Files to look at',
  file: (path: string) => `Open ${path}`,
  deployed: 'Brought meanwhile:',
  deploy: ({ environment, release, source }: DeployView) => `${release} to ${environment}${source === null ? '' : ` (says ${source})`}`,
  noRelease: 'in no release',
  by: (author: string) => `by ${author}`,
  why: (score: string) => `Why it is here: ${score} points`,
  more: (n: number) => `Show ${whole(n)} more`,
  fewer: 'Show fewer',
  copy: 'Copy the commit',
  copied: (commit: string) => `Copied ${commit}`,
  open: 'Open at the forge',
  issue: (key: string) => `Open ${key}`,
  issueThere: (key: string) => `Open ${key} at the forge`,
  together: 'Together',
};

export const span = ({ from, to, repo }: ChangesView): string => (from === null ? `${repo} up to ${branch(to)}` : `${repo} from ${branch(from)} to ${branch(to)}`);

const nearness: Record<string, string> = {
  same_line: 'the same line',
  same_symbol: 'the same function',
  same_file: 'the same file',
  same_directory: 'the same folder',
};

const reasons: Record<string, string> = {
  ...nearness,
  recent: 'how late it came',
  small: 'how few files it touches',
  words: 'words of the ticket',
  stack_frame: 'frames lie in it',
  said: 'it says what the ticket quotes',
  named: 'the ticket names it',
  similar_fix: 'fixes of similar tickets touched it',
  changed: 'it changed',
};

export const reason = (value: string): string => reasons[value] ?? value.replaceAll('_', ' ');

export const near = ({ near: value }: ChangeView): string => (value === null ? 'words of the ticket' : (nearness[value] ?? reason(value)));

export const touches = ({ files }: ChangeView): string => counted(files, 'file', 'files');
