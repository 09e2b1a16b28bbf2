/** The words of the semantic pack in the settings. */
import type { ModelView } from '../host';
import { bytes, counted, whole } from './numbers';

export const model = {
  title: 'Semantic pack',
  lead: 'A small language model on this machine. With it, cases are found that tell the same in other words; how much that helps on your own history, the exam says. Nothing leaves this machine, and without it everything works.',
  none: 'Not installed: cases are found by their words alone. The pack takes about 45 MB on disk and 70 MB of memory.',
  installed: 'Installed',
  costs: 'Costs',
  cost: (of: ModelView) => `${bytes(of.bytes)} on disk, ${bytes(of.memory)} of memory`,
  read: 'Cases read',
  allRead: (n: number) => (n === 0 ? 'There are none yet.' : `All ${counted(n, 'case', 'cases')}`),
  reading: (read: number, all: number) => `${whole(read)} of ${whole(all)}`,
  readingHint: 'The others are found by their words until they are read, which happens while nothing else goes on.',
  how: 'How far the cases are read',
  add: 'Install a semantic pack',
  path: 'Path of a pack',
  pathExample: '/home/me/all-MiniLM-L6-v2.pack',
  pathHint: 'It is checked, and copied into the workspace.',
  needsPath: 'Type the path of a pack first.',
  submit: 'Install',
  replace: 'Install another',
  remove: 'Remove',
  removeReally: 'Really remove',
  removeHint: 'The copy in the workspace goes, with all that it made. The cases stay.',
  added: (name: string) => `${name} is installed; the cases are being read`,
  removed: 'The pack is gone; cases are found by their words',
};
