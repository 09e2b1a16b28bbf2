// The package of a ticket while somebody completes it.
import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import type { EscalationDraft, EscalationSubmitArgs, EscalationView } from '../../src/host';
import { actions, possible } from '../../src/actions';
import { severity } from '../support/company';
import { fullHost, openWindow, press, settle } from '../support/window';
import type { FakeHost } from '../support/host';

const draft = (more: Partial<EscalationDraft> = {}): EscalationDraft => ({
  ticket: 'helpdesk:NW-48213',
  reason: null,
  facts: [{ fact: 'role', text: '', needed: true, filled: false, waived: false, writable: true }],
  lint: { filled: 0, needed: 1, missing: ['role'], lost: [] },
  guideline: null,
  repeat: null,
  always: false,
  markdown: { text: '# Case\n', spans: [] },
  json: '{}',
  files: [],
  seal: 'as shown',
  ...more,
});

const REPEAT = { id: 'helpdesk:NW-1', kind: 'ticket', title: 'Earlier', answer: 'Turn it off.', author: 'Ines', at: 1, because: 'signature' };

let host: FakeHost;
beforeEach(() => {
  host = fullHost();
  host.answers.escalation_draft = () => draft();
  host.answers.escalation_submit = () => ({ row: { id: 3, ticket: 'helpdesk:NW-48213' }, markdown: { text: '# Case\n', spans: [] } }) as unknown as EscalationView;
});

async function opened() {
  const { app } = await openWindow(host);
  await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
  await settle();
  app.escalating.open();
  await settle();
  return app;
}

test('what goes along of files is shown as it leaves, and what stays here is said', async () => {
  const file = (name: string, kind: string, text: string) => ({ name, kind, size: 2048, whole: false, text: { text, spans: text === '' ? [] : [{ start: 6, end: 16, kind: 'email', placeholder: '[e-mail 1]' }] } });
  host.answers.escalation_draft = () => draft({ files: [file('app.log', 'log', 'ERROR [e-mail 1]'), file('shot.png', 'picture', '')] });
  await opened();
  const text = screen.getByRole('region', { name: 'What goes along of app.log', hidden: true });
  expect(text.querySelector('mark')?.textContent).toBe('[e-mail 1]');
  expect(screen.getByText('shot.png').parentElement?.textContent).toMatch(/stays here: a picture/);
});

test('nothing is handed over without a reason, and another reason needs words', async () => {
  const app = await opened();
  await app.escalating.note();
  expect(app.escalating.complaint).toMatch(/^Choose a reason/);
  app.escalating.choose('other');
  expect(app.escalating.complaint).toMatch(/in words/);
  app.escalating.reasonText = 'it burns';
  await app.escalating.note();
  expect(host.asked('escalation_submit')).toMatchObject([{ package: { ticket: 'helpdesk:NW-48213', reason: 'other', reason_text: 'it burns' } }]);
  expect(app.sheet).toBeNull();
});

