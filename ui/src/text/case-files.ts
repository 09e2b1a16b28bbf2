/** Words for files that tell what happened on a ticket, and for what led to what. */
import type { CaseFileView, CaseJoin, MomentView } from '../host';
import { bytes } from './numbers';

const many = (n: number, one: string, several: string) => `${n.toLocaleString('en')} ${n === 1 ? one : several}`;

export const caseFiles = {
  open: 'Show the evidence of this ticket',
  title: (ticket: string) => `Evidence of ${ticket}`,
  close: 'Close the evidence',
  lead: 'Logs, HARs, events of an error tracker, OpenTelemetry, screenshots. They stay in this workspace, encrypted; into a package goes only what you see there, redacted.',
  choose: 'Choose files',
  path: 'Where a file lies',
  pathHint: '/home/me/app.log',
  link: 'Link to a recording',
  linkHint: 'https://…',
  add: 'Add',
  files: 'Files',
  none: 'No file yet. Drop one on the window, or choose it.',
  kind: { log: 'Log', har: 'HAR', sentry: 'Event', otel: 'OpenTelemetry', picture: 'Picture', replay: 'Recording' } as Record<string, string>,
  linkOnly: 'a link only: it opens in your browser',
  size: (file: CaseFileView) => [bytes(file.size), ...(file.kind === 'picture' ? [] : [file.kind === 'log' ? many(file.lines, 'line', 'lines') : many(file.entries, 'moment', 'moments')])].join(', '),
  errors: (n: number) => many(n, 'error', 'errors'),
  warnings: (n: number) => many(n, 'warning', 'warnings'),
  unzoned: (n: number) => `${many(n, 'time says', 'times say')} no zone, and ${n === 1 ? 'is' : 'are'} read as UTC`,
  sensitive: (counts: [string, number][]) => `has what should not leave: ${counts.map(([kind, n]) => `${kind} ×${n}`).join(', ')}`,
  remove: (name: string) => `Take ${name} away; it can be brought back for 30 days`,
  removed: (name: string) => `${name} was taken away`,
  bringBack: 'Bring it back',
  added: (name: string) => `${name} added`,
  tooLarge: (name: string) => `${name} is larger than 24 MB: type where it lies, or drop it on the window`,
  picture: (name: string, width: number, height: number) => `Picture ${name}, ${width} by ${height}`,
  pictureFailed: 'This picture cannot be drawn here.',
  groups: 'Groups of equal lines, the worst first',
  others: (n: number) => `${many(n, 'more group is', 'more groups are')} not shown`,
  lines: (n: number) => many(n, 'line', 'lines'),
  more: 'Show more lines',
  joins: 'In common',
  join: { request: 'Request', trace: 'Trace', release: 'Release', user: 'User', time: 'Written around the time of the ticket' } as Record<string, string>,
  in: (join: CaseJoin, names: string[]) => [...names, ...(join.ticket && join.kind !== 'time' ? ['the ticket'] : [])].join(', '),
  axis: 'In the order of time (UTC)',
  moment: { ticket: 'ticket came in', said: 'said', handed: 'handed on', solved: 'solved', file: 'in a file', release: 'released', deploy: 'deployed', commit: 'commit' } as Record<string, string>,
  times: (n: number) => `×${n.toLocaleString('en')}`,
  chain: 'What led to what',
  noChain: 'Nobody said yet what led to what.',
  chooseCause: 'Led to something: choose it first, then what it led to',
  cause: (moment: MomentView) => `Cause: ${moment.text}. Now choose what it led to.`,
  cancel: 'Never mind',
  ledTo: 'led to',
  confirm: 'It did',
  perhaps: 'May be',
  why: { release: 'the change came in this release', before: 'the last that came out before the first sign', shared: 'within a minute, in another file', reported: 'the first error before somebody wrote' } as Record<string, string>,
  said: 'Said what led to what',
  undo: 'Take it back',
};

/** `2026-05-01 12:00:03`. */
export const utc = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
