import { describe, expect, it } from 'vitest';
import { dayText, parseDay } from '#domain/tier/day.ts';
import { holdEndsOn } from '#domain/tier/hold-ends-on.ts';
import { reviewDate } from '#domain/tier/review-date.ts';
import type { Tier } from '#domain/tier/tier.ts';
import { NEVER_TIERED, type TierState } from '#domain/tier/tier-state.ts';
import { shippedPolicy } from './account.ts';

const since = parseDay('2026-11-21');
const review = (tier: Tier, today: number, overrideUntil: number | null = null) => {
  const day = reviewDate({ tier, since, overrideUntil }, today, shippedPolicy.stay);
  return day === null ? null : dayText(day);
};

describe('the review date', () => {
  it('is a stay after the tier began', () => {
    expect(review('Tier 1', since)).toBe('2027-02-20');
    expect(review('Tier 2', since)).toBe('2027-01-02');
    expect(review('Tier 3', since)).toBe('2026-12-05');
  });

  it('rolls on by the same step once it is past', () => {
    expect(review('Tier 3', since + 14)).toBe('2026-12-05');
    expect(review('Tier 3', since + 15)).toBe('2026-12-19');
    expect(review('Tier 1', since + 200)).toBe(dayText(since + 273));
  });

  it('is the end of an override, whatever the tier', () => {
    expect(review('Not tiered', since, since + 30)).toBe('2026-12-21');
  });

  it('is none where nothing is to be reviewed', () => {
    for (const tier of ['Not tiered', 'Unscored', 'Excluded'] as const)
      expect(review(tier, since)).toBeNull();
  });
});

describe('the end of a hold', () => {
  const state: TierState = { ...NEVER_TIERED, tier: 'Tier 1', since, failingSince: since + 80 };
  const ends = (hold: Parameters<typeof holdEndsOn>[0], today: number, program: number | null = null) =>
    holdEndsOn(hold, state, today, shippedPolicy, program);

  it('is that of the minimum stay or of a longer program', () => {
    expect(ends('DWELL', since + 10)).toBe(since + 91);
    expect(ends('DWELL', since + 10, since + 120)).toBe(since + 120);
  });

  it('is that of the days of grace', () => {
    expect(ends('GRACE', since + 95)).toBe(since + 108);
  });

  it('is the next publish day', () => {
    const monday = parseDay('2026-11-16');
    expect([0, 1, 13].map((days) => ends('AWAITING_PUBLISH', monday + days))).toEqual([
      monday + 14,
      monday + 14,
      monday + 14,
    ]);
  });

  it('is unknown where an event ends it', () => {
    expect(ends('PIPELINE_LOCK', since)).toBeNull();
  });
});
