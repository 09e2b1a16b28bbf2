/** The words of what leaves this machine for good. */
import type { Term } from './terms';

const term = (word: string, icon: Term['icon'], tone: Term['tone'] = 'plain'): Term => ({ word, icon, tone });

const states: Record<string, Term> = {
  draft: term('Not sent yet', 'circle-dashed', 'info'),
  pending: term('Waits to leave', 'clock', 'attention'),
  sending: term('On its way', 'clock', 'attention'),
  sent: term('Sent', 'circle-check', 'good'),
  failed: term('Refused', 'bad', 'bad'),
  unclear: term('Arrival unknown', 'help', 'bad'),
  conflict: term('Changed meanwhile', 'help', 'attention'),
  dropped: term('Dropped', 'circle-slash'),
};

const parts: Record<string, string> = { subject: 'Title', status: 'State', priority: 'Priority', body: 'Description' };

export const outboxState = (state: string): Term => states[state] ?? term(state.replaceAll('_', ' '), 'circle');

export const outbox = {
  title: 'Outbox',
  close: 'Close outbox',
  lead: 'What is written to other machines from here. Nothing leaves that was not shown and sent by a click, and each leaves once.',
  empty: 'Nothing was ever written from here. Open a ticket and write about it.',
  list: 'What was written',
  go: 'Go to the outbox',
  write: 'Write a note or an issue about this ticket',
  writing: (name: string) => `Write about ${name}`,
  nowhere: 'Nobody allowed yet that something is written. Add the source again with writing allowed and a token that may.',
  toSources: 'Go to the sources',
  where: 'Where',
  on: { note: (name: string) => `Internal note on ${name}`, comment: (name: string) => `Comment on ${name}, seen by everybody who sees it` },
  issueIn: (source: string) => `New issue in ${source}`,
  issueTitle: 'Title',
  needsTitle: 'An issue needs a title.',
  text: 'Text',
  needsText: 'There is no text to send.',
  asIs: 'Take nothing out of it',
  asIsHint: 'Otherwise addresses, numbers, secrets and the names of the ticket’s people are replaced before it is shown.',
  preview: 'Show what would leave',
  cancel: 'Do not write',
  kind: (kind: string, on: string | null, source: string): string => {
    if (kind === 'issue') return `New issue in ${source}`;
    if (kind === 'link') return `Link on ${on ?? source}`;
    return kind === 'note' ? `Internal note on ${on ?? source}` : `Comment on ${on ?? source}`;
  },
  linksTo: (problem: string) => `Is one of ${problem}`,
  linkHere: 'Write the link on the ticket',
  linkThere: (source: string) => `Write it to ${source}`,
  by: (who: string) => `by ${who}`,
  sentBy: (who: string) => `sent by ${who}`,
  goesTo: 'Goes to',
  takenOut: 'Taken out',
  leaves: 'What leaves, byte for byte',
  gone: 'Its text was deleted with its case.',
  why: 'Why',
  send: 'Send it',
  again: 'Send it again',
  ask: 'Ask whether it arrived',
  notThere: 'It did not arrive: send it again',
  anyway: 'Send it anyway',
  edit: 'Edit it',
  changed: (what: string) => parts[what] ?? what,
  was: 'As you saw it',
  now: 'As it is now',
  saidSince: 'Said since',
  newReply: 'New reply',
  newNote: 'New internal note',
  somebody: 'somebody',
  drop: 'Drop it',
  dropped: 'It will not leave',
  openThere: 'Open it there',
  sent: 'Sent',
};
