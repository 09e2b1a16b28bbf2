import type { ReceiptPart } from '../host';
import { words } from './words';

export interface ShownPart {
  words: string;
  detail: string[];
  points: number;
}

/**
 * The parts as they are shown, rounded to one decimal so that the shown parts add up to the shown score: each is rounded down and
 * the tenths that are missing go to those that lost most.
 */
export function shownParts(parts: ReceiptPart[], score: number): ShownPart[] {
  const tenths = parts.map((part) => part.points * 10);
  const floors = tenths.map((t) => Math.floor(t));
  const missing = Math.round(score * 10) - floors.reduce((sum, t) => sum + t, 0);
  const byLoss = tenths.map((t, i) => ({ i, loss: t - Math.floor(t) })).sort((a, b) => b.loss - a.loss || a.i - b.i);
  for (let n = 0; n < Math.min(Math.max(missing, 0), byLoss.length); n++) {
    const at = byLoss[n]?.i;
    if (at !== undefined) floors[at] = (floors[at] ?? 0) + 1;
  }
  return parts.map((part, i) => ({
    words: words.receipt.part[part.kind === 'terms' ? part.field || 'terms' : part.kind] ?? part.kind.replaceAll('_', ' '),
    detail: part.detail,
    points: (floors[i] ?? 0) / 10,
  }));
}
