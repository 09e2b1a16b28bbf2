/** Finds a title from what was typed, typos included. Pure: the palette's order is a function of the two texts. */

/** Higher is better; `null` is no match. Every typed word has to find its own place in the title. */
export function match(query: string, title: string): number | null {
  const typed = tokens(query);
  const wordsOf = tokens(title);
  if (typed.length === 0) return 0;
  let sum = 0;
  for (const word of typed) {
    const best = Math.max(...wordsOf.map((other, at) => scoreOf(word, other) - at * 0.5), initials(word, wordsOf));
    if (best <= 0) return null;
    sum += best;
  }
  return sum / typed.length - wordsOf.length * 0.1;
}

const tokens = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{N}#]+/u).filter(Boolean);

function scoreOf(typed: string, word: string): number {
  if (word === typed) return 100;
  if (word.startsWith(typed)) return 90 - (word.length - typed.length) * 0.5;
  const inside = word.indexOf(typed);
  if (inside > 0 && typed.length > 1) return 60 - inside;
  // A typo is forgiven once in a short word and twice in a long one; the tail of a word that is still being typed is not a typo.
  const allowed = typed.length < 4 ? (typed.length === 3 ? 1 : 0) : typed.length < 8 ? 1 : 2;
  if (allowed === 0) return 0;
  const heads = [typed.length - 1, typed.length, typed.length + 1].map((length) => word.slice(0, Math.max(1, length)));
  const far = Math.min(...heads.map((head) => distance(typed, head)), distance(typed, word));
  // The first letter is seldom wrong; without that rule every three-letter word would match every other.
  const sameStart = typed[0] === word[0] || (typed[1] === word[0] && typed[0] === word[1]);
  return far <= allowed && (sameStart || typed.length > 4) ? 50 - far * 10 : 0;
}

/** `gs` finds *Go to Settings*. */
function initials(typed: string, wordsOf: string[]): number {
  if (typed.length < 2) return 0;
  const letters = wordsOf.map((word) => word[0]).join('');
  let at = -1;
  for (const letter of typed) {
    at = letters.indexOf(letter, at + 1);
    if (at < 0) return 0;
  }
  return 40;
}

/** Edits between two words, where swapping two neighbours is one edit (Damerau–Levenshtein, restricted). */
export function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, at(i - 2, j - 2) + 1);
      row.push(least);
    }
  }
  return at(a.length, b.length);
}
