// Turns how much each criterion says into whole weights of 100 in all, none above the maximum where that is possible.

const TOTAL = 100;

/**
 * Proportional; what is above `maximum` goes to the others. With too few criteria for that (three at 30) it is cut off and
 * the rest is scaled up: weights have to add up, and the order stays. Anything above 0 weighs at least 1. All zero: all zero.
 */
export function shareOutWeights(says: readonly number[], maximum: number): readonly number[] {
  const counted = says.filter((one) => one > 0).length;
  if (counted === 0) return says.map(() => 0);
  const shares = counted * maximum < TOTAL ? cutAndScale(says, maximum) : capProportionally(says, maximum);
  return roundToTotal(shares);
}

function cutAndScale(says: readonly number[], ceiling: number): readonly number[] {
  const sum = says.reduce((total, one) => total + one, 0);
  const cut = says.map((one) => Math.min((one / sum) * TOTAL, ceiling));
  const left = cut.reduce((total, one) => total + one, 0);
  return cut.map((one) => (one / left) * TOTAL);
}

function capProportionally(says: readonly number[], ceiling: number): readonly number[] {
  const capped = new Set<number>();
  for (;;) {
    const left = TOTAL - ceiling * capped.size;
    const sum = says.reduce((total, one, index) => total + (capped.has(index) ? 0 : one), 0);
    const shares = says.map((one, index) =>
      capped.has(index) ? ceiling : sum === 0 ? 0 : (one / sum) * left,
    );
    const above = shares.flatMap((share, index) => (share > ceiling + 1e-9 ? [index] : []));
    if (above.length === 0) return shares;
    for (const index of above) capped.add(index);
  }
}

/** Largest remainders; of equal ones the earlier. */
function roundToTotal(shares: readonly number[]): readonly number[] {
  const whole = shares.map((share) => (share > 0 ? Math.max(1, Math.floor(share + 1e-9)) : 0));
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share - (whole[index] ?? 0) }))
    .filter(({ index }) => (shares[index] ?? 0) > 0)
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  let missing = TOTAL - whole.reduce((sum, one) => sum + one, 0);
  for (const { index } of byRemainder) {
    if (missing <= 0) break;
    whole[index] = (whole[index] ?? 0) + 1;
    missing -= 1;
  }
  // The least weights were lifted to 1: the heaviest pays.
  while (missing < 0) {
    const heaviest = whole.indexOf(Math.max(...whole));
    whole[heaviest] = (whole[heaviest] ?? 0) - 1;
    missing += 1;
  }
  return whole;
}
