/**
 * The sentences of the screens. Those of actions stand beside their keys in actions.ts; what the engine's terms, errors and times
 * are called, in the files beside this one. Plain, active, sentence case; buttons are verbs.
 */
import { counted, whole } from './numbers';
import { offer, shut } from './opening';
import { settings } from './settings';

const steps = (items: string[]): string => items.join(', ');

export const words = {
  app: 'Precedent',
  nav: { label: 'Screens', seen: 'Seen before', settings: 'Settings' },

  queue: {
    label: 'Queue',
    search: 'Search everything',
    filters: 'Which tickets',
    kinds: 'What to search',
    filter: { open: 'Open', unassigned: 'Unassigned', known: 'Known', solved: 'Solved', all: 'All' },
    kind: { all: 'All', ticket: 'Tickets', known_error: 'Known errors' },
    count: {
      open: (n: number) => `${whole(n)} open, newest change first`,
      unassigned: (n: number) => `${whole(n)} without an assignee`,
      known: (n: number) => `${whole(n)} with a known error`,
      solved: (n: number) => `${whole(n)} solved`,
      all: (n: number) => counted(n, 'ticket', 'tickets'),
    },
    empty: {
      open: 'No open tickets. Solved ones are under Solved.',
      unassigned: 'Every ticket has an assignee.',
      known: 'No ticket carries a known error yet.',
      solved: 'No solved tickets yet.',
      all: 'No tickets yet.',
    },
    matches: (n: number, shown: number) =>
      n > shown ? `${whole(shown)} of ${counted(n, 'match', 'matches')}` : counted(n, 'match', 'matches'),
    soFar: (matches: string) => `${matches} so far`,
    noMatch: 'Nothing matches. Fewer words find more; quotes keep words together.',
    noMatchYet: 'Nothing found yet.',
    clear: 'Clear the search',
    list: (filter: string) => `Tickets: ${filter.toLowerCase()}`,
    results: 'Search results',
    open: 'Show the queue',
    knownError: 'Known error',
    noSubject: 'No subject',
  },

  ticket: {
    label: 'Ticket',
    product: 'Product',
    components: 'Components',
    affected: 'Affected versions',
    fixed: 'Fixed in',
    environment: 'Environment',
    priority: 'Priority',
    group: 'Group',
    assignee: 'Assignee',
    tags: 'Tags',
    created: 'Created',
    openThere: (host: string) => `Open at its source: ${host}`,
    internal: 'Internal note',
    resolution: 'Resolution',
    conversation: (n: number) => counted(n, 'reply or note', 'replies and notes'),
    handoff: (from: string | null, to: string | null) => `Handed from ${from ?? 'nobody'} to ${to ?? 'nobody'}`,
    by: (name: string) => `by ${name}`,
    links: 'Links',
    merged: 'Merged into',
    missing: 'not here yet',
    noBody: 'This ticket has no text.',
    back: 'Back',
    earlier: 'Earlier case',
    show: 'Show the ticket',
  },

  link: {
    to: (host: string) => `(${host})`,
    elsewhere: (host: string, instead: string) => `(leads to ${host}, not to ${instead})`,
  },

  paste: {
    label: 'Paste box',
    placeholder: 'Paste an error, a stack trace or a ticket’s text',
    hint: 'Paste anywhere in the window: the answer appears beside it, no click needed. Nothing leaves this machine.',
    understood: 'Understood as',
    clear: 'Clear',
    product: 'Product',
    versions: 'Version',
    components: 'Component',
    identifiers: 'Identifiers',
    phrases: 'Phrases',
    more: (n: number) => `${whole(n)} more`,
  },

  seen: {
    label: 'Seen before',
    waiting: 'Open a ticket or paste an error.',
    waitingMore: 'This side then says whether it was seen before, and what worked.',
    ask: 'Ask about new text',
    looking: 'Looking',
    times: (n: number) => (n === 1 ? 'once' : n === 2 ? 'twice' : `${whole(n)} times`),
    seen: 'Seen',
    maybe: 'Perhaps seen',
    knownOnly: { seen: 'This is a known error', maybe: 'Perhaps a known error' },
    last: (when: string) => `last ${when}`,
    new: 'New here',
    newYet: 'Nothing found yet',
    newMore: (n: number) => `Nothing like it among ${counted(n, 'document', 'documents')}.`,
    maybeMore: 'Similar, but not certain. Compare before you answer.',
    cases: 'Earlier cases of this problem',
    casesButton: (n: number) => `Show the ${counted(n, 'earlier case', 'earlier cases')}`,
    fix: {
      fixed_in_yours: (version: string, running: string | null) =>
        running ? `Fixed in ${version}; customer runs ${running}, which has the fix` : `Fixed in ${version}, which the customer runs`,
      fixed_later: (version: string, running: string | null) =>
        running ? `Fixed in ${version}, customer runs ${running}` : `Fixed in ${version}, later than the customer’s version`,
      fixed: (version: string) => `Fixed in ${version}`,
    },
    usually: (what: string) => `Usually: ${what}`,
    usuallyOf: (cases: number, of: number) => `${whole(cases)} of ${whole(of)}`,
    usuallyButton: (cases: number) => `Show the ${counted(cases, 'case', 'cases')} that ended this way`,
    usuallyCases: (what: string) => `Earlier cases that ended with: ${what}`,
    answered: (n: number, ms: number) => `${counted(n, 'document', 'documents')} searched in ${Math.max(1, Math.round(ms))} ms`,
  },

  /** Not everything can be found: the index lags behind what is stored. */
  reach: {
    rebuilding: 'The index is being rebuilt',
    catching_up: 'The index is catching up',
    behind: 'The index could not follow the database and tries again',
    ready: 'The index is complete',
    documents: (done: number, total: number) => `${whole(done)} of ${counted(total, 'document', 'documents')}`,
    until: 'Until it is done, not everything can be found.',
    again: 'This is being asked again.',
    reason: (reason: string) => `Reason: ${reason}.`,
  },

  duplicates: {
    label: 'Others with the same problem',
    lead: 'Others:',
    today: 'today',
    day: 'in 24 h',
    week: 'in 7 days',
    none: 'Nobody else in the last 7 days',
    noneYet: 'Nobody else found yet',
    title: {
      today: 'Others with the same problem today',
      day: 'Others with the same problem in 24 hours',
      week: 'Others with the same problem in 7 days',
    },
    chart: (days: number[]) => `Per day, oldest first: ${steps(days.map(String))}`,
  },

  knownError: {
    label: 'Known error',
    full: 'Known error in full',
    workaround: 'Workaround',
    noWorkaround: 'No workaround is known yet.',
    worked: (worked: number, tried: number) => `Worked ${whole(worked)} of ${whole(tried)}`,
    eta: (day: string, by: string | null) => `Fix expected ${day}${by ? `, says ${by}` : ''}`,
    etaPast: (day: string) => `The fix was expected ${day}. That date has passed: do not promise it.`,
    owner: 'Owner',
    cause: 'Cause',
    open: 'Open the known error',
    tickets: 'Tickets it caused',
    noTickets: 'No ticket is linked to it yet.',
    updated: 'Updated',
  },

  /** How a range of versions is said, by the sign in front of it. */
  range: {
    '>=': (version: string) => `${version} and later`,
    '>': (version: string) => `later than ${version}`,
    '<=': (version: string) => `${version} and earlier`,
    '<': (version: string) => `before ${version}`,
    '=': (version: string) => version,
  },

  hits: {
    label: 'What worked before?',
    none: 'No earlier case is close enough to show.',
    noneYet: 'No earlier case found yet.',
    nearest: 'The nearest cases; none of them is close.',
    nearestYet: 'The nearest cases so far; none of them is close.',
    noAnswer: 'Nothing on record says what was done.',
    used: 'Used',
    isUsed: 'Marked as used',
    notSame: 'Not the same',
    open: 'Open',
    copy: 'Copy reply',
    fixed: (version: string) => `fixed in ${version}`,
    on: (versions: string) => `on ${versions}`,
    keys: { 'copy-reply': 'copy reply', used: 'used', 'not-same': 'not the same', why: 'why', open: 'open' },
    scoreButton: (score: string) => `Why it is here: ${score} points`,
    knownError: 'Known error',
    above: 'Its workaround stands above.',
    belongs: 'Belongs to a known error',
  },

  receipt: {
    label: 'Why it is here',
    together: 'Together',
    bar: 'Parts of the score',
    part: {
      title: 'Same words in the title',
      body: 'Same words in the text',
      resolution: 'Same words in the resolution',
      terms: 'Same words',
      signature: 'Same error signature',
      frames: 'Same stack frames',
      identifiers: 'Same identifiers',
      component: 'Same component',
      recency: 'How recent it is',
      outcome: 'How it ended',
    } as Record<string, string>,
    answer: 'What was done',
  },

  ran: {
    label: 'What ran?',
    others: (n: number) => counted(n, 'other ticket', 'other tickets'),
    noOthers: 'no other ticket has it',
    counted: 'counts',
    countedHint: 'Takes part in the signature',
    folded: (n: number) => counted(n, 'library frame', 'library frames'),
    masked: (what: string) => `Masked: ${what}`,
    show: 'Show the frames',
    more: (n: number) => counted(n, 'more error', 'more errors'),
    find: (n: number, code: string) => `Show the ${counted(n, 'other ticket', 'other tickets')} with signature ${code}`,
    copy: (code: string) => `Copy the signature ${code}`,
    copied: (code: string) => `Copied the signature ${code}`,
    fold: 'Fold the frames',
  },

  toasts: {
    label: 'Messages',
    undo: 'Undo',
    dismiss: 'Dismiss',
    copiedAnswer: (id: string) => `Copied the answer from ${id}`,
    copiedWorkaround: 'Copied the workaround',
    used: (id: string, question: string) => `${id} marked as used for ${question}`,
    quoted: (title: string) => `“${title}”`,
    notSame: (id: string) => `${id} will not come up here again`,
    keyChanged: 'The key was changed; the old one opens nothing any more',
    passphraseChosen: 'The passphrase opens the workspace from now on',
    sourceAdded: (name: string) => `${name} was added and is being read`,
    sourceRemoved: (name: string) => `${name} is not asked any more; what came from it stays`,
    undone: 'Taken back',
    nothingToUndo: 'Nothing to undo',
    thisText: 'this text',
    cancelled: (what: string) => `${what} stopped`,
    done: (what: string) => `${what} is done`,
  },

  shut,

  offer,

  welcome: {
    title: 'Nothing here yet',
    lead: 'Precedent answers from your own tickets. Fill it, then paste an error.',
    sample: 'Fill with the sample company',
    sampleHint: 'About 1,500 made-up tickets, ready in seconds. Keep your own in another workspace folder.',
    import: 'Import a file',
    importHint: 'An export from Jira, Zendesk or GitHub, a CSV, or JSON lines. A file dropped on the window works too.',
    filling: 'Filling the workspace',
  },

  footer: {
    label: 'Status',
    dataFrom: 'Data from',
    noData: 'No data yet',
    sample: 'Sample workspace',
    offline: 'Works offline',
    indexReady: 'Index ready',
    catching_up: 'Index is catching up',
    rebuilding: 'Index is being rebuilt',
    behind: 'Index is behind',
    rate: (n: string) => `${n}/s`,
    cancel: 'Cancel',
    detail: 'Show the job',
  },

  settings,

  jobs: {
    kind: { import: 'Import', sync: 'Sync', reindex: 'Index rebuild', sample: 'Sample workspace' } as Record<string, string>,
    state: { running: 'Running', done: 'Done', failed: 'Failed', cancelled: 'Stopped' },
    of: (done: string, total: string | null) => (total === null ? done : `${done} of ${total}`),
  },

  report: {
    label: 'Import report',
    read: 'Read',
    added: 'Added',
    changed: 'Changed',
    unchanged: 'Unchanged',
    deleted: 'Deleted',
    expired: 'Left out by retention',
    skipped: 'Skipped',
    comments: 'Replies and notes',
    hops: 'Handoffs',
    known_errors: 'Known errors',
    resumed: (n: number) => `Went on after ${counted(n, 'record', 'records')}, where it was interrupted.`,
    bad: 'Lines that could not be read',
    badMore: (shown: number, all: number) => `The first ${whole(shown)} of ${whole(all)}`,
    line: 'Line',
    reason: 'Reason',
  },

  error: { details: 'Details', code: 'Code', retry: 'Try again' },

  palette: {
    label: 'Commands',
    placeholder: 'Type a command or a ticket id',
    none: 'No command matches.',
    tickets: 'Tickets',
  },

  shortcuts: { title: 'Keys', close: 'Close' },

  splitter: { queue: 'Width of the queue', pane: 'Width of the Seen before pane' },
};
