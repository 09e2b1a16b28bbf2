/** The words of what the team's own links teach about ranking. */
import type { AdaptationView } from '../host';
import { counted, whole } from './numbers';

const FEATURES: Record<string, string> = {
  words: 'Words in common',
  title_words: 'Words of the title in its title',
  asked_in_text: 'Words of the title in its text',
  text_words: 'Words in its text',
  coverage: 'How much of the question it says',
  title_coverage: 'How much of the title it says',
  its_title: 'Its own title',
  brief: 'A short text',
  brief_title: 'A short title',
  component: 'Same component',
  product: 'Same product',
  stack_trace: 'Same stack trace',
  error: 'Same error',
  frames: 'Frames in common',
  identifiers: 'Identifiers in common',
  recency: 'How new it is',
  meaning: 'Meaning',
  meaning_place: 'Nearest in meaning',
};

export const adapted = {
  title: 'What your own links teach',
  lead: 'The shipped weights, moved a little: learned on the older half of these tickets, judged on the newer half. They count only where that half finds more.',
  state: (of: AdaptationView): string => {
    switch (of.state) {
      case 'too_few':
        return `It takes ${whole(of.needed)} past tickets whose earlier case is known to learn from. There are fewer here: the shipped weights stay.`;
      case 'no_gain':
        return 'The newer half finds no more with what the older half teaches, or no more than chance would have it: the shipped weights stay.';
      case 'outdated':
        return 'Other weights are shipped by now than these were learned on: the shipped ones count until the next exam.';
      case 'gain': {
        const since = of.switched_since ? ' The figures above are from before it was switched.' : '';
        return (of.on ? 'The newer half finds more with it, by more than chance: it counts.' : 'The newer half would find more with it. It is switched off: the shipped weights count.') + since;
      }
    }
  },
  judged: ({ learned_from, judged_on, up, down }: AdaptationView): string =>
    `Learned from ${counted(learned_from, 'older ticket', 'older tickets')}. Of the ${counted(judged_on, 'newer one', 'newer ones')}, ${whole(up)} find their answer higher up with it, ${whole(down)} further down.`,
  newer: 'Of the newer half',
  shipped: 'Shipped weights',
  learned: 'Own links',
  products: 'By product: learned on all others, judged on this one.',
  product: 'Product',
  elsewhere: (name: string) => `${name}, from the others`,
  weights: 'What is worth more or less than before',
  measure: 'Points for',
  points: { shipped: 'Shipped', learned: 'Own links' },
  feature: (name: string) => FEATURES[name] ?? name,
  on: 'Use what they teach',
  off: 'Use the shipped weights',
  toggle: 'Rank with own links, or with the shipped weights',
  told: { on: 'Ranked with what your own links teach', off: 'Ranked with the shipped weights' },
};
