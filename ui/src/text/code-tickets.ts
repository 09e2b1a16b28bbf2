/** The words of the tickets behind a piece of code. */
import type { CodeTicketsView } from '../host';
import { counted, whole } from './numbers';

export const codeTickets = {
  show: 'Tickets behind this',
  hide: 'Hide the tickets behind this',
  title: 'Tickets behind this',
  line: 'Of this line',
  file: 'Of the whole file',
  asking: 'Looking for tickets',
  none: (commits: number) => `No issue is named by ${counted(commits, 'commit', 'commits')}.`,
  absent: 'not in this workspace',
  more: (n: number) => `and ${whole(n)} more`,
  cut: 'There is more than is shown.',
  basis: { message: '', mention: 'names it beside', branch: 'its branch is called so', merge: 'the merge that brought it names it' } as Record<string, string>,
  unlink: 'Not of this',
  relink: 'It is of this',
  unlinkOf: (reference: string, commit: string) => `Not of this: ${commit.slice(0, 10)} has nothing to do with ${reference}`,
  relinkOf: (reference: string, commit: string) => `It is of this: ${commit.slice(0, 10)} belongs to ${reference}`,
  said: (reference: string, commit: string, unlink: boolean) => (unlink ? `${commit.slice(0, 10)} is no commit of ${reference} any more` : `${commit.slice(0, 10)} belongs to ${reference} again`),
  open: (reference: string) => `Open the ticket ${reference}`,
};

/** How many commits stand behind a list. */
export const looked = ({ commits, total }: CodeTicketsView): string => `${counted(total, 'issue', 'issues')} in ${counted(commits, 'commit', 'commits')}`;
