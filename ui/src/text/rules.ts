/** The words of the detection rules. */
import type { RuleBacktest, RuleBacktested, RuleBar, RuleFound, RuleMistake, RuleTally, RuleView } from '../host';
import { counted, whole } from './numbers';
import type { Term } from './terms';

export const rules = {
  title: 'Rules',
  lead: 'What tickets look like that are a known error, and where tickets belong that come in. A rule is tested on the whole history before it speaks; then every new ticket that it fits says so.',
  close: 'Close the rules',
  make: 'Make a rule from this ticket',
  none: 'No rule yet. Open a ticket that was solved and make one of it, or write one.',
  noFolder: 'Rules are files of the team’s knowledge folder, and none was chosen yet.',
  chooseFolder: 'Choose the folder',
  write: 'Write a rule',
  writeTriage: 'Write a triage rule',
  sorts: 'Sorts what comes in',
  open: 'Open now',
  dryRun: 'Nothing is written to the tickets: once it is enabled, it suggests this to whoever opens one.',
  list: 'Rules of the folder',
  edit: 'Edit',
  hide: 'Close the editor',
  backtest: 'Backtest',
  testing: 'Testing on the whole history …',
  save: 'Save',
  saved: (id: string) => `${id} is saved`,
  enable: 'Enable',
  mute: 'Mute',
  enabled: (title: string) => `“${title}” speaks now`,
  muted: (title: string) => `“${title}” is silent now`,
  file: 'The rule’s file',
  sound: 'Nothing is wrong with it.',
  mistakes: (n: number) => counted(n, 'mistake', 'mistakes'),
  untested: 'Not tested as it is now',
  never: 'Never tested',
  raises: 'Raises',
  madeFrom: 'Made from',
  met: 'A rule of the team fits',
  metOpen: 'Open the case it was made from',
  precision: 'Precision',
  recall: 'Recall',
  unknown: 'unknown',
  hits: 'Would-be hits',
  missed: 'Missed',
  noHits: 'It would have fitted no ticket.',
  right: 'Known to be the same',
  perhaps: 'Nobody said so',
  tooSlow: (n: number) => `Its time ran out on ${counted(n, 'ticket', 'tickets')}, so it cannot be enabled. Repeat less in its patterns.`,
  missing: (names: string[]) => `${names.join(', ')} is not in this workspace, so less is known of what is right.`,
  kept: 'Noted in the rule’s file: it can be enabled.',
  notKept: 'Save it, and test it once more, before it can be enabled.',
  sinceHits: (n: number) => `${counted(n, 'hit', 'hits')} since`,
  lately: ({ hits, confirmed, wrong }: RuleTally) => `Last 30 days: ${whole(hits)} hits, ${whole(confirmed)} confirmed, ${whole(wrong)} wrong`,
  bar: ({ at_least, instead_of, confirmed, wrong }: RuleBar) => `Asking for ${at_least} of its phrases instead of ${instead_of} would have left ${whole(confirmed)} confirmed and ${whole(wrong)} wrong`,
  sinceSaid: (confirmed: number, wrong: number) => `${whole(confirmed)} confirmed, ${whole(wrong)} wrong`,
  hitsOf: (title: string) => `Tickets that “${title}” fits`,
  starter: 'title: \nticket: \nlooks_for:\n  - phrases: []\n',
  triageStarter: 'title: \ntriage:\n  lane: critical\n  labels: []\nfields:\n  priority: []\n',
};

const states: Record<string, Term> = {
  draft: { word: 'Draft', icon: 'circle-dashed', tone: 'plain' },
  enabled: { word: 'Enabled', icon: 'circle-check', tone: 'good' },
  muted: { word: 'Muted', icon: 'pause', tone: 'plain' },
  untested: { word: 'Silent until tested', icon: 'attention', tone: 'attention' },
  wrong: { word: 'Cannot be read', icon: 'bad', tone: 'bad' },
};

export function ruleState(rule: RuleView): Term {
  const state = rule.wrong !== null ? 'wrong' : rule.state === 'enabled' && !rule.speaks ? 'untested' : rule.state;
  return states[state] ?? { word: state, icon: 'circle', tone: 'plain' };
}

/** `92 %`. */
export const share = (part: number | null): string => (part === null ? rules.unknown : `${Math.round(part * 100)} %`);

/** `12 of 14,012 tickets, precision 92 %, recall 80 %`. */
export function measured({ n, hits, gold, precision, recall }: Pick<RuleBacktested, 'n' | 'hits' | 'gold' | 'precision' | 'recall'>, points: boolean): string {
  const told = `${whole(hits)} of ${counted(n, 'ticket', 'tickets')}`;
  return !points && gold === 0 ? told : `${told} · precision ${share(precision)} · recall ${share(recall)}`;
}

/** Where it is known from what is right. */
export function knownFrom({ gold, gold_known_error, gold_ticket }: RuleBacktest): string {
  const from = [gold_known_error && `known error ${gold_known_error}`, gold_ticket && `what is called the same as ${gold_ticket}`].filter(Boolean);
  if (gold === 0 || from.length === 0) return 'Of no ticket is it known yet that it is the same: link some, and test again.';
  return `${counted(gold, 'ticket is', 'tickets are')} known to be the same: ${from.join(', ')}.`;
}

export const place = ({ line, column }: RuleMistake): string => (line === 0 ? '' : column === 0 ? `Line ${line}` : `Line ${line}, column ${column}`);

const kinds: Record<string, string> = { signature: 'signature', phrase: 'phrase', regex: 'regex', known_error: 'known error' };

/** `import stalls · row 4096`. */
export const foundWords = (found: RuleFound[]): string =>
  found
    .map(({ kind, text }) => {
      if (kind === 'phrase') return `“${text}”`;
      if (kind === 'field') return text;
      if (kind === 'came_before') return `${counted(Number(text), 'ticket', 'tickets')} with the same error came before it`;
      return `${kinds[kind] ?? kind} ${text}`;
    })
    .join(' · ');

/** Whether it stands for a case, and does not sort alone. */
export const points = (rule: Pick<RuleView, 'known_error' | 'ticket'>): boolean => rule.known_error !== null || rule.ticket !== null;
