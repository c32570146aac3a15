import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustPValues } from '#domain/fit/learn/adjust-p-values.ts';
import { type AttributeCounts, withoutCounts } from '#domain/fit/learn/cohort-counts.ts';
import { fisherExact } from '#domain/fit/learn/fisher-exact.ts';
import { informationValue, weightsOfEvidence } from '#domain/fit/learn/information-value.ts';
import { shareOutWeights } from '#domain/fit/learn/share-out-weights.ts';
import { shrunkLift } from '#domain/fit/learn/shrunk-lift.ts';
import { wilsonInterval } from '#domain/fit/learn/wilson-interval.ts';

const size = fc.integer({ min: 0, max: 400 });
const counts = fc
  .tuple(size, size, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(
    ([proven, lost, a, b]): AttributeCounts => ({
      having: { proven: Math.round(proven * a), lost: Math.round(lost * b) },
      known: { proven, lost },
    }),
  );
const cells = fc.array(fc.record({ proven: size, lost: size }), { minLength: 2, maxLength: 8 });

const swap = ({ proven, lost }: AttributeCounts['known']) => ({ proven: lost, lost: proven });

describe('the shrunk lift', () => {
  it('lies between 1 and the raw lift, and comes nearer to 1 the heavier the prior (invariant L1)', () => {
    fc.assert(
      fc.property(counts, (given) => {
        fc.pre(given.known.proven > 0 && given.having.proven + given.having.lost > 0);
        const raw = shrunkLift(given, 0);
        const some = shrunkLift(given, 5);
        const much = shrunkLift(given, 500);
        expect(Math.abs(some - 1)).toBeLessThanOrEqual(Math.abs(raw - 1) + 1e-9);
        expect(Math.abs(much - 1)).toBeLessThanOrEqual(Math.abs(some - 1) + 1e-9);
        expect((some - 1) * (raw - 1)).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });

  it('goes to 1 as a cell of the same shares gets thin (invariant L1)', () => {
    const lifts = [100, 10, 1].map((n) =>
      shrunkLift({ having: { proven: n, lost: 0 }, known: { proven: n, lost: 4 * n } }, 5),
    );
    expect(lifts).toEqual(lifts.toSorted((a, b) => b - a));
    expect(lifts[2]).toBeLessThan(1.7);
  });

  it('is 1 for what nobody has', () => {
    expect(shrunkLift({ having: { proven: 0, lost: 0 }, known: { proven: 9, lost: 9 } }, 5)).toBe(1);
  });
});

describe('the information value', () => {
  it('is never below 0, and the same in any order of the values (invariants L2, L3)', () => {
    fc.assert(
      fc.property(cells, (given) => {
        const value = informationValue(given, 0.5);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(informationValue(given.toReversed(), 0.5)).toBeCloseTo(value, 9);
      }),
    );
  });

  it('is 0 when both cohorts are alike', () => {
    const alike = { proven: 20, lost: 20 };
    expect(informationValue([alike, alike], 0.5)).toBeCloseTo(0, 12);
  });

  it('has evidence of the sign of the difference', () => {
    const [more = 0, less = 0] = weightsOfEvidence(
      [
        { proven: 9, lost: 1 },
        { proven: 1, lost: 9 },
      ],
      0.5,
    );
    expect(more).toBeGreaterThan(0);
    expect(less).toBeCloseTo(-more, 12);
  });
});

function choose(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 0n; i < BigInt(k); i += 1n) result = (result * (BigInt(n) - i)) / (i + 1n);
  return result;
}

/** As the test is defined, every table counted out. */
function byDefinition({ having, known }: AttributeCounts): number {
  const withIt = having.proven + having.lost;
  const ways = (k: number) =>
    k < 0 || k > known.proven || withIt - k < 0 || withIt - k > known.lost
      ? 0n
      : choose(known.proven, k) * choose(known.lost, withIt - k);
  const observed = ways(having.proven);
  let sum = 0n;
  for (let k = 0; k <= withIt; k += 1) if (ways(k) <= observed) sum += ways(k);
  return Number((sum * 10n ** 15n) / choose(known.proven + known.lost, withIt)) / 1e15;
}

describe("Fisher's exact test", () => {
  it('gives what the definition gives', () => {
    const small = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(small, small, small, small, (a, b, c, d) => {
        const given = { having: { proven: a, lost: b }, known: { proven: a + c, lost: b + d } };
        expect(fisherExact(given)).toBeCloseTo(byDefinition(given), 9);
      }),
    );
  });

  it('does not care which cohort is which, nor whether having or lacking is counted', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const p = fisherExact(given);
        expect(fisherExact({ having: swap(given.having), known: swap(given.known) })).toBeCloseTo(p, 9);
        const lacking = withoutCounts(given.known, given.having);
        expect(fisherExact({ having: lacking, known: given.known })).toBeCloseTo(p, 9);
      }),
    );
  });

  it('stays a number for a million companies', () => {
    const p = fisherExact({
      having: { proven: 60_000, lost: 400_000 },
      known: { proven: 120_000, lost: 880_000 },
    });
    expect(p).toBeGreaterThanOrEqual(0);
    expect(p).toBeLessThan(1e-100);
  });

  it('is 1 when there is nobody to compare with', () => {
    expect(fisherExact({ having: { proven: 7, lost: 0 }, known: { proven: 9, lost: 0 } })).toBe(1);
  });
});