test('how severe it is and who may know stand in the sheet with what they are taken from', async () => {
  host.answers.severity_of = () => severity({ class: 'high', wide: true, fast: true, accounts: 7, people: 12 });
  await opened();
  const proposed = () => within(screen.getByRole('region', { name: /^Proposed/ }));
  expect(host.asked('severity_of')).toEqual([{ id: 'helpdesk:NW-48213' }]);
  expect(proposed().getByText(/Severity:/).textContent).toMatch(/High, impact high \(7 accounts in four weeks; high from \d+ on\), urgency high \(12 people/);
  expect(proposed().getByText(/^no line that ran/)).toBeTruthy();
  host.answers.escalation_draft = () => draft({ facts: [{ fact: 'owner', text: 'Ada: wrote 9 of 12 lines that ran', needed: false, filled: true, waived: false, writable: false }] });
  screen.getByRole('button', { name: 'No access' }).click();
  await settle();
  expect(proposed().getByText('Ada: wrote 9 of 12 lines that ran')).toBeTruthy();
});

test('what was answered before goes on only with why', async () => {
  host.answers.escalation_draft = () => draft({ repeat: REPEAT });
  const app = await opened();
  app.escalating.choose('no_access');
  await app.escalating.copy();
  expect([app.escalating.complaint, host.asked('escalation_submit')]).toEqual([expect.stringMatching(/say why/), []]);
  app.escalating.although = 'another customer';
  await app.escalating.copy();
  expect(host.asked('escalation_submit')).toMatchObject([{ although: 'another customer' }]);
  expect(host.copied).toEqual(['# Case\n']);
});

test('what always needs engineering goes on at once', async () => {
  host.answers.escalation_draft = () => draft({ repeat: REPEAT, always: true });
  const app = await opened();
  app.escalating.choose('needs_code_fix');
  await app.escalating.note();
  expect(host.asked('escalation_submit')).toMatchObject([{ although: '' }]);
});

test('inside the sheet the keyboard has what the mouse has: keys, and a palette that lies over it', async () => {
  const app = await opened();
  (document.activeElement as HTMLElement | null)?.blur();
  await press('i', '1');
  expect(app.escalating.reason).toBe('missing_context');
  // What belongs to the window behind it stays there.
  await press('g', 't');
  expect([app.screen, app.sheet]).toEqual(['seen', 'escalate']);
  await press('i', 'm');
  expect((document.activeElement as HTMLElement | null)?.dataset.focus).toBe('fact:role');
  app.openPalette();
  await settle();
  const titles = () => screen.getAllByRole('option').map(({ textContent }) => textContent);
  expect(titles().some((title) => title?.includes('Only write the package down'))).toBe(true);
  app.moves.back();
  await settle();
  expect(app.sheet).toBe('escalate');
  app.openPalette();
  await settle();
  await fireEvent.input(within(screen.getByRole('dialog')).getByRole('combobox'), { target: { value: 'only write the package' } });
  await fireEvent.keyDown(within(screen.getByRole('dialog')).getByRole('combobox'), { key: 'Enter' });
  await settle();
  expect(host.asked('escalation_submit')).toMatchObject([{ package: { reason: 'missing_context' } }]);
  expect([app.sheet, possible(actions.find(({ id }) => id === 'package-note')!, app)]).toEqual([null, false]);
});

test('what somebody wrote and waived goes into the package, and stays when the sheet is closed and opened again', async () => {
  const app = await opened();
  app.escalating.write('role', 'admin');
  app.escalating.waive('version', true);
  await settle();
  expect(host.asked('escalation_draft').at(-1)).toMatchObject({ facts: [{ fact: 'role', text: 'admin' }], waived: ['version'] });
  app.escalating.close();
  app.escalating.open();
  expect(app.escalating.written).toEqual({ role: 'admin' });
});

test('what is handed over is what was shown: words typed a moment ago are shown first, and a package that changed meanwhile is shown anew', async () => {
  const app = await opened();
  app.escalating.choose('no_access');
  await settle();
  host.answers.escalation_draft = () => draft({ seal: 'with the role' });
  app.escalating.write('role', 'admin');
  host.answers.escalation_submit = () => {
    throw { code: 'package_changed', message: 'It changed.' };
  };
  await app.escalating.note();
  await settle();
  expect(host.asked('escalation_submit')).toMatchObject([{ seal: 'with the role', package: { facts: [{ fact: 'role', text: 'admin' }] } }]);
  expect([app.sheet, app.escalating.written]).toEqual(['escalate', { role: 'admin' }]);
  expect(screen.getByText(/The package changed since it was shown/)).toBeTruthy();
});

test('what was written for one ticket is there again after another was looked at', async () => {
  const app = await opened();
  app.escalating.choose('no_access');
  app.escalating.write('role', 'admin');
  app.escalating.close();
  await app.openRow({ id: 'helpdesk:NW-7', display_id: 'NW-7' });
  await settle();
  app.escalating.open();
  await settle();
  expect([app.escalating.reason, app.escalating.written]).toEqual([null, {}]);
  app.escalating.close();
  await app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
  await settle();
  app.escalating.open();
  await settle();
  expect([app.escalating.reason, app.escalating.written]).toEqual(['no_access', { role: 'admin' }]);
});

test('what was typed is kept as it is typed, and is there in another window until it is thrown away', async () => {
  const app = await opened();
  expect(host.asked('draft_keep')).toEqual([]);
  app.escalating.choose('other');
  app.escalating.write('role', 'admin');
  app.escalating.close();
  await settle();
  const kept = host.asked('draft_keep').at(-1) as EscalationSubmitArgs;
  expect(kept).toMatchObject({ package: { ticket: 'helpdesk:NW-48213', reason: 'other', facts: [{ fact: 'role', text: 'admin' }] } });
  const draftKept = { ticket: 'helpdesk:NW-48213', title: 'Checkout fails', at: 1, kept };
  host = fullHost();
  host.answers.escalation_draft = () => draft();
  host.answers.drafts_list = () => [draftKept];
  host.answers.escalation_list = () => [];
  cleanup();
  const other = await opened();
  expect([other.escalating.reason, other.escalating.written]).toEqual(['other', { role: 'admin' }]);
  expect(host.asked('draft_keep')).toEqual([]);
  other.escalating.close();
  other.go('escalations');
  await settle();
  screen.getByRole('button', { name: 'Throw away what was begun for helpdesk:NW-48213' }).click();
  await settle();
  expect(host.asked('draft_drop')).toEqual([{ ticket: 'helpdesk:NW-48213' }]);
  expect([other.escalating.ticket, other.escalating.written]).toEqual([null, {}]);
  await other.toasts.undo();
  expect(host.asked('draft_keep')).toEqual([kept]);
});
