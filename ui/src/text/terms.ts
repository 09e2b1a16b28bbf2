/** Words for the product's own values. A value that is missing here (a newer engine) is shown with its underscores as spaces. */
import type { IconName } from '../parts/icons';
import { askable, type Askable } from './askable';
import { words } from './words';

export type Tone = 'good' | 'attention' | 'bad' | 'info' | 'plain';

export interface Term {
  word: string;
  icon: IconName;
  tone: Tone;
}

const term = (word: string, icon: IconName, tone: Tone = 'plain'): Term => ({ word, icon, tone });

export const plain = (value: string): string => {
  const words = value.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const statuses: Record<string, Term> = {
  new: term('New', 'circle-dashed', 'info'),
  open: term('Open', 'circle-dot', 'attention'),
  pending: term('Pending', 'clock', 'info'),
  on_hold: term('On hold', 'pause', 'info'),
  solved: term('Solved', 'circle-check', 'good'),
  closed: term('Closed', 'circle-check', 'plain'),
  // Known errors carry their own states.
  identified: term('Identified', 'circle-dot', 'attention'),
  workaround_available: term('Workaround available', 'workaround', 'good'),
  fix_in_progress: term('Fix in progress', 'clock', 'info'),
  fix_released: term('Fix released', 'circle-check', 'good'),
  fix_verified: term('Fix verified', 'circle-check', 'good'),
  wont_fix: term('Will not be fixed', 'no-fix', 'plain'),
  regressed: term('Came back', 'reopened', 'bad'),
};

export const status = (value: string): Term => statuses[value] ?? term(plain(value), 'circle');

const levels: Record<string, Term> = {
  error: term('Error', 'bad', 'bad'),
  warn: term('Warning', 'attention', 'attention'),
  info: term('Info', 'info', 'plain'),
  debug: term('Debug', 'circle', 'plain'),
};
/** Of a line of a log. */
export const level = (value: string): Term => levels[value] ?? term(plain(value), 'circle');

const outcomes: Record<string, Term> = {
  held: term('Held', 'check', 'good'),
  reopened: term('Reopened', 'reopened', 'attention'),
  duplicate: term('Duplicate', 'duplicate', 'plain'),
  no_fix: term('No fix', 'no-fix', 'attention'),
  unresolved: term('Unresolved', 'circle-dashed', 'plain'),
};

export const outcome = (value: string): Term => outcomes[value] ?? term(plain(value), 'circle');

const resolutions: Record<string, string> = {
  how_to: 'explained how',
  configuration: 'configuration',
  data_fix: 'data fix',
  restart_or_cache: 'restart or cache',
  feature_flag: 'feature flag',
  known_error_workaround: 'workaround of a known error',
  code_fix: 'code fix',
  third_party: 'third party',
  duplicate: 'duplicate',
  no_fault_found: 'no fault found',
  wont_fix: 'will not be fixed',
};

export const resolutionClass = (value: string): string => resolutions[value] ?? value.replaceAll('_', ' ');

const roles: Record<string, string> = { requester: 'Requester', agent: 'Agent', engineer: 'Engineer', system: 'System' };

export const role = (value: string): string => roles[value] ?? plain(value);

/** Read from this ticket to the other end, and from the other end to this ticket. */
const links: Record<string, [string, string]> = {
  same_as: ['Same as', 'Same as'],
  duplicate_of: ['Duplicate of', 'Has the duplicate'],
  similar_to: ['Similar to', 'Similar to'],
  caused_by: ['Caused by', 'Causes'],
  resolved_by: ['Resolved by', 'Resolves'],
  documented_in: ['Documented in', 'Documents'],
  fixed_by: ['Fixed by', 'Fixes'],
  introduced_by: ['Introduced by', 'Introduced'],
  mentions: ['Mentions', 'Mentioned in'],
  evidence_for: ['Evidence for', 'Has the evidence'],
  regressed_from: ['Regressed from', 'Came back as'],
  escalated_as: ['Escalated as', 'Escalated from'],
};

export function link(kind: string, outgoing: boolean, positive: boolean): string {
  if (!positive) return 'Not the same';
  const pair = links[kind];
  return pair ? pair[outgoing ? 0 : 1] : plain(kind);
}

const origins: Record<string, string> = { import: 'from the import', human: 'by hand', rule: 'by a rule', inferred: 'from a remark' };

export const origin = (value: string): string => origins[value] ?? plain(value);

const bannerReasons: Record<string, string> = {
  rule: 'Shown because a rule of the team fits',
  signature: 'Shown because the error has its signature',
  linked: 'Shown because a matched case belongs to it',
  match: 'Shown because it is the best match itself',
};

export const because = (value: string): string => bannerReasons[value] ?? plain(value);

const answers: Record<string, string> = { resolution: 'Resolution', comment: 'Reply', workaround: 'Workaround', engineering: 'Engineering' };

export const answerFrom = (value: string): string => answers[value] ?? plain(value);

const signatureKinds: Record<string, string> = { stack_trace: 'stack trace', log_line: 'log line', error_code: 'error code' };

export const signatureKind = (value: string): string => signatureKinds[value] ?? value.replaceAll('_', ' ');

const languages: Record<string, string> = {
  java: 'Java',
  python: 'Python',
  javascript: 'JavaScript',
  csharp: 'C#',
  go: 'Go',
  rust: 'Rust',
  ruby: 'Ruby',
  php: 'PHP',
  cpp: 'C++',
};

export const language = (value: string): string => languages[value] ?? plain(value);

const masks: Record<string, string> = {
  hex: 'hexadecimal number',
  uuid: 'UUID',
  id: 'identifier',
  url: 'web address',
  address: 'network address',
  quoted: 'quoted text',
};

export const mask = (value: string): string => masks[value] ?? value.replaceAll('_', ' ');

const jobStates: Record<string, Term> = {
  running: term(words.jobs.state.running, 'clock', 'info'),
  done: term(words.jobs.state.done, 'circle-check', 'good'),
  failed: term(words.jobs.state.failed, 'bad', 'bad'),
  cancelled: term(words.jobs.state.cancelled, 'circle-slash', 'plain'),
};

export const jobState = (value: string): Term => jobStates[value] ?? term(plain(value), 'circle');

const checks: Record<string, string> = { database: 'Database', backups: 'Copies', start: 'Start', index: 'Index', counts: 'Counts', signatures: 'Signatures', key: 'Key' };

export const check = (value: string): string => checks[value] ?? plain(value);

export const sourceKind = (value: string): string => ({ files: 'Imported files', sample: 'Sample' })[value] ?? (value in askable ? askable[value as Askable].name : plain(value));

/** `>=11.4.0 <12` as people say it; what is no range stays as it was written. */
export const versions = (written: string): string =>
  written.replace(/(>=|<=|[<>=])\s*([\w.+-]+)/g, (_, sign: keyof typeof words.range, version: string) => words.range[sign](version));

const fields: Record<string, string> = { kind: 'Kind', status: 'Status', product: 'Product', component: 'Component', version: 'Version', source: 'Source' };

/** A field that a search can be narrowed by. */
export const fieldName = (field: string): string => fields[field] ?? plain(field);

/** One of its values: ours in words, the source's as it is. */
export function fieldValue(field: string, value: string): string {
  if (field === 'status') return status(value).word;
  return field === 'kind' ? plain(value) : value;
}
