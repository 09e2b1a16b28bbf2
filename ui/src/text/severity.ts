/** Words for how severe an error is, what that is taken from, and what it would be. */
import type { SeverityRuleArgs, SeverityView } from '../host';
import { counted } from './numbers';

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const level = (high: boolean) => (high ? 'high' : 'low');

export const severity = {
  title: 'Severity',
  classes: { high: 'High', medium: 'Medium', low: 'Low' },
  inputs: ({ wide, fast, accounts, people, usual, rule }: SeverityView) =>
    `impact ${level(wide)} (${counted(accounts, 'account', 'accounts')} in four weeks; high from ${rule.accounts} on), urgency ${level(fast)} (${counted(people, 'person', 'people')} within a day; high from ${Math.ceil(rule.times * Math.max(usual, rule.least_usual))} on, ${number.format(rule.times)} times the usual ${number.format(usual)}${usual < rule.least_usual ? `, counted as ${number.format(rule.least_usual)}` : ''})`,
  formula: 'Both high: high. One of them: medium. Neither: low.',
  otherwise: (n: number, priority: string) => `${counted(n, 'ticket says', 'tickets say')} “${priority}”`,
  behind: (priority: string) => `Priority “${priority}” although the severity is another`,
  whatIf: 'What if',
  go: 'What if: how severe it would be',
  lead: 'Nothing is kept until you say so.',
  would: 'Would be',
  accounts: 'Accounts that are hit',
  people: 'People within a day',
  usual: 'People on a usual day',
  fromAccounts: 'Impact high from … accounts on',
  fromTimes: 'Urgency high from … times what is usual',
  keep: 'Count with these bars',
  back: 'As it is',
  kept: ({ accounts, times }: SeverityRuleArgs) => `From now on impact is high from ${counted(accounts, 'account', 'accounts')} on, urgency from ${number.format(times)} times what is usual`,
};
