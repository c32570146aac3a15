import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIT_CRITERIA } from '#domain/fit/fit-policy.ts';
import { type FitMatches, type Match, scoreFit } from '#domain/fit/score-fit.ts';
import { STRONG_FIT, shippedPolicy } from '#test/domain/tier/account.ts';

const policy = shippedPolicy.fit;
const off = { fitStrong: false, fitHigh: false };
const on = { fitStrong: true, fitHigh: true };
const fitOf = (matches: FitMatches, mustHaveMiss: string | null = null, was = off) =>
  scoreFit(matches, mustHaveMiss, policy.weights.general, was, policy);

const criterion = fc.constantFrom(...FIT_CRITERIA.general);
const match = fc.constantFrom<Match>(1, 0.5, 0, null);
const matches = fc.record(
  Object.fromEntries(FIT_CRITERIA.general.map((name) => [name, match])) as Record<string, typeof match>,
);
/** Worst to best: unknown stands between a miss and an adjacent match. */
const order: readonly Match[] = [0, null, 0.5, 1];

describe('fit', () => {
  it('is the share of the weight that matches', () => {
    expect(fitOf(STRONG_FIT)).toMatchObject({ fit: 80, completeness: 1, band: 'strong' });
  });

  it('counts the unknown below average, so that a blank record is neither good nor bad', () => {
    expect(fitOf({})).toMatchObject({ fit: 35, completeness: 0 });
    expect(fitOf({ geo: 1, maturity: 0.5 })).toMatchObject({ fit: 43, completeness: 0.2 });
  });

  it('is capped when a must-have is missed', () => {
    expect(fitOf({ ...STRONG_FIT, geo: 0 }, 'geo')).toMatchObject({ fit: 49, band: 'low' });
  });

  it('takes a missed must-have for a miss, whatever else was said of it', () => {
    const blank: FitMatches = { ...STRONG_FIT, industry: 0 };
    const missed = fitOf({ ...blank, revenue: 0 }, 'revenue');
    expect(missed.fit).toBe(45);
    expect(fitOf({ ...blank, revenue: 1 }, 'revenue')).toEqual(missed);
    expect(fitOf({ ...blank, revenue: null }, 'revenue')).toEqual(missed);
  });

  it('weighs what the ICP says, of whatever sum', () => {
    const weights = { industry: 3, origin: 1 };
    expect(scoreFit({ industry: 1 }, null, weights, off, policy)).toMatchObject({
      fit: 83.8,
      completeness: 0.75,
    });
  });

  it('holds a band down to its stay edge', () => {
    const seventySix = {
      ...STRONG_FIT,
      employees: 0.5 as const,
      customerBase: 0.5 as const,
      budget: 0.5 as const,
    };
    expect(fitOf(seventySix)).toMatchObject({ fit: 80 - 7.5 + 2.5 + 5, band: 'strong' });
    const seventyFive = { ...seventySix, maturity: 0 as const };
    expect(fitOf(seventyFive)).toMatchObject({ fit: 75, band: 'high' });
    expect(fitOf(seventyFive, null, on)).toMatchObject({ fit: 75, band: 'strong' });
  });

  it('is medium from 50 up to the edge of high', () => {
    const sixtyFive = { ...STRONG_FIT, tech: 0 as const };
    expect(fitOf(sixtyFive)).toMatchObject({ fit: 65, band: 'medium' });
    expect(fitOf(sixtyFive, null, on)).toMatchObject({ fit: 65, band: 'high', isStrong: false });
    expect(fitOf({ ...sixtyFive, employees: 0 })).toMatchObject({ fit: 50, band: 'medium' });
    expect(fitOf({ ...sixtyFive, employees: 0, maturity: 0 })).toMatchObject({ fit: 45, band: 'low' });
  });

  it('never falls when one criterion matches better', () => {
    fc.assert(
      fc.property(matches, criterion, match, match, (rest, name, one, other) => {
        const [worse, better] = order.indexOf(one) <= order.indexOf(other) ? [one, other] : [other, one];
        expect(fitOf({ ...rest, [name]: better }).fit).toBeGreaterThanOrEqual(
          fitOf({ ...rest, [name]: worse }).fit,
        );
      }),
    );
  });

  it('stays between 0 and 100, and a band once on is on again with the same values', () => {
    fc.assert(
      fc.property(
        matches,
        fc.option(criterion),
        fc.boolean(),
        fc.boolean(),
        (given, miss, fitStrong, fitHigh) => {
          const first = fitOf(given, miss, { fitStrong, fitHigh });
          expect(first.fit).toBeGreaterThanOrEqual(0);
          expect(first.fit).toBeLessThanOrEqual(100);
          expect(fitOf(given, miss, { fitStrong: first.isStrong, fitHigh: first.isHigh })).toEqual(first);
        },
      ),
    );
  });
});
