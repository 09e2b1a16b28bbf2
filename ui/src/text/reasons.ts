/** The words of why earlier cases were escalated. */
import { whole } from './numbers';

export const reasons = {
  title: 'Why earlier cases were escalated',
  lead: 'Escalated tickets that have no package have no reason either. One is proposed from what support and engineering wrote, and counts above once somebody confirms it. Twenty at a time, those escalated last.',
  go: 'Say why earlier cases were escalated',
  state: (left: number, of: number) => (left === 0 ? `All of ${whole(of)} have a reason.` : `${whole(left)} of ${whole(of)} have none yet.`),
  choose: (ticket: string) => `Why ${ticket} was escalated`,
  nothing: 'Nothing that was written speaks for a reason.',
  ended: 'How it ended speaks for it.',
  proposed: (name: string) => `${name} (proposed)`,
  none: 'Choose a reason',
  confirm: 'Confirm',
  confirmOf: (ticket: string, name: string) => `Confirm of ${ticket}: ${name}`,
  takeBack: 'Take back',
  takeBackOf: (ticket: string, name: string) => `Take back of ${ticket}: ${name}`,
  more: 'Twenty more',
  said: (ticket: string, name: string) => `${ticket} was escalated: ${name}`,
  unsaid: (ticket: string) => `Nobody says why ${ticket} was escalated`,
};
