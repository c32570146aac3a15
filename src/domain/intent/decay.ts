// How much of something is left after some days. Knows no date: ages are arguments.

/** 1 at age 0, 0.5 after one half-life. */
export function decayFactor(ageDays: number, halfLifeDays: number): number {
  return 2 ** (-ageDays / halfLifeDays);
}
