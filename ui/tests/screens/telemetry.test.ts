import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { ticket } from '../support/company';
import { fullHost, openWindow, settle } from '../support/window';

test('what a ticket names of a monitor leads there, and an error that was read to its own ticket', async () => {
  const host = fullHost();
  const there = 'https://app.datadoghq.eu';
  host.answers.ticket_get = ({ id }) =>
    ticket({
      id,
      telemetry: [
        { kind: 'trace', id: '8956127339821907234', url: `${there}/apm/trace/8956127339821907234`, logs: `${there}/logs?query=trace_id%3A8956127339821907234`, at: null, ticket: null },
        { kind: 'issue', id: '5f8ebd5c-6dd9-11f0-8a28-da7ad0900002', url: `${there}/error-tracking?issueId=5f8ebd5c-6dd9-11f0-8a28-da7ad0900002`, logs: null, at: null, ticket: 'monitor:5f8ebd5c' },
        { kind: 'log', id: 'x', url: 'javascript:alert(1)', logs: null, at: null, ticket: null },
      ],
    });
  const { app } = await openWindow(host);
  await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
  await settle();
  const part = within(screen.getByRole('region', { name: 'In Datadog' }));
  await fireEvent.click(part.getByRole('button', { name: 'Trace 8956127339821907234, app.datadoghq.eu' }));
  await fireEvent.click(part.getByRole('button', { name: 'its logs: trace 8956127339821907234' }));
  expect(host.opened).toEqual([`${there}/apm/trace/8956127339821907234`, `${there}/logs?query=trace_id%3A8956127339821907234`]);
  expect(part.queryByRole('button', { name: /Log line/ })).toBeNull();
  await fireEvent.click(part.getByRole('button', { name: '5f8ebd5c-6dd…900002' }));
  await settle();
  expect(host.calls.some(({ name, args }) => name === 'ticket_get' && (args as { id: string }).id === 'monitor:5f8ebd5c')).toBe(true);
});
