/** The words of escalations: the package, what it lacks, and what became of it. */
import { amount } from './insights';
import type { GuidelineView, PackageFile } from '../host';
import type { Term } from './terms';
import { plain } from './terms';

export const escalation = {
  title: 'Escalations',
  close: 'Close',
  here: 'Escalate this ticket',
  sheet: (ticket: string) => `Escalate ${ticket}`,
  sheetClose: 'Close without handing over',
  reason: 'Why engineering?',
  reasonText: 'In words',
  reasonNeeded: 'Choose a reason: nothing is handed over without one.',
  otherNeeded: 'Say in words what the other reason is.',
  to: 'To whom',
  toHint: 'A team, a person or a repository.',
  complete: (filled: number, needed: number) => `${filled} of ${needed} facts are there`,
  proposed: 'Proposed: how severe it is, and whom to ask',
  nobody: 'no line that ran, no change and no case like this names anybody',
  facts: 'What engineering asks for first',
  missing: 'Missing',
  lost: (handoff: number) => `Known before handoff ${handoff}, and lost since`,
  waive: 'Does not apply',
  waived: 'Does not apply here',
  takeBack: 'It does apply',
  oneEach: 'One a line.',
  preview: 'What leaves, byte for byte',
  previewLead: 'What belongs to somebody is taken out and marked.',
  nothingTaken: 'Nothing in it had to be taken out.',
  attached: 'Evidence in the case bundle',
  attachedLead: 'Redacted like the text above. An issue, a note and a copy name these files and leave their text out.',
  cameAlong: 'Evidence',
  goes: ({ kind, text, whole }: PackageFile) =>
    kind === 'replay' ? 'a link only' : text.text === '' ? (kind === 'picture' ? 'stays here: a picture cannot be cleaned of what belongs to somebody' : 'stays here') : whole ? 'all of it' : 'what it says of errors, and one line of each kind',
  textOf: (name: string) => `What goes along of ${name}`,
  copy: 'Hand over and copy as Markdown',
  bundle: 'Hand over as a file',
  issue: 'Hand over and write an issue',
  note: 'Only write it down',
  noteOnly: 'Only write the package down',
  because: (reason: string) => `Why engineering: ${reason.toLowerCase()}`,
  goMissing: 'Go to the next missing fact',
  waiveMissing: 'The next missing fact does not apply',
  openRepeated: 'Open the case that engineering answered before',
  path: 'File for the case bundle',
  pathHint: 'A new file, with its whole path. It is signed, and opens in another workspace.',
  pathExample: '/home/me/case.bundle',
  author: 'Your name, for whoever opens it',
  needsPath: 'Say where the file is to lie.',
  copied: (id: number) => `Copied; handed over as escalation ${id}`,
  saved: (code: string) => `Saved. Your code, for whoever opens it: ${code}`,
  noted: (id: number) => `Written down as escalation ${id}`,
  repeatTitle: 'Engineering answered this before',
  repeatBecause: { signature: 'The same error', problem: 'The same problem', known_error: 'A known error' } as Record<string, string>,
  openRepeat: 'Open that case',
  always: 'This kind of issue always needs engineering: hand it over at once. That it was answered before is no reason to wait.',
  although: 'Why it has to go to them all the same',
  althoughNeeded: 'Read the answer above. To hand it over all the same, say why.',
  empty: 'Nothing was handed over yet.',
  emptyLead: 'Open a ticket and press e, or open a case bundle that somebody sent.',
  begun: 'Begun',
  begunLead: 'Typed and not handed over yet. It is kept until it is handed over or thrown away.',
  goOn: (ticket: string) => `Go on with ${ticket}`,
  throwAway: 'Throw away',
  throwAwayOf: (ticket: string) => `Throw away what was begun for ${ticket}`,
  thrownAway: (ticket: string) => `What was begun for ${ticket} is thrown away`,
  goOnLast: 'Go on with what was begun last',
  throwAwayLast: 'Throw away what was begun last',
  list: 'Handed over',
  from: (name: string, code: string) => `from ${name === '' ? 'somebody' : name} (${code})`,
  repeats: (id: string) => `repeats ${id}`,
  openBundle: 'Open a case bundle',
  openLead: 'Proven whole, from somebody who is known, and newer than what is here, before anything is written.',
  openPath: 'File',
  open: 'Open it',
  trust: 'Code of its author',
  trustHint: 'As they told it. Where it is the one above, their bundles are taken from now on.',
  trustOpen: 'It is the same: open it',
  own: 'Your own code, for whoever opens what you send:',
  opened: (id: number) => `Opened as escalation ${id}`,
  back: 'All escalations',
  guidelineFrom: ({ path, edition, product, needed }: GuidelineView) =>
    [`${product === null ? 'For all products' : `For ${product}`}, ${path}, edition ${edition}.`, needed.length > 0 ? `It asks for ${needed.map((fact) => factName(fact).toLowerCase()).join(', ')}.` : ''].filter(Boolean).join(' '),
  guidelineUnknown: (words: string[]) => `It asks for what is no fact of a package: ${words.join(', ')}.`,
  reached: 'What it went through',
  after: (took: number) => `${amount('hours', took / 3_600_000)} later`,
  ran: 'The lines that ran',
  noLines: 'The package names no line: no repository of the product was read where it was made.',
  openTicket: 'Open the ticket',
  move: 'Move it to',
  moveTo: (state: string) => `Move the escalation to: ${state.toLowerCase()}`,
  openItsTicket: 'Open the ticket of the escalation',
  openLine: 'Open the first line that ran',
  goAnswer: 'Go to the answer for support',
  took: (effort: string) => `The answer took ${effort}`,
  answer: 'Answer',
  answerLead: 'It stops the next escalation of the same, and begins a known error.',
  cause: 'Cause',
  fix: 'Fix',
  fixHint: 'A pull request, an issue or a commit.',
  workaround: 'Workaround',
  versions: 'Fixed in',
  noteField: 'What support has to know',
  by: 'Your name',
  effort: 'It took',
  efforts: { 15: '15 min', 60: '1 h', 120: '2 h', 240: '4 h', 480: 'a day' } as Record<number, string>,
  give: 'Give the answer',
  change: 'Change the answer',
  given: (known: string | null, article: string | null, noFolder: boolean) =>
    noFolder ? 'Answered. It is found with its ticket; without a folder for the team’s knowledge it became no known error' : known === null ? 'Answered' : `Answered, and begun as ${[known, article].filter(Boolean).join(' and ')}`,
  changed: (theirs: boolean) => `The answer is changed${theirs ? '; a file that was sent back has the earlier one, save it again' : ''}. What it was begun as keeps its own words`,
  returnIt: 'Send the answer back',
  returnLead: 'One signed file that whoever handed it over opens: the answer joins their case, stops the next one of its kind there, and begins their known error.',
  returnFile: 'File for the answer',
  returnSave: 'Save the answer',
  answeredBy: (name: string | null) => (name === null ? 'Answered' : `Answered by ${name}`),
  package: 'The package',
  packageText: 'Its text',
};

