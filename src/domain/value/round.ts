// Rounding as a rep reads numbers: half up on the decimal value. Refuses to know what is rounded.

/** 87.449999999999989 was meant as 87.45: binary noise below this never decides a rounding. */
const FLOAT_NOISE = 1e-9;

/** Scores: one decimal. Every comparison of the policy is made on values rounded so. */
export function roundToTenth(value: number): number {
  return Math.floor((value + FLOAT_NOISE) * 10 + 0.5) / 10;
}

/** Shares such as completeness, and money: two decimals. */
export function roundToHundredth(value: number): number {
  return Math.floor((value + FLOAT_NOISE) * 100 + 0.5) / 100;
}
