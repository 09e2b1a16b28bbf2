/** The words of what changed since somebody was here. */
import type { DigestRow } from '../host';
import { confidence } from './articles';
import { counted } from './numbers';
import { day } from './insights';
import { status } from './terms';

export const digest = {
  title: 'What changed',
  open: 'Show what changed since I was here',
  close: 'Close what changed',
  lead: (since: number) => `Since ${day(since)}, the latest first.`,
  none: 'Nothing changed: no new known error, no fix that came out, no article, no repeat and no answer.',
  list: 'What changed, the latest first',
  read: 'Read, tell me only what comes later',
  isRead: 'From now on only what comes later is told',
  more: (n: number) => `${counted(n, 'other', 'others')} changed, too.`,
  what: ({ what, kind, said }: DigestRow): string => {
    switch (what) {
      case 'new':
        return kind === 'article' ? 'New article' : 'New known error';
      case 'shipped':
        return `Its fix is out in ${said}`;
      case 'stale':
        return `Stale: its fix is out in ${said}, and it says still that there is none`;
      case 'repeat':
        return `Handed over although it was answered: ${said}`;
      case 'answered':
        return said === '' ? 'Engineering answered' : `Engineering answered: ${said}`;
      default:
        return `Changed, now ${(kind === 'article' ? confidence(said).word : status(said).word).toLowerCase()}`;
    }
  },
};
