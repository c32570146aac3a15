import { describe, expect, it } from 'vitest';
import { buildAcvBenchmarks, percentile, type WonDeal } from '#domain/value/acv-benchmarks.ts';
import type { Deal } from '#domain/value/deal.ts';
import { decideMotion } from '#domain/value/decide-motion.ts';
import { type AcvEvidence, estimateAcv } from '#domain/value/estimate-acv.ts';
import { isPipelineLocked } from '#domain/value/is-pipeline-locked.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const policy = shippedPolicy.value;
const asOf = Date.UTC(2026, 10, 21);
const daysAgo = (days: number) => asOf - days * 86_400_000;

const openDeal = (amount: number | null, termMonths: number | null = null): Deal => ({
  amount,
  termMonths,
  isClosed: false,
  isWon: false,
  closeAtMs: daysAgo(-30),
});
const wonDeal = (amount: number, days: number): Deal => ({
  amount,
  termMonths: null,
  isClosed: true,
  isWon: true,
  closeAtMs: daysAgo(days),
});

/** Software houses below 100: median 30k of five. Four banks: too few. Median of all nine: 40k. */
const wins: readonly WonDeal[] = [
  ...[10, 20, 30, 40, 50].map((thousand) => ({
    annualAmount: thousand * 1000,
    industry: 'Software',
    employees: 60,
  })),
  ...[60, 70, 80, 90].map((thousand) => ({
    annualAmount: thousand * 1000,
    industry: 'Banking',
    employees: 800,
  })),
];
const benchmarks = buildAcvBenchmarks(wins, policy);
const evidence = (changes: Partial<AcvEvidence> = {}): AcvEvidence => ({
  deals: [],
  industry: null,
  employees: null,
  seats: null,
  motion: 'acquire',
  ...changes,
});
const estimate = (changes: Partial<AcvEvidence>, priced = policy) =>
  estimateAcv(evidence(changes), benchmarks, priced, asOf);

describe('the estimate of what a company could bring', () => {
  it('is its largest open deal, by the year', () => {
    const deals = [openDeal(90_000, 36), openDeal(45_000), openDeal(null), wonDeal(800_000, 20)];
    expect(estimate({ deals, industry: 'Software', employees: 60 })).toMatchObject({
      acv: 45_000,
      source: 'open_opportunity',
    });
  });

  it('is else the median of what its peers brought', () => {
    expect(estimate({ industry: 'SOFTWARE', employees: 99 })).toMatchObject({
      acv: 30_000,
      source: 'peer_median',
    });
  });

  it('does not believe fewer than five peers, nor peers of another size', () => {
    expect(estimate({ industry: 'Banking', employees: 800 })).toMatchObject({
      acv: 50_000,
      source: 'org_median',
    });
    expect(estimate({ industry: 'Software', employees: 100 }).source).toBe('org_median');
  });

  it('is else seats by price, once a price is set', () => {
    const priced = { ...policy, seats: { price: 40, perEmployee: 0.5 } };
    expect(estimate({ employees: 300 }, priced)).toMatchObject({ acv: 6000, source: 'seats' });
    expect(estimate({ employees: 300, seats: 25 }, priced)).toMatchObject({ acv: 1000, source: 'seats' });
  });

  it('is unknown when nothing was ever won', () => {
    const nothing = buildAcvBenchmarks([], policy);
    expect(estimateAcv(evidence(), nothing, policy, asOf)).toEqual({
      acv: null,
      source: 'default',
      alreadyWon: 0,
    });
  });

  it('is for a customer what is still to win: the estimate less the last twelve months', () => {
    const deals = [wonDeal(12_000, 100), wonDeal(7000, 366), openDeal(60_000)];
    expect(estimate({ deals, motion: 'expand' })).toEqual({
      acv: 48_000,
      source: 'open_opportunity',
      alreadyWon: 12_000,
    });
    expect(estimate({ deals: [wonDeal(900_000, 3)], motion: 'expand' }).acv).toBe(0);
  });
});

describe('the edges of the ACV bands', () => {
  it('are the policy’s until twenty deals are won', () => {
    expect(benchmarks.cuts).toEqual({ large: 100_000, medium: 25_000 });
  });

  it('are then percentiles of what was won', () => {
    const twenty = Array.from({ length: 21 }, (_, at) => ({
      annualAmount: at * 1000,
      industry: null,
      employees: null,
    }));
    expect(buildAcvBenchmarks(twenty, policy).cuts).toEqual({ large: 15_000, medium: 8000 });
  });

  it('stay the policy’s when everything sells for one price', () => {
    const same = Array.from({ length: 30 }, () => ({ annualAmount: 9000, industry: null, employees: null }));
    expect(buildAcvBenchmarks(same, policy).cuts).toEqual(policy.bands);
  });

  it('lie between two wins in proportion', () => {
    expect(percentile([40, 10, 20, 30], 0.5)).toBe(25);
    expect(percentile([10, 20], 0.75)).toBe(17.5);
    expect(percentile([7], 0.4)).toBe(7);
  });
});

describe('the motion', () => {
  it('is expand with a deal won, or for a customer by type or lifecycle stage', () => {
    expect(decideMotion([wonDeal(1, 900), openDeal(5)], null, null)).toBe('expand');
    expect(decideMotion([], 'Customer - Direct', null)).toBe('expand');
    expect(decideMotion([openDeal(5)], null, 'customer')).toBe('expand');
  });

  it('is convert with an open deal, else acquire', () => {
    expect(decideMotion([openDeal(null)], 'Prospect', 'opportunity')).toBe('convert');
    expect(decideMotion([{ ...openDeal(5), isClosed: true }], 'Former Customer', 'lead')).toBe('acquire');
  });
});

const closing = (days: number): Deal => ({ ...openDeal(5), closeAtMs: daysAgo(days) });

describe('an open deal', () => {
  it('locks until its close date is more than 90 days past', () => {
    expect(isPipelineLocked([closing(-400)], asOf, 90)).toBe(true);
    expect(isPipelineLocked([closing(90)], asOf, 90)).toBe(true);
    expect(isPipelineLocked([closing(91)], asOf, 90)).toBe(false);
    expect(isPipelineLocked([{ ...openDeal(5), closeAtMs: null }], asOf, 90)).toBe(true);
  });

  it('locks no longer once it is closed', () => {
    expect(isPipelineLocked([{ ...closing(1), isClosed: true }, wonDeal(5, 1)], asOf, 90)).toBe(false);
  });
});
