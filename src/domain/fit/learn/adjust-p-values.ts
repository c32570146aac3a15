// Benjamini and Hochberg (1995): p-values of many tests, adjusted for how many there were. Knows nothing of what was tested.

/** The q-value of each test, in the order given. Keeping those up to q, at most the share q of them is false on average. */
export function adjustPValues(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((_, index) => index).toSorted((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  const adjusted = pValues.map(() => 1);
  let smallest = 1;
  for (const [position, index] of order.entries()) {
    const rank = pValues.length - position;
    smallest = Math.min(smallest, ((pValues[index] ?? 1) * pValues.length) / rank);
    adjusted[index] = smallest;
  }
  return adjusted;
}
