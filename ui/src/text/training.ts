/** The words of practice on past cases. */
import type { TrainingStanding } from '../host';
import { counted, whole } from './numbers';

export const training = {
  title: 'Training',
  go: 'Go to the training',
  close: 'Close the training',
  lead: 'A case from your team’s past, as it was on the day it came. Say what you would do, then see what it was. What you practise stays with you: it is in no figure and no report.',
  begin: 'Begin',
  next: 'Next case',
  again: 'Again: you met it before',
  came: 'Came',
  about: (parts: string[]) => parts.join(' · '),
  which: 'What is it?',
  fresh: 'Something new',
  said: 'What would you do?',
  answer: 'Compare',
  choose: 'Choose what it is first.',
  right: 'Right',
  wrong: 'Not quite',
  wasNew: 'It was new on that day: nothing before it was the same.',
  was: 'It was the same as',
  yours: 'You wrote',
  done: 'What was done',
  took: (hours: number) => `It took ${hours < 48 ? counted(Math.max(1, Math.round(hours)), 'hour', 'hours') : counted(Math.round(hours / 24), 'day', 'days')}.`,
  open: 'Open the ticket',
  product: 'Product',
  everything: 'Every product',
  forget: 'Forget what I practised',
  reallyForget: 'Really forget it',
  forgotten: 'What you practised is forgotten',
  comes: (day: string) => `It comes again on ${day}.`,
};

/** `3 today, 2 right · 12 in all, 9 right · 1 due again`. */
export function standing({ today, right_today, all, right, due }: TrainingStanding): string {
  if (all === 0) return '';
  const parts = [`${whole(today)} today, ${whole(right_today)} right`, `${whole(all)} in all, ${whole(right)} right`];
  return [...parts, ...(due > 0 ? [`${whole(due)} due again`] : [])].join(' · ');
}
