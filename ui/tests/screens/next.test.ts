// The question to ask next, in the pane.
import { screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { SeenBefore } from '../../src/host';
import { seen } from '../support/company';
import { fullHost, openWindow, settle } from '../support/window';

const pane = () => screen.getByRole('region', { name: 'Seen before' });
const words = (element: Element | null) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

async function answered(answer: SeenBefore) {
  const host = fullHost();
  host.answers.seen_before = () => answer;
  const window = await openWindow(host);
  await window.app.openRow({ id: answer.question.id, display_id: 'NW-48213' });
  await settle();
}

describe('the question to ask next', () => {
  const next = {
    facet: 'version' as const,
    answers: [
      { value: '2.2.0', cases: 4 },
      { value: '2.3.1', cases: 3 },
    ],
    more: 1,
    of: 9,
    silent: 1,
    before: 8.6,
    after: 3.4,
  };

  test('says what tells the hits apart and what its answer saves', async () => {
    await answered(seen({ next }));
    const asked = within(pane()).getByRole('region', { name: 'Ask next' });
    expect(words(asked)).toContain('Ask next: Which version? 2.2.0 (4), 2.3.1 (3), 1 other, not said in 1');
    expect(words(asked)).toContain('narrows 9 likely cases to about 3');
  });

  test('is not there where no answer would help', async () => {
    await answered(seen({ next: null }));
    expect(within(pane()).queryByRole('region', { name: 'Ask next' })).toBeNull();
  });
});
