/** The words of what people say of figures: what always needs engineering, and whether what was sampled is right. */
import { counted, whole } from './numbers';

export const judged = {
  always: {
    title: 'Always needs engineering',
    lead: 'Errors that support cannot be taught: their escalations are not avoidable, and nobody is asked to write them down. Marked in the tables above, or here.',
    none: 'Nothing is marked. Mark an error where the tiers are told apart, above.',
    go: 'Mark what always needs engineering',
    column: 'Always engineering',
    mark: (title: string) => `Always needs engineering: ${title}`,
    label: 'Always needs engineering',
    gone: 'An error of which nothing is here any more',
    tickets: (n: number) => counted(n, 'ticket', 'tickets'),
    forget: (title: string) => `Mark it no longer: ${title}`,
    marked: (title: string) => `Always needs engineering: ${title}`,
    unmarked: (title: string) => `No longer marked: ${title}`,
  },
  sample: {
    title: 'Do ties fit?',
    lead: 'A sample of what solved tickets are tied to, twenty at a time, drawn by chance that is always the same. It is of the team: nobody is told who tied what.',
    go: 'Look at a sample of ties',
    none: 'No solved ticket of this time is tied to anything here.',
    through: 'Everything is looked through.',
    said: (looked: number, right: number, tied: number) => `${whole(looked)} of ${counted(tied, 'tied ticket', 'tied tickets')} looked at${looked > 0 ? `: all that was looked at fits of ${whole(right)}` : ''}.`,
    more: 'Twenty more',
    to: 'tied to',
    fits: 'Fits',
    not: 'Does not fit',
    of: (a: string, b: string) => `Whether ${b} fits ${a}`,
  },
  answer: {
    fits: 'It was the answer',
    not: 'It was not',
    of: (a: string, b: string) => `Whether ${b} was the answer to ${a}`,
    looked: (looked: number, right: number) => `Of ${counted(looked, 'answer', 'answers')} that somebody looked at, ${whole(right)} ${right === 1 ? 'was' : 'were'} right.`,
    always: (n: number) => `${counted(n, 'other', 'others')} always ${n === 1 ? 'needs' : 'need'} engineering: not counted.`,
  },
  said: (of: string, fits: boolean | null) => (fits === null ? `Taken back: ${of}` : fits ? `It fits: ${of}` : `It does not fit: ${of}`),
};
