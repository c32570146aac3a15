// The edges at which numbers are parted: 1, 2, 5, 10, 20, 50 …, as people would choose them. Never looks at what they count.

/** The greatest edge that is not above the number. Negative numbers mirror the positive ones. */
export function edgeBelow(number: number): number {
  if (number === 0) return 0;
  if (number < 0) {
    const mirrored = edgeBelow(-number);
    return mirrored === -number ? number : -edgeAbove(mirrored);
  }
  const { step, exponent } = read(number);
  return Number(`${step}e${exponent}`);
}

/** The edge after this one. */
export function edgeAbove(edge: number): number {
  // Below the least positive number that data could mean there is no edge: zero's class ends where any positive one begins.
  if (edge === 0) return Number.MIN_VALUE;
  if (edge < 0) {
    const { step, exponent } = read(-edge);
    return Number(step === 1 ? `-5e${exponent - 1}` : `-${step === 5 ? 2 : 1}e${exponent}`);
  }
  const { step, exponent } = read(edge);
  return Number(step === 5 ? `1e${exponent + 1}` : `${step === 1 ? 2 : 5}e${exponent}`);
}

/** From the decimal text, because logarithms of powers of ten are off by binary noise. */
function read(number: number): { readonly step: 1 | 2 | 5; readonly exponent: number } {
  const [digits = '1', exponent = '0'] = number.toExponential().split('e');
  const leading = Number(digits);
  return { step: leading >= 5 ? 5 : leading >= 2 ? 2 : 1, exponent: Number(exponent) };
}
