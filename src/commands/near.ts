/** How many insertions, deletions, changes and swaps of neighbours turn one into the other. */
export function distance(from: string, to: string): number {
  const a = [...from];
  const b = [...to];
  let before: number[] = [];
  let above = b.map((_, j) => j + 1);
  above.unshift(0);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(change, above[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}

/** What the person probably meant, nearest first: at most three, and only what is close for its length. */
export function nearest(typed: string, known: readonly string[]): string[] {
  const wanted = typed.toLocaleLowerCase('en').slice(0, 80);
  return known
    .map((name) => ({ name, away: closeness(wanted, name.toLocaleLowerCase('en')) }))
    .filter(({ name, away }) => away <= Math.max(1, Math.floor(Math.min(wanted.length, name.length) / 3)))
    .sort((a, b) => a.away - b.away)
    .slice(0, 3)
    .map(({ name }) => name);
}

function closeness(wanted: string, name: string): number {
  if (wanted.length >= 3 && name.startsWith(wanted)) return 0.5;
  return distance(wanted, name);
}
