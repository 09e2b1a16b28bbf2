/** The words of the programme: its steps, what people told, and the tools. */
import type { PainView, StepView, ToolFieldView, ToolView } from '../host';
import { factName } from './escalation';
import { counted, whole } from './numbers';

export const ROLES = ['l1', 'l2', 'l3_engineer', 'lead', 'other'] as const;
export type Role = (typeof ROLES)[number];
export const OFTEN = ['daily', 'weekly', 'monthly', 'rarely'] as const;
export type Often = (typeof OFTEN)[number];

export const programme = {
  title: 'Programme',
  go: 'Go to the programme',
  close: 'Close the programme',
  open: 'Programme',
  lead: 'Four phases by which a team comes to escalate less. What can be counted here is counted; the rest is ticked by you.',
  done: (done: number, of: number) => `${whole(done)} of ${whole(of)} steps done.`,
  inFile: (file: string) => `Ticks lie in ${file} of the team’s folder: whoever shares it sees the same.`,
  here: 'Ticks lie in this workspace; once a knowledge folder is chosen, in its programme.md.',
  phase: (done: number, of: number) => `${whole(done)} of ${whole(of)} done`,
  measured: ({ measured }: StepView) => (measured ? `${whole(measured.have)} of ${whole(measured.need)}: ${measured.of}` : 'Only you can tell'),
  isMeasured: 'measured',
  isTicked: 'ticked by hand',
  visit: 'Look',
  visitOf: (title: string) => `Look: ${title}`,
  ticked: (title: string) => `Ticked: ${title}`,
  unticked: (title: string) => `No longer ticked: ${title}`,
  copy: 'Copy as Markdown',
  copied: 'Copied the programme',
  interviews: {
    title: 'Interviews',
    lead: 'What support and engineering say of their work. No names: a role and a day. They stay in this workspace unless you copy them.',
    none: 'Nobody was asked yet. Two talks are a start: one with support, one with engineering.',
    add: 'Note an interview',
    change: 'Keep the changes',
    leave: 'Leave it',
    role: 'Role',
    roles: { l1: 'First tier', l2: 'Second tier', l3_engineer: 'Engineer', lead: 'Team lead', other: 'Other' } satisfies Record<Role, string>,
    day: 'Day',
    pain: 'What slows them, in a line',
    painExample: 'No logs of the customer’s session',
    needsPain: 'Say in a line what slows them.',
    often: 'How often',
    oftens: { daily: 'daily', weekly: 'weekly', monthly: 'monthly', rarely: 'rarely' } satisfies Record<Often, string>,
    tools: 'What they open for it',
    toolsExample: 'Zendesk, Kibana',
    quote: 'In their words',
    kept: 'The interview is kept',
    changed: 'The interview is changed',
    gone: 'The interview is gone',
    edit: 'Change',
    editOf: (pain: string) => `Change the interview: ${pain}`,
    remove: 'Let go of it',
    removeOf: (pain: string) => `Let go of the interview: ${pain}`,
    find: 'Find in interviews',
    found: (n: number, of: number) => (n === of ? counted(of, 'interview', 'interviews') : `${whole(n)} of ${counted(of, 'interview', 'interviews')}`),
    pains: 'What slows people',
    people: 'People',
    monthly: 'Times a month',
    painHead: 'Pain',
    bar: ({ people, monthly }: PainView) => `${counted(people, 'person', 'people')}, about ${counted(monthly, 'time', 'times')} a month`,
    opens: (tools: string[]) => `opens ${tools.join(', ')}`,
  },
  tools: {
    title: 'Tools and gaps',
    lead: 'What each tool answers, and what packages for engineering lack for want of it. Filled in from what is connected; fields are those of the newest 500 tickets.',
    tool: 'Tool',
    answers: 'Answers',
    fields: 'Its tickets say',
    lacks: 'Packages lack',
    last: 'Last asked',
    connected: 'connected',
    not: 'not connected',
    stopped: 'stopped',
    nothing: 'nothing',
    never: 'never',
    questions: { ran: 'What ran', changed: 'What changed', worked: 'What worked before' } as Record<string, string>,
    kinds: { helpdesk: 'Helpdesk', telemetry: 'Error tracker or telemetry', repository: 'Repository', knowledge: 'Knowledge folder', named: 'Named in interviews' } as Record<string, string>,
    none: { helpdesk: 'No helpdesk', telemetry: 'No error tracker or telemetry', repository: 'No repository', knowledge: 'No knowledge folder' } as Record<string, string>,
    named: (n: number) => `${counted(n, 'person opens', 'people open')} it`,
    connect: 'Connect',
    connectOf: (kind: string) => `Connect: ${kind}`,
  },
};

export const toolName = ({ name, kind }: ToolView): string => (name === '' ? (programme.tools.none[kind] ?? kind) : name);
/** `Version 86 %`. */
export const filled = ({ fact, filled, of }: ToolFieldView): string => `${factName(fact)} ${of === 0 ? '–' : `${whole(Math.round((100 * filled) / of))} %`}`;
