import type { IndexView } from '../host';
import { words } from './words';

/** Why not everything can be found, and until when. `ready` means that the answer on screen is from before. */
export function reachWords({ state, done, total, reason }: IndexView): string {
  if (state === 'ready') return `${words.reach.ready}. ${words.reach.again}`;
  const far = total > 0 ? `: ${words.reach.documents(done, total)}` : '';
  return [`${words.reach[state]}${far}.`, words.reach.until, ...(reason ? [words.reach.reason(reason.replace(/\.$/, ''))] : [])].join(' ');
}
