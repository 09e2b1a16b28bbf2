/** The words of the team's articles. */
import type { Term } from './terms';

const term = (word: string, icon: Term['icon'], tone: Term['tone'] = 'plain'): Term => ({ word, icon, tone });

const confidences: Record<string, Term> = {
  work_in_progress: term('Work in progress', 'circle-dashed', 'info'),
  not_validated: term('Not validated', 'circle', 'attention'),
  validated: term('Validated', 'circle-check', 'good'),
};

const audiences: Record<string, string> = {
  internal: 'for the team alone',
  partner: 'for partners',
  customer: 'for customers',
  public: 'for everybody',
};

export const confidence = (value: string): Term => confidences[value] ?? term(value.replaceAll('_', ' '), 'circle');
export const audience = (value: string): string => audiences[value] ?? value;

const kinds: Record<string, string> = { article: 'Article', concept: 'Concept', runbook: 'Runbook', known_error: 'Known error' };

export const articles = {
  lane: 'Articles',
  full: 'Article in full',
  kind: (kind: string): string => kinds[kind] ?? kind,
  from: (kind: string, source: string) => `${kind} · ${source}`,
  readOnly: 'only read here: it is changed there',
  open: (title: string) => `Open ${title}`,
};
