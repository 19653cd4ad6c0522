// "Did you mean": the declared name that is nearest to a mistyped one.

/** The names there are, and the one that was probably meant; `what` says what they name. */
export function didYouMean(name: string, what: string, declared: Iterable<string>): string {
  const names = [...declared];
  if (names.length === 0) {
    return `no ${what} were declared`;
  }
  const limit = Math.max(1, Math.ceil(name.length / 3));
  const near = names
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)[0];
  const all = `the ${what} are ${names.join(', ')}`;
  return near ? `did you mean "${near.candidate}"? (${all})` : all;
}

// How many characters must be inserted, deleted or replaced.
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