/** Minutes that an answer may have taken. */
export const EFFORTS = [15, 60, 120, 240, 480] as const;

/** States that somebody may move it to. */
export const STATES = ['submitted', 'acknowledged', 'needs_info', 'in_progress', 'answered', 'fix_released', 'closed', 'withdrawn'] as const;

export const REASONS = ['missing_context', 'cannot_reproduce', 'no_access', 'needs_code_fix', 'needs_data_fix', 'policy_or_approval', 'other'] as const;
export type Reason = (typeof REASONS)[number];

export const reasonNames: Record<Reason, string> = {
  missing_context: 'Context is missing',
  cannot_reproduce: 'Cannot reproduce it',
  no_access: 'No access',
  needs_code_fix: 'Needs a code fix',
  needs_data_fix: 'Needs a data fix',
  policy_or_approval: 'Policy or approval',
  other: 'Another reason',
};

export const reasonName = (value: string): string => (reasonNames as Record<string, string>)[value] ?? plain(value);

const facts: Record<string, string> = {
  steps: 'Steps to reproduce',
  expected: 'Expected',
  actual: 'Actual',
  error_text: 'Exact error',
  error_time: 'When it happened',
  account: 'Account',
  plan: 'Plan',
  role: 'Role',
  permissions: 'Permissions',
  actions: 'Recent actions',
  product: 'Product',
  version: 'Version',
  release: 'Release in the repository',
  tried: 'Already tried',
  similar: 'Similar cases',
  code_lane: 'Lines that ran',
  suspects: 'Changes to look at',
  owner: 'Who may know',
};

export const factName = (value: string): string => facts[value] ?? plain(value);

/** Written in several lines. */
export const LISTS = ['steps', 'error_text', 'error_time', 'actions', 'tried'];

const states: Record<string, Term> = {
  draft: { word: 'Draft', icon: 'circle-dashed', tone: 'plain' },
  submitted: { word: 'Handed over', icon: 'handoff', tone: 'attention' },
  acknowledged: { word: 'Acknowledged', icon: 'circle-dot', tone: 'info' },
  needs_info: { word: 'Needs an answer', icon: 'help', tone: 'attention' },
  in_progress: { word: 'In progress', icon: 'clock', tone: 'info' },
  answered: { word: 'Answered', icon: 'circle-check', tone: 'good' },
  fix_released: { word: 'Fix released', icon: 'circle-check', tone: 'good' },
  closed: { word: 'Closed', icon: 'check', tone: 'plain' },
  withdrawn: { word: 'Withdrawn', icon: 'close', tone: 'plain' },
};

export const escalationState = (value: string): Term => states[value] ?? { word: plain(value), icon: 'circle', tone: 'plain' };
