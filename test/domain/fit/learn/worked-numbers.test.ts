// The numbers that the policy's page works out by hand: 40 proven customers, 160 lost.
import { describe, expect, it } from 'vitest';
import { checkFill } from '#domain/fit/learn/check-fill.ts';
import { type AttributeCounts, withoutCounts } from '#domain/fit/learn/cohort-counts.ts';
import { fisherExact } from '#domain/fit/learn/fisher-exact.ts';
import { informationValue, weightsOfEvidence } from '#domain/fit/learn/information-value.ts';
import { shrunkLift } from '#domain/fit/learn/shrunk-lift.ts';
import { wilsonInterval } from '#domain/fit/learn/wilson-interval.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const policy = shippedPolicy.learning;
const known = { proven: 40, lost: 160 };
const erp: AttributeCounts = { having: { proven: 32, lost: 48 }, known };
const unitedStates: AttributeCounts = { having: { proven: 30, lost: 112 }, known };
const cellsOf = ({ having }: AttributeCounts) => [having, withoutCounts(known, having)];

describe('ERP, which 32 of 40 proven and 48 of 160 lost companies have', () => {
  it('has a raw lift of 2.00 and a shrunk one of 1.889', () => {
    expect(shrunkLift(erp, 0)).toBeCloseTo(2, 10);
    expect(shrunkLift(erp, policy.liftPrior)).toBeCloseTo(1.889, 3);
  });

  it('has evidence of 0.9675 for having it and -1.2151 for not', () => {
    const [yes, no] = weightsOfEvidence(cellsOf(erp), policy.evidenceAdjustment);
    expect(yes).toBeCloseTo(0.9675, 4);
    expect(no).toBeCloseTo(-1.2151, 4);
  });

  it('has an information value of 1.0726, which is strong enough to be suspicious', () => {
    const value = informationValue(cellsOf(erp), policy.evidenceAdjustment);
    expect(value).toBeCloseTo(1.0726, 4);
    expect(value).toBeGreaterThan(policy.informationValue[3]);
  });

  it('is had by 65.2 to 89.5% of such customers', () => {
    const { low, high } = wilsonInterval(32, 40);
    expect(low * 100).toBeCloseTo(65.2, 1);
    expect(high * 100).toBeCloseTo(89.5, 1);
  });

  it('is no accident: p is about 1.2e-8', () => {
    expect(fisherExact(erp) * 1e8).toBeCloseTo(1.2, 1);
  });
});

describe('the United States, where 30 of 40 and 112 of 160 are', () => {
  it('say nothing: information value 0.0102', () => {
    const value = informationValue(cellsOf(unitedStates), policy.evidenceAdjustment);
    expect(value).toBeCloseTo(0.0102, 4);
    expect(value).toBeLessThan(policy.informationValue[0]);
    expect(fisherExact(unitedStates)).toBeGreaterThan(0.5);
  });
});

describe('a segment that is filled for 40 of 40 and 10 of 160', () => {
  it('is filled because they bought: information value 6.51', () => {
    const fill = checkFill({ proven: 40, lost: 10 }, known, policy);
    expect(fill.informationValue).toBeCloseTo(6.51, 2);
    expect(fill.isSuspicious).toBe(true);
  });
});
