import { screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { span } from '../../src/text/service';
import { ticket } from '../support/company';
import { fullHost, openWindow, settle } from '../support/window';

const HOUR = 3_600_000;

test('promises about time stand at the ticket with what became of them, and what the customer thought', async () => {
  const host = fullHost();
  const promise = { policy: null, goal: HOUR, at_work: false, at: null, left: null };
  host.answers.ticket_get = ({ id }) =>
    ticket({
      id,
      service: {
        first_reply: 90 * 60_000,
        replies: 3,
        reopens: 2,
        rating: { score: 'bad', satisfied: false, said: 'Too slow.' },
        request_type: 'Report a fault',
        organizations: ['Acme'],
        promises: [
          { ...promise, measure: 'first reply', policy: 'Gold', state: 'broken', at: 0 },
          { ...promise, measure: 'resolution', at_work: true, state: 'paused', left: 2 * HOUR },
        ],
      },
    });
  const { app } = await openWindow(host);
  await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
  await settle();
  const part = within(screen.getByRole('region', { name: 'How it was served' }));
  const [broken, paused] = part.getAllByRole('listitem').map((item) => item.textContent?.replace(/\s+/g, ' ').trim());
  expect(broken).toMatch(/^Broken first reply · Gold · 1 h/);
  expect(paused).toBe('Paused resolution · 1 h at work 2 h left');
  for (const text of ['after 1 h 30 min', '2 times', 'not satisfied (bad)', 'Report a fault', 'Acme', 'Too slow.']) expect(part.getByText(text)).toBeTruthy();
});

test('a ticket of which nothing is measured shows nothing of it', async () => {
  const { app } = await openWindow(fullHost());
  await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
  await settle();
  expect(screen.queryByRole('region', { name: 'How it was served' })).toBeNull();
});

test('spans are said in two units at most', () => {
  expect([0, 45 * 60_000, HOUR, 90 * 60_000, 26 * HOUR, 48 * HOUR].map(span)).toEqual(['0 min', '45 min', '1 h', '1 h 30 min', '1 d 2 h', '2 d']);
});