describe('p-values of many tests', () => {
  it('are adjusted as Benjamini and Hochberg have it', () => {
    const adjusted = adjustPValues([0.01, 0.04, 0.03, 0.005]);
    expect(adjusted.map((q) => Number(q.toFixed(6)))).toEqual([0.02, 0.04, 0.04, 0.02]);
  });

  it('never get smaller, keep their order, and do not depend on the order of tests (invariant L3)', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { maxLength: 30 }), (given) => {
        const adjusted = adjustPValues(given);
        for (const [index, q] of adjusted.entries()) {
          expect(q).toBeGreaterThanOrEqual((given[index] ?? 0) - 1e-12);
          expect(q).toBeLessThanOrEqual(1);
        }
        expect(adjustPValues(given.toReversed()).toReversed()).toEqual(adjusted);
      }),
    );
  });
});

describe('the interval of a share', () => {
  it('holds the share, stays within 0 and 1, and narrows with more companies', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, share) => {
          const having = Math.round(of * share);
          const { low, high } = wilsonInterval(having, of);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(having / of + 1e-9);
          expect(high).toBeGreaterThanOrEqual(having / of - 1e-9);
          const ten = wilsonInterval(having * 10, of * 10);
          expect(ten.high - ten.low).toBeLessThan(high - low);
        },
      ),
    );
  });
});

describe('weights of criteria', () => {
  it('add up to 100, none above the maximum where there are enough of them, none of 0 for what counts', () => {
    const says = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.02, max: 0.5, noNaN: true })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(says, (given) => {
        const weights = shareOutWeights(given, 30);
        const counted = given.filter((one) => one > 0).length;
        expect(weights.reduce((sum, one) => sum + one, 0)).toBe(counted === 0 ? 0 : 100);
        for (const [index, weight] of weights.entries()) {
          expect(Number.isInteger(weight)).toBe(true);
          expect(weight > 0).toBe((given[index] ?? 0) > 0);
          expect(weight).toBeLessThanOrEqual(counted >= 4 ? 30 : 100);
        }
      }),
    );
  });

  it('are in proportion to what each says', () => {
    expect(shareOutWeights([0.1, 0.2, 0.3, 0.2, 0.2], 30)).toEqual([10, 20, 30, 20, 20]);
    expect(shareOutWeights([0.5, 0.1, 0.1, 0.1, 0.1], 30)).toEqual([30, 18, 18, 17, 17]);
    expect(shareOutWeights([0.5, 0.5], 30)).toEqual([50, 50]);
    // 52.7, 25.5 and 21.8 of 100, the first cut to 30, all scaled up by 100 / 77.3.
    expect(shareOutWeights([0.29, 0.14, 0.12], 30)).toEqual([39, 33, 28]);
  });
});
