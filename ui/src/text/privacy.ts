/** The words of what leaves this machine, what stays, and how long. */
import { counted, whole } from './numbers';

/** What was taken out of a text, one and many. */
const KINDS: Record<string, [string, string]> = {
  email: ['e-mail address', 'e-mail addresses'],
  phone: ['telephone number', 'telephone numbers'],
  iban: ['bank account', 'bank accounts'],
  card: ['card number', 'card numbers'],
  jwt: ['web token', 'web tokens'],
  token: ['access token', 'access tokens'],
  secret: ['password or key', 'passwords or keys'],
  credentials: ['sign-in in a link', 'sign-ins in links'],
  private_key: ['private key', 'private keys'],
  ip: ['IP address', 'IP addresses'],
  name: ['name', 'names'],
};

export const redactedKind = (kind: string, n: number): string => {
  const [one, many] = KINDS[kind] ?? [kind.replaceAll('_', ' '), kind.replaceAll('_', ' ')];
  return counted(n, one, many);
};

export const outgoing = {
  title: 'What was copied',
  lead: 'The marked places stand for what was taken out. What you see is what was copied.',
  text: 'Text without what was taken out',
  redacted: (told: string, n: number) => `${told}, ${counted(n, 'thing', 'things')} redacted`,
  show: 'Show',
  asIs: 'Copy as it is',
  copiedAsIs: 'Copied as it is, with everything in it',
  copyRedacted: 'Copy what is shown',
  copiedRedacted: 'Copied what was shown',
  close: 'Close',
};

export const privacy = {
  title: 'Privacy',
  open: 'Privacy',
  close: 'Close privacy',
  where: 'Where it lies',
  whereLead: 'Everything is in one folder on this machine, encrypted.',
  folder: 'Folder',
  places: { database: 'Database', index: 'Search index', keys: 'Wrapped key', backups: 'Backups', damaged: 'Damaged, moved aside' } as Record<string, string>,
  key: 'Key',
  keySettings: 'Show the key in Settings',
  sources: 'What was taken in',
  sourcesLead: 'Deleting a source takes everything of it away for good: rows, search index and the bytes on disk. Links and marks that people made stay, as ids.',
  noSources: 'No source yet. An import makes one.',
  mayRead: 'May read',
  scopes: { files: 'Files that you name', sample: 'Nothing: it is made up' } as Record<string, string>,
  rows: (source: string, n: number) => `Show the ${counted(n, 'ticket', 'tickets')} of ${source}`,
  purge: 'Delete',
  purgeOf: (source: string) => `Delete everything of ${source}`,
  purgeSure: (what: string, tickets: number, comments: number, known: number) =>
    `${what} goes for good: ${counted(tickets, 'ticket', 'tickets')}, ${counted(comments, 'reply', 'replies')} and ${counted(known, 'known error', 'known errors')}. Nothing brings it back but another import.`,
  purgeCopies: (n: number) => `${counted(n, 'older copy', 'older copies')} of the database go too, and a new one is made.`,
  purgeNow: 'Delete it for good',
  purged: (what: string, tickets: number) => `${what} is deleted, ${counted(tickets, 'ticket', 'tickets')} with it`,
  cancel: 'Cancel',
  retention: 'How long tickets stay',
  retentionLead: 'Without a rule they stay until somebody deletes them. A rule counts from a ticket’s last change, and holds for imports too.',
  noRules: 'No rule: nothing is deleted by itself.',
  rule: (n: number) => `Rule ${whole(n)}`,
  days: 'Days since the last change',
  daysShort: 'days',
  group: 'Group',
  product: 'Product',
  anyGroup: 'Any group',
  anyProduct: 'Any product',
  addRule: 'Add a rule',
  removeRule: (n: number) => `Take rule ${whole(n)} away`,
  keepRules: 'Keep these rules',
  forgetRules: 'Back to what is kept',
  badDays: 'Each rule needs a whole number of days, 1 or more.',
  covered: (n: number) => counted(n, 'ticket', 'tickets'),
  wouldGo: 'would go now.',
  noneGo: 'No ticket would go now.',
  coveredTitle: 'What the retention rules would delete',
  sure: (n: number) => `${counted(n, 'ticket goes', 'tickets go')} for good, and others when they are old enough. Links and marks that people made stay, as ids.`,
  deleteNow: (n: number) => `Delete ${counted(n, 'ticket', 'tickets')} and keep the rules`,
  kept: 'The rules are kept',
  keptAndGone: (n: number) => `The rules are kept; ${counted(n, 'ticket', 'tickets')} went`,
  leaves: 'What leaves',
  leavesLead: 'A reply that is copied is looked through first. What belongs to somebody is taken out and shown before you paste it.',
  requests: 'Requests',
  noRequests: 'Precedent makes no request of its own: no telemetry, no update check.',
  config: 'Configuration',
  configLead: 'Sources, retention rules and preferences, to keep or to set up another workspace with. No key, no token, no text of a ticket.',
  copyConfig: 'Copy the configuration',
  showConfig: 'Show it',
  shownConfig: 'The configuration as it is copied',
  copiedConfig: 'Copied the configuration, without secrets',
};
