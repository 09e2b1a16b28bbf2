/** The words of the repositories in the settings. */
import type { RepoView } from '../host';
import { branch } from './code';
import { counted } from './numbers';

export const repositories = {
  title: 'Repositories',
  lead: 'Clones of your product on this machine, which are only read, and mirrors, which are fetched when you say so. Nothing of them leaves.',
  none: 'No repository yet. Add a clone or an address, and stack traces show the lines of code that ran.',
  read: 'Last read',
  never: 'never read',
  reading: 'Being read',
  incomplete: 'Parts of it could not be read.',
  update: 'Update',
  updateAll: 'Update all',
  fetch: 'Fetch',
  from: 'Mirror of',
  remove: 'Remove',
  removeReally: 'Really remove',
  reallyRemove: (name: string, mirror: boolean) => (mirror ? `The mirror of ${name} and what was read of it go.` : `What was read of ${name} goes. The clone itself stays as it is.`),
  added: (name: string) => `${name} was added and is being read`,
  removed: (name: string, mirror: boolean) => (mirror ? `${name} is forgotten, and its mirror was deleted` : `${name} is forgotten; the clone was not touched`),
  add: 'Add a repository',
  submit: 'Add and read',
  path: 'Folder or address',
  pathExample: '/home/me/src/shop',
  pathHint: 'A folder that holds .git, or https://, ssh:// or git@host:path: that becomes a mirror, fetched with your own git credentials.',
  needsPath: 'Type the folder of a clone, or an address, first.',
  name: 'Name',
  nameHint: 'From the folder or the address when left empty',
};

/** What is known of it: `129 releases, newest v5.4.2 · 12,004 commits · 4,100 issues named · main`. */
export function known(repo: RepoView): string {
  const releases = counted(repo.releases, 'release', 'releases');
  const newest = repo.newest === null ? releases : `${releases}, newest ${repo.newest}`;
  const parts = [newest, counted(repo.commits, 'commit', 'commits'), counted(repo.issues, 'issue named', 'issues named')];
  return [...parts, ...(repo.branch === null ? [] : [branch(repo.branch)])].join(' · ');
}

export const codeMap = {
  title: 'Which product lives where',
  lead: 'Lines of a product’s tickets come from its own folder alone.',
  guessed: 'Guessed from the names. Change what is wrong and keep it.',
  product: 'Product',
  component: 'Component',
  repository: 'Repository',
  folder: 'Folder',
  any: 'any',
  whole: 'all of it',
  of: (field: string, at: number) => `${field} of row ${at + 1}`,
  drop: (at: number) => `Remove row ${at + 1}`,
  add: 'Add a row',
  keep: 'Keep this map',
  guess: 'Guess again',
  kept: 'Kept which product lives where',
  guessedAgain: 'Guessed again from the names',
};

export const deploys = {
  title: 'What runs where',
  lead: 'Which release was brought to which environment: a fix is deployed where a release with it runs. Sources tell what they know; what you say here you may change.',
  none: 'Nobody said what runs where yet.',
  environment: 'Environment',
  environmentExample: 'production',
  release: 'Release',
  releaseExample: 'v2.3.1',
  of: 'Of',
  since: 'Since',
  sinceOr: 'Since; now when empty',
  someday: 'some day',
  by: 'Told by',
  you: 'here',
  needs: 'Say which release runs in which environment.',
  add: 'Say what runs',
  keep: 'Keep this',
  leave: 'Leave it as it was',
  edit: 'Change',
  editOf: (environment: string, release: string) => `Change ${release} in ${environment}`,
  removeOf: (environment: string, release: string) => `Remove ${release} in ${environment}`,
  more: (n: number) => `Show ${counted(n, 'earlier one', 'earlier ones')}`,
  added: (environment: string) => `Noted what runs in ${environment}`,
  changed: (environment: string) => `Put right what runs in ${environment}`,
  removed: (environment: string) => `What ran in ${environment} is forgotten`,
};
