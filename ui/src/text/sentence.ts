/** The first sentence of an answer: enough to recognise what the colleague did. */
export function firstSentence(text: string, most = 220): string {
  // A list begins with what its first point says, not with that point's number.
  const flat = text.replace(/^\s*(?:\d+[.)]|[-*•])\s+/, '').replace(/\s+/g, ' ').trim();
  // A full stop inside a version or a file name is followed by no space, and an abbreviation by a lower-case letter.
  const end = /[.!?。！？](?=\s+["'(]?[\p{Lu}\p{N}]|$)|[。！？]/u.exec(flat);
  const sentence = end ? flat.slice(0, end.index + 1) : flat;
  return sentence.length <= most ? sentence : `${sentence.slice(0, most).replace(/\s+\S*$/, '')} …`;
}

/** What *Copy reply* copies of a workaround. */
export function stepsAsText(steps: string[]): string {
  return steps.length === 1 ? (steps[0] ?? '') : steps.map((step, i) => `${i + 1}. ${step}`).join('\n');
}
