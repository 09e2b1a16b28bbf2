/** Words for whom a known error hits, how much lately, and what it has cost so far. */
import type { ImpactView } from '../host';
import { band } from './insights';
import { counted } from './numbers';

export const impact = {
  title: 'Impact',
  /** `listed`: its tickets, with those that were merged into another of them. */
  lately: ({ day, week, tickets }: ImpactView, listed: number) =>
    `${day} in 24 h, ${week} in 7 days, ${counted(tickets, 'ticket', 'tickets')} in all${listed > tickets ? ', merged ones counted once' : ''}`,
  weeks: (weeks: number[]) => `Tickets of the last ${weeks.length} weeks, the oldest first: ${weeks.join(', ')}`,
  whom: ({ accounts, users, tier, versions }: ImpactView) =>
    [counted(accounts, 'account', 'accounts'), counted(users, 'user', 'users'), ...(tier ? [`up to ${tier.toUpperCase()}`] : []), ...(versions.length > 0 ? [`versions ${versions.join(', ')}`] : [])].join(' · '),
  cost: ({ escalated, cost, measured }: ImpactView) =>
    escalated === 0 ? 'None of them reached engineering.' : `${counted(escalated, 'ticket', 'tickets')} reached engineering: cost ${band(cost)} so far (${measured ? 'measured' : 'assumed'} hours).`,
};
