/** The words of the question to ask next. */
import type { NextQuestion } from '../host';
import { counted, whole } from './numbers';

/** As the agent reads it, and as the customer is asked. */
const asked: Record<NextQuestion['facet'], { what: string; customer: string }> = {
  product: { what: 'Which product?', customer: 'Which product do you see this in?' },
  component: { what: 'Which part of it?', customer: 'Which part of the product were you in when it happened?' },
  version: { what: 'Which version?', customer: 'Which version are you using? You find it under Help or About.' },
  exception: { what: 'What is the error called?', customer: 'Could you send the error message word for word, with the lines below it?' },
  environment: { what: 'On which system?', customer: 'On which system and in which browser does it happen?' },
};

export const next = {
  label: 'Ask next',
  what: ({ facet }: NextQuestion): string => asked[facet].what,
  customer: ({ facet }: NextQuestion): string => asked[facet].customer,
  answers: ({ answers, more, silent }: NextQuestion): string =>
    [...answers.map(({ value, cases }) => `${value} (${whole(cases)})`), more > 0 ? counted(more, 'other', 'others') : '', silent > 0 ? `not said in ${whole(silent)}` : ''].filter(Boolean).join(', '),
  narrows: ({ before, after }: NextQuestion): string => `Its answer narrows ${about(before)} likely cases to about ${about(after)}.`,
  copy: 'Copy the question',
  copied: 'Copied the question to ask',
};

const about = (n: number): string => whole(Math.max(1, Math.round(n)));
