import type { RedactedView } from '../host';

export interface Piece {
  text: string;
  /** It stands for something that was taken out. */
  mark: boolean;
}

/** A redacted text, cut at what stands for something. Joined, the pieces are the text. */
export function pieces({ text, spans }: RedactedView): Piece[] {
  const out: Piece[] = [];
  let done = 0;
  for (const { placeholder } of spans) {
    const at = text.indexOf(placeholder, done);
    if (at < 0) continue;
    if (at > done) out.push({ text: text.slice(done, at), mark: false });
    out.push({ text: placeholder, mark: true });
    done = at + placeholder.length;
  }
  if (done < text.length) out.push({ text: text.slice(done), mark: false });
  return out;
}

/** How many of each kind, those found first first. */
export function kinds({ spans }: RedactedView): [string, number][] {
  const counts = new Map<string, number>();
  for (const { kind } of spans) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts];
}
