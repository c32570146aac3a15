// A small seeded generator: the same seed gives the same world on every machine and Node version.
// Forks are named, so that a new question asked in one place doesn't change the answers everywhere else.

export interface Random {
  /** In [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  /** Picks by weight; weights need not add up to anything. */
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  /** Around `median`; about two thirds lie within a factor of e^spread of it. */
  logNormal(median: number, spread: number): number;
  /** An independent generator, decided by this one's seed and the label alone. */
  fork(label: string | number): Random;
}

// FNV-1a over the label's code units: short labels, no security.
const hashOf = (seed: number, label: string): number => {
  let hash = (seed ^ 0x81_1c_9d_c5) >>> 0;
  for (let at = 0; at < label.length; at += 1)
    hash = Math.imul(hash ^ label.charCodeAt(at), 0x01_00_01_93) >>> 0;
  return hash;
};

export const createRandom = (seed: number): Random => {
  // splitmix32 (public domain): passes what a demo needs, and one integer is its whole state.
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e_37_79_b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21_f0_aa_ad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x73_5a_2d_97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  };

  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };

  return {
    next,
    chance: (probability) => next() < probability,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick,
    weighted(items) {
      let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        rest -= weight;
        if (rest < 0) return item;
      }
      return pick(items)[0];
    },
    logNormal(median, spread) {
      // Box-Muller; 1 - next() keeps the logarithm away from zero.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(spread * normal);
    },
    fork: (label) => createRandom(hashOf(seed, String(label))),
  };
};
