// Which known word was probably meant.

/** The known words nearest to `word`, best first; none when all are far. */
export function nearestWords(word: string, known: readonly string[]): string[] {
  const farthest = Math.max(1, Math.floor(word.length / 3));
  return known
    .map((candidate) => ({ candidate, distance: rank(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= farthest)
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .map(({ candidate }) => candidate);
}

/** More names than this help nobody. */
const MOST_LISTED = 40;

/** `did you mean x?`, or the list of what is known unless that is long. */
export function suggestWord(word: string, known: readonly string[]): string {
  const [best] = nearestWords(word, known);
  if (best !== undefined) return `did you mean ${best}?`;
  const few = known.length > 0 && known.length <= MOST_LISTED;
  return few ? `known here: ${known.join(', ')}` : '';
}

/** A word and its beginning (`password`, `password_file`) count as near, whatever the difference in length. */
function rank(word: string, candidate: string): number {
  const [shorter, longer] = word.length < candidate.length ? [word, candidate] : [candidate, word];
  const shared = shorter.length >= 4 && shorter.length * 2 >= longer.length && longer.includes(shorter);
  return shared ? 1 : editDistance(word, candidate);
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) row.push(cellOf({ a, b, i, j }, rows, row));
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

interface Cell {
  a: string;
  b: string;
  i: number;
  j: number;
}

function cellOf({ a, b, i, j }: Cell, rows: readonly number[][], row: readonly number[]): number {
  const at = (line: readonly number[] | undefined, column: number) => line?.[column] ?? 0;
  const above = rows[i - 1];
  const replaced = at(above, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
  const best = Math.min(at(above, j) + 1, at(row, j - 1) + 1, replaced);
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(best, at(rows[i - 2], j - 2) + 1) : best;
}
