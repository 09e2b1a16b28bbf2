/** The words of triage: where rules say that a ticket belongs. */
import type { CriticalTicket, TriageView } from '../host';
import { plain, type Term } from './terms';

export const triage = {
  label: 'Where it belongs',
  says: 'Rule',
  labels: 'Labels',
  queue: 'Queue',
  owner: 'Owner',
  take: 'Take',
  wrong: 'Wrong here',
  taken: 'Taken',
  isWrong: 'Called wrong here',
  takeBack: 'Take back',
  write: 'As a note',
  copied: 'Copied as a note: its source is only read',
  takeIt: 'Take what the rule suggests',
  wrongIt: 'The rule is wrong on this ticket',
  writeIt: 'Write what was taken as a note on the ticket',
  took: 'What the rule suggests is taken',
  calledWrong: 'The rule is called wrong here',
  open: 'Open it',
  critical: ([first, ...more]: CriticalTicket[]): string => {
    if (!first) return '';
    const owner = first.owner ? `, for ${first.owner}` : '';
    return `Critical: ${first.display_id} ${first.subject}${owner}${more.length > 0 ? `, and ${more.length} more` : ''}`;
  },
};

const lanes: Record<string, Term> = {
  critical: { word: 'Critical', icon: 'bad', tone: 'bad' },
  known_error: { word: 'Known error', icon: 'known-error', tone: 'attention' },
  repetitive: { word: 'Repetitive', icon: 'duplicate', tone: 'info' },
  low_priority: { word: 'Low priority', icon: 'chevron-down', tone: 'plain' },
};

export const lane = (value: string): Term => lanes[value] ?? { word: plain(value), icon: 'circle', tone: 'plain' };

/** As a note for whoever reads the ticket in the helpdesk. */
export function asNote(one: TriageView): string {
  const lines = [
    one.lane ? `Triage: ${lane(one.lane).word.toLowerCase()}` : 'Triage',
    one.labels.length > 0 ? `${triage.labels}: ${one.labels.join(', ')}` : '',
    one.queue ? `${triage.queue}: ${one.queue}` : '',
    one.owner ? `${triage.owner}: ${one.owner}` : '',
    `${triage.says}: ${one.title}`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}
