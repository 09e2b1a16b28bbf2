/** The words of capturing, curating and following up. */
import type { CurateItem, FixDeployView, FixOutView, FollowUpRow } from '../host';
import { counted, whole } from './numbers';

export const capture = {
  here: 'Capture what was learned',
  sheet: (id: string) => `Capture ${id}`,
  close: 'Close without saving',
  kind: 'As a',
  kinds: { known_error: 'Known error', article: 'Article' },
  near: 'Nearly the same is known already',
  look: 'Read it',
  code: 'The code that it is about: when it changes in a release, the entry asks for a look',
  withoutCode: (link: string) => `Leave ${link} out`,
  nearLead: 'Tie the ticket to one of them, or write what is below into it.',
  tie: 'It is this',
  anew: 'Write it into this',
  flag: 'Flag it',
  title: 'Title',
  issue: 'Issue',
  environment: 'Environment',
  cause: 'Cause',
  workaround: 'Workaround, in numbered steps',
  resolution: 'Resolution',
  tried: 'Ticked on the ticket',
  redacted: 'What belongs to somebody was taken out, and is taken out once more when it is saved.',
  save: 'Save',
  needsTitle: 'Give it a title.',
  needsResolution: 'Say what helped: an article without it answers nobody.',
  saved: (title: string) => `“${title}” is saved, and found from now on`,
  tied: (title: string) => `The ticket belongs to “${title}” now`,
  written: (title: string) => `“${title}” says it now`,
  dismiss: 'Nothing to capture',
  dismissed: 'Set aside: nothing to capture',
  reasons: { one_off: 'A one-off', no_fault: 'No fault', customer: 'The customer’s own', known: 'Known well enough' } as Record<string, string>,
};

export const curate = {
  title: 'Curate',
  go: 'Go to what there is to curate',
  close: 'Close curating',
  lead: 'What the knowledge base lacks, what it says twice, and what may no longer be right. What weighs most comes first.',
  list: 'To curate',
  kinds: { all: 'All', engineers: 'Only engineers', cluster: 'Not written down', draft: 'Drafts', look: 'To look at', duplicate: 'Said twice', repeat: 'Escalated again' },
  which: 'What to look at',
  none: 'Nothing to look at.',
  noFolder: 'Without a knowledge folder nothing can be written down here.',
  chooseFolder: 'Choose the folder',
  weight: (item: CurateItem) =>
    [counted(item.tickets.length, 'ticket', 'tickets'), item.escalated > 0 ? `${whole(item.escalated)} to engineering` : ''].filter(Boolean).join(', '),
  begin: 'Draft a known error',
  validate: 'Validate',
  validated: (title: string) => `“${title}” is validated`,
  open: 'Open',
  answer: 'Open the answer',
  edit: 'Edit',
  archive: 'Archive the second',
  merged: (title: string) => `“${title}” stays, the other is archived`,
  notSame: 'Not the same',
  aside: 'Set aside',
  asideToast: 'Set aside',
  asideMany: (n: number) => `${counted(n, 'item', 'items')} set aside`,
  validatedMany: (n: number) => `${counted(n, 'draft is', 'drafts are')} validated`,
  chosen: (n: number) => `${whole(n)} chosen`,
  choose: (title: string) => `Choose “${title}”`,
  chooseAll: 'Choose all that are shown, or none',
  all: 'All',
  asideChosen: 'Set what is chosen aside',
  validateChosen: (n: number) => `Validate ${counted(n, 'draft', 'drafts')}`,
  validateAll: 'Validate the drafts that are chosen',
  compare: 'Compare',
  sheet: 'Said twice',
  sheetLead: 'One of them stays, with the tickets of both; the other is archived and leads to it. What only the other says can be written into it first.',
  keepThis: 'Keep this one',
  closeSheet: 'Close without a choice',
  capture: 'To capture',
  captureLead: (n: number) => (n === 0 ? 'Every solved ticket is tied to something known, captured or set aside.' : `${counted(n, 'solved ticket is', 'solved tickets are')} tied to nothing known.`),
  captureList: 'Solved tickets to capture',
  behind: (title: string) => `Tickets of “${title}”`,
};

const whys: Record<string, string> = {
  engineers: 'Only engineering ever solved it: support was not taught how',
  cluster: 'Solved again and again, and nobody wrote it down',
  draft: 'Nobody validated it yet',
  duplicate: 'Both say nearly the same',
  repeat: 'Handed over although it was answered before: was the answer hard to find, unclear, or not one?',
};

export const whyHere = (item: CurateItem): string => whys[item.kind] ?? '';

export const followUps = {
  title: 'Follow-ups',
  go: 'Go to the follow-ups',
  close: 'Close the follow-ups',
  lead: 'A fix is out, and these tickets came of its error. Tell each customer what it means for the version that they run.',
  none: 'Nobody waits for a fix that is out.',
  waiting: (n: number, told: number) => `${counted(n, 'waits', 'wait')}${told > 0 ? `, ${whole(told)} told` : ''}`,
  copy: 'Copy reply',
  copied: 'The reply is copied',
  done: 'Told',
  doneToast: (n: number) => (n === 1 ? 'Noted as told' : `${whole(n)} noted as told`),
  all: (n: number) => `All ${whole(n)} are told`,
  runs: (version: string) => `runs ${version}`,
  unknown: 'version unknown',
  more: (n: number) => `${whole(n)} more`,
  fixedIn: (list: string[]) => `fixed in ${list.join(', ')}`,
  out: ({ version, source }: FixOutView) => `${version} came out (says ${source ?? ''})`,
  deployed: (runs: FixDeployView[]) => `runs in ${runs.map(({ environment, release, source }) => `${environment} (${release}${source === null ? '' : `, says ${source}`})`).join(', ')}`,
  quiet: (days: number) => (days === 0 ? 'a ticket came today' : `quiet for ${counted(days, 'day', 'days')}`),
  verified: 'Fix verified',
  cameBack: (ticket: string) => `Seen again on a version that has the fix: ${ticket}`,
  regressed: 'It came back',
  released: 'Fix released',
};

/** Days without a ticket after which a fix may be called verified. */
export const QUIET_DAYS = 14;

/** What the customer is told, by what they run. */
export function replyTo(row: FollowUpRow, title: string, versions: string[]): string {
  const about = `The problem “${title}” is fixed in version ${versions.join(' and ')}.`;
  switch (row.fix?.state) {
    case 'fixed_in_yours':
      return `${about} You run ${row.version ?? 'it'}, which has the fix. If you still see it, please tell us.`;
    case 'fixed_later':
      return `${about} You run ${row.version ?? 'an earlier version'}: please update to ${row.fix.version}, and tell us if you still see it then.`;
    default:
      return `${about} Please tell us which version you run if you are not sure that you have it.`;
  }
}
