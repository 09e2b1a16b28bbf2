import type { CommentView, HopView, TicketView } from '../host';

export interface ThreadEntry {
  key: string;
  at: number;
  comment?: CommentView;
  hop?: HopView;
}

/** Replies, notes and handoffs in the order in which they happened. */
export function thread(ticket: Pick<TicketView, 'comments' | 'hops'>): ThreadEntry[] {
  const comments = ticket.comments.map((comment): ThreadEntry => ({ key: `comment ${comment.id}`, at: comment.at, comment }));
  const hops = ticket.hops.map((hop, i): ThreadEntry => ({ key: `hop ${i}`, at: hop.at, hop }));
  return [...comments, ...hops].sort((a, b) => a.at - b.at);
}
