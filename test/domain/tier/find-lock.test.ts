import { describe, expect, it } from 'vitest';
import { findLock, type HeldTier } from '#domain/tier/find-lock.ts';
import type { Tier } from '#domain/tier/tier.ts';
import { shippedPolicy } from './account.ts';

const lockOf = (held: Partial<HeldTier>, computed: Tier) =>
  findLock(
    { tier: 'Tier 2', daysInTier: 500, failingDays: 500, openOpportunity: false, ...held },
    computed,
    shippedPolicy.stay,
  );

describe('what holds a tier', () => {
  it.each([
    ['Tier 1', 90, 91],
    ['Tier 2', 41, 42],
    ['Tier 3', 13, 14],
  ] as const)('is the minimum stay: %s is held on day %i and free on day %i', (tier, held, free) => {
    expect(lockOf({ tier, daysInTier: held }, 'Not tiered')).toBe('DWELL');
    expect(lockOf({ tier, daysInTier: free }, 'Not tiered')).toBeNull();
  });

  it('is a grace of 28 failing days once the stay is over', () => {
    expect(lockOf({ failingDays: 27 }, 'Tier 3')).toBe('GRACE');
    expect(lockOf({ failingDays: 28 }, 'Tier 3')).toBeNull();
  });

  it('names an open deal before the stay and the stay before the grace', () => {
    expect(lockOf({ openOpportunity: true, daysInTier: 1, failingDays: 1 }, 'Tier 3')).toBe('PIPELINE_LOCK');
    expect(lockOf({ daysInTier: 1, failingDays: 1 }, 'Tier 3')).toBe('DWELL');
  });

  it('lasts as long as a program that outlasts the minimum stay', () => {
    expect(lockOf({ tier: 'Tier 1', daysInTier: 150, programDays: 180 }, 'Tier 3')).toBe('DWELL');
    expect(lockOf({ tier: 'Tier 1', daysInTier: 180, programDays: 180 }, 'Tier 3')).toBeNull();
  });

  it('holds nothing against a better or equal tier', () => {
    expect(lockOf({ daysInTier: 0 }, 'Tier 1')).toBeNull();
    expect(lockOf({ daysInTier: 0 }, 'Tier 2')).toBeNull();
  });

  it('never holds against an exclusion', () => {
    expect(lockOf({ openOpportunity: true, daysInTier: 0 }, 'Excluded')).toBeNull();
  });

  it('holds no account that is below Tier 3', () => {
    expect(lockOf({ tier: 'Not tiered', daysInTier: 0, openOpportunity: true }, 'Unscored')).toBeNull();
    expect(lockOf({ tier: 'Excluded', daysInTier: 0, openOpportunity: true }, 'Not tiered')).toBeNull();
    expect(lockOf({ tier: null, openOpportunity: true }, 'Not tiered')).toBeNull();
  });
});
