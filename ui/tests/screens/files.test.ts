import { screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { ticket } from '../support/company';
import { fullHost, openWindow, settle } from '../support/window';

test('files stand by name and size with what brought them, and lead nowhere', async () => {
  const host = fullHost();
  host.answers.ticket_get = ({ id }) =>
    ticket({
      id,
      attachments: [
        { name: 'heap.bin', size: null, comment: null },
        { name: 'trace.log', size: 12_034, comment: 'c2' },
      ],
    });
  const { app } = await openWindow(host);
  await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
  await settle();
  const lists = screen.getAllByRole('list', { name: 'Files, by name alone' });
  expect(lists.map((list) => list.textContent?.trim())).toEqual(['heap.bin', 'trace.log12 kB']);
  const said = screen.getByText('Only with those of a percentage.').closest('li');
  expect(within(said as HTMLElement).getByText('trace.log')).toBeTruthy();
  expect(lists.some((list) => within(list).queryAllByRole('button').length + within(list).queryAllByRole('link').length > 0)).toBe(false);
});
