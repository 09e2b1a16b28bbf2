import { fireEvent, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { RunbookView } from '../../src/host/bindings';
import { lines } from '../support/code';
import { fullHost, openWindow, settle } from '../support/window';

const runbook = {
  id: 'knowledge:runbooks/flag.md',
  display_id: 'RB-1',
  title: 'Turn the new checkout off',
  path: 'runbooks/flag.md',
  confidence: 'validated',
  product: null,
  kind: 'flag',
  min_tier: '',
  above: false,
  approval: '',
  approved_by: null,
  flag: 'checkout.new',
  url: '',
  when: '',
  before: '',
  back: '',
  steps: ['Set the flag to off'],
  done: [],
  outcome: null,
  tried: { worked: 0, tried: 0, low: null, high: null, confirmed_at: null, versions: [], tickets: [] },
} as unknown as RunbookView;

test('a runbook about a flag shows the lines that read it, and opens them', async () => {
  const host = fullHost();
  const [line] = lines();
  const at = (name: string, total: number) => ({ at: name, total, lines: total > 0 && line ? [{ ...line, basis: 'constant' }] : [], cut: false });
  host.answers.runbooks_list = () => [runbook];
  host.answers.flag_lines = ({ flag }) => ({ flag, repos: [{ repo: 'shop', theirs: at('v2.2.0', 3), today: at('refs/heads/main', 0) }] });
  const { app } = await openWindow(host);
  await app.runbooks.go();
  await settle();
  await fireEvent.click(screen.getByRole('button', { name: /Turn the new checkout off/ }));
  await settle();
  expect(host.asked('flag_lines')).toMatchObject([{ flag: 'checkout.new' }]);
  expect(screen.getByText('3 lines read it in shop at v2.2.0')).toBeTruthy();
  expect(screen.getByText('and 2 more')).toBeTruthy();
  expect(screen.getByText('No line of shop at main reads it.')).toBeTruthy();
  await fireEvent.click(screen.getByText(/Totals\.java:\d+/));
  await settle();
  expect(host.asked('code_file')).toMatchObject([{ repo: 'shop', at: 'v2.2.0' }]);
});
