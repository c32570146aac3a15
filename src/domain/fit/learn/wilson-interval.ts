// The 95% interval of a share by Wilson (1927): believable for small counts, and never outside 0 to 1.

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The point of the normal distribution that leaves 2.5% on each side. */
const NORMAL_95 = 1.959963984540054;

/** Of nobody nothing is known: 0 to 1. */
export function wilsonInterval(having: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = having / of;
  const z2 = NORMAL_95 ** 2;
  const centre = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (NORMAL_95 * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))) / (1 + z2 / of);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
