import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceTier, type RunDay, type TierStep } from '#domain/tier/advance-tier.ts';
import { dayText, isPublishDay, parseDay } from '#domain/tier/day.ts';
import { type Assessment, NO_FLAGS } from '#domain/tier/evaluation.ts';
import { isBetter, isRanked, TIERS, type Tier } from '#domain/tier/tier.ts';
import { NEVER_TIERED, type TierState } from '#domain/tier/tier-state.ts';
import { shippedPolicy } from './account.ts';

/** A Monday, 75 × 14 days after 2024-01-01: itself a publish day. */
const START = parseDay('2026-11-16');
const { publishFrom, publishEveryDays } = shippedPolicy.change;
const publishes = (day: number) => isPublishDay(day, parseDay(publishFrom), publishEveryDays);

const assessed = (computedTier: Tier, actNow = false): Assessment => ({
  id: 'Sable Freight',
  computedTier,
  reasons: actNow ? ['RULE', 'ACT_NOW'] : ['RULE'],
  fit: 80,
  completeness: 1,
  intent: 60,
  intentOn: true,
  engagement: 30,
  engagementThreshold: 30,
  people: 2,
  engagedOn: true,
  on: NO_FLAGS,
  actNow,
  acvBand: 'large',
  priority: 50,
});

const run = (
  state: TierState,
  day: number,
  computed: Tier,
  changes: Partial<RunDay & { actNow: boolean }> = {},
) =>
  advanceTier(
    state,
    assessed(computed, changes.actNow),
    { day, openOpportunity: false, override: null, ...changes },
    shippedPolicy,
  );

/** One nightly run a day from `from` on; the steps of all. */
function nights(
  state: TierState,
  from: number,
  computed: readonly Tier[],
  changes: Partial<RunDay> = {},
): readonly TierStep[] {
  let current = state;
  return computed.map((tier, index) => {
    const step = run(current, from + index, tier, changes);
    current = step.state;
    return step;
  });
}
const tiersOf = (steps: readonly TierStep[]) => steps.map(({ tier }) => tier);
const holdsOf = (steps: readonly TierStep[]) => steps.map(({ hold }) => hold);
const times = (count: number, tier: Tier) => Array.from({ length: count }, () => tier);
const stateAfter = (steps: readonly TierStep[]) => steps.at(-1)?.state ?? NEVER_TIERED;

/** In the tier for so long, and failing for so long, as of the night before START. */
const inTier = (tier: Tier, days: number, changes: Partial<TierState> = {}): TierState => ({
  ...NEVER_TIERED,
  tier,
  since: START - days,
  nightlyOn: START - 1,
  shownTier: tier,
  shownSince: START - days,
  ...changes,
});

describe('a first tier', () => {
  it('is the computed one, at once and in any run', () => {
    const first = run(NEVER_TIERED, START, 'Tier 1');
    expect(first).toMatchObject({ tier: 'Tier 1', hold: null, reasons: ['RULE'] });
    expect(first.state).toMatchObject({ since: START, changedOn: [], nightlyOn: START, shownSince: START });
  });
});

describe('a promotion', () => {
  it('waits for a second night in a row', () => {
    const steps = nights(inTier('Tier 3', 30), START, ['Tier 1', 'Tier 1']);
    expect(tiersOf(steps)).toEqual(['Tier 3', 'Tier 1']);
    expect(steps[0]?.reasons).toEqual(['RULE', 'CONFIRMING']);
    expect(stateAfter(steps)).toMatchObject({ since: START + 1, pendingNights: 0, changedOn: [START + 1] });
  });

  it('is forgotten after a night without a better tier', () => {
    const steps = nights(inTier('Tier 3', 30), START, ['Tier 2', 'Tier 3', 'Tier 2', 'Tier 2']);
    expect(tiersOf(steps)).toEqual(['Tier 3', 'Tier 3', 'Tier 3', 'Tier 2']);
  });

  it('leads to what the second night computes', () => {
    expect(tiersOf(nights(inTier('Tier 3', 30), START, ['Tier 2', 'Tier 1']))).toEqual(['Tier 3', 'Tier 1']);
  });

  it('is not confirmed by a second run of the same day', () => {
    const first = run(inTier('Tier 3', 30), START, 'Tier 2');
    const second = run(first.state, START, 'Tier 2');
    expect(second).toMatchObject({ tier: 'Tier 3', hold: 'CONFIRMING' });
    expect(second.state.pendingNights).toBe(1);
  });

  it('comes at once on act-now, in any run', () => {
    const night = run(inTier('Tier 3', 30), START, 'Tier 3');
    expect(run(night.state, START, 'Tier 1', { actNow: true })).toMatchObject({ tier: 'Tier 1', hold: null });
  });
});

describe('a demotion', () => {
  it('waits for the minimum stay, then the days of grace, then the publish day', () => {
    // 80 days in Tier 1; falls from now on: 11 nights of stay, 17 more of grace, then the next publish day.
    const steps = nights(inTier('Tier 1', 80), START, times(60, 'Tier 3'));
    const holds = holdsOf(steps);
    expect(holds.slice(0, 11)).toEqual(Array(11).fill('DWELL'));
    expect(holds.slice(11, 28)).toEqual(Array(17).fill('GRACE'));
    const published = holds.findIndex((hold) => hold === null);
    expect(holds.slice(28, published)).toEqual(Array(published - 28).fill('AWAITING_PUBLISH'));
    expect(publishes(START + published)).toBe(true);
    expect(published).toBe(
      [28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41].find((at) => publishes(START + at)),
    );
    expect(steps[published]).toMatchObject({ tier: 'Tier 3', reasons: ['RULE'] });
    expect(steps[published]?.state).toMatchObject({ since: START + published, failingSince: null });
  });

  it('counts its failing days anew after one good night', () => {
    const before = inTier('Tier 2', 100, { failingSince: START - 27 });
    const steps = nights(before, START, ['Tier 2', 'Tier 3', 'Tier 3']);
    expect(holdsOf(steps)).toEqual([null, 'GRACE', 'GRACE']);
    expect(stateAfter(steps).failingSince).toBe(START + 1);
  });

  it('is held by an open deal before anything else', () => {
    expect(run(inTier('Tier 1', 2), START, 'Tier 3', { openOpportunity: true }).hold).toBe('PIPELINE_LOCK');
  });

  it('is held until the end of a longer program', () => {
    const ready = inTier('Tier 1', 120, { failingSince: START - 40 });
    expect(run(ready, START, 'Tier 3', { programEndsOn: START + 5 }).hold).toBe('DWELL');
    expect(run(ready, START, 'Tier 3', { programEndsOn: START }).hold).not.toBe('DWELL');
  });

  it('never comes in a second run of a day', () => {
    const day =
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((at) => START + at).find(publishes) ?? START;
    const ready = inTier('Tier 1', 200, { failingSince: START - 60, nightlyOn: day });
    const second = run(ready, day, 'Tier 3');
    expect(second).toMatchObject({ tier: 'Tier 1', hold: 'AWAITING_PUBLISH' });
    expect(second.state).toEqual({ ...ready, acvBand: 'large' });
  });

  it('is undone by no promotion that was pending', () => {
    const steps = nights(inTier('Tier 2', 100), START, ['Tier 1', 'Tier 3', 'Tier 1']);
    expect(holdsOf(steps)).toEqual(['CONFIRMING', 'GRACE', 'CONFIRMING']);
  });
});

describe('what is not ours to judge', () => {
  it('excludes at once and lets back in at once, in any run', () => {
    const night = run(inTier('Tier 1', 3), START, 'Tier 1');
    const out = run(night.state, START, 'Excluded', { openOpportunity: true });
    expect(out).toMatchObject({ tier: 'Excluded', hold: null });
    expect(run(out.state, START, 'Tier 2')).toMatchObject({ tier: 'Tier 2', hold: null });
  });

  it('passes a merged, closed or opted-out company at once', () => {
    expect(run(inTier('Tier 1', 3), START, 'Not tiered', { isImmediate: true })).toMatchObject({
      tier: 'Not tiered',
      hold: null,
    });
  });

  it('makes Not tiered Unscored and back by night, without waiting', () => {
    const steps = nights(inTier('Not tiered', 1), START, ['Unscored', 'Not tiered']);
    expect(tiersOf(steps)).toEqual(['Unscored', 'Not tiered']);
    expect(stateAfter(steps).changedOn).toEqual([START, START + 1]);
    expect(run(stateAfter(steps), START + 1, 'Unscored').tier).toBe('Not tiered');
  });
});

describe('the flap guard', () => {
  const restless = inTier('Tier 3', 30, { changedOn: [START - 150, START - 90, START - 30] });

  it('freezes what would be the fourth change in 180 days, and leaves the rest as it was', () => {
    const steps = nights(restless, START, times(2, 'Tier 1'));
    expect(holdsOf(steps)).toEqual(['CONFIRMING', 'FROZEN']);
    expect(steps[1]).toMatchObject({ tier: 'Tier 3', reasons: ['RULE', 'FROZEN'] });
    expect(steps[1]?.state).toEqual({ ...steps[0]?.state, nightlyOn: START + 1 });
    expect(run(restless, START, 'Tier 1', { actNow: true }).hold).toBe('FROZEN');
  });

  it('looks back 180 days', () => {
    const old = { ...restless, changedOn: [START - 180, START - 90, START - 30] };
    expect(run(old, START, 'Tier 1', { actNow: true }).hold).toBe('FROZEN');
    const older = { ...restless, changedOn: [START - 181, START - 90, START - 30] };
    const step = run(older, START, 'Tier 1', { actNow: true });
    expect(step.tier).toBe('Tier 1');
    expect(step.state.changedOn).toEqual([START - 90, START - 30, START]);
  });

  it('lets exclusions pass, and what only changes its name', () => {
    expect(run(restless, START, 'Excluded').tier).toBe('Excluded');
    const low = { ...restless, tier: 'Not tiered' as const };
    expect(run(low, START, 'Unscored')).toMatchObject({ tier: 'Unscored', hold: null });
  });
});

describe('an override', () => {
  const pin = { kind: 'pin', tier: 'Tier 1', expiresInDays: 60 } as const;

  it('is shown at once and changes nothing underneath', () => {
    const step = run(inTier('Tier 3', 30), START, 'Tier 3', { override: pin });
    expect(step).toMatchObject({ tier: 'Tier 1', reasons: ['RULE', 'OVERRIDE_PIN'] });
    expect(step.state).toMatchObject({
      tier: 'Tier 3',
      since: START - 30,
      shownTier: 'Tier 1',
      shownSince: START,
    });
  });

  it('lets the days run on, and starts no stay when it ends', () => {
    const pinned = nights(inTier('Tier 2', 100), START, times(20, 'Tier 3'), { override: pin });
    expect(stateAfter(pinned)).toMatchObject({ failingSince: START, shownSince: START });
    const after = run(stateAfter(pinned), START + 20, 'Tier 2');
    expect(after).toMatchObject({ tier: 'Tier 2', state: { shownSince: START - 100 } });
  });

  it('is said after what holds', () => {
    const held = run(inTier('Tier 1', 3), START, 'Tier 3', {
      override: { kind: 'ceiling', tier: 'Tier 2', expiresInDays: 5 },
    });
    expect(held.reasons).toEqual(['RULE', 'DWELL', 'OVERRIDE_CEILING']);
  });
});

describe('publish days', () => {
  it('are every fourteenth day from Monday 2024-01-01', () => {
    expect(['2024-01-01', '2024-01-15', '2026-11-23'].map((text) => publishes(parseDay(text)))).toEqual([
      true,
      true,
      false,
    ]);
    expect(dayText(parseDay('2024-01-01') + 14 * 75)).toBe('2026-11-16');
    expect(publishes(parseDay('2023-12-18'))).toBe(true);
  });
});

describe('whatever is computed night by night', () => {
  const computed = fc.array(fc.constantFrom(...TIERS), { minLength: 1, maxLength: 400 });
  /** Mostly the same as the night before, as real accounts are. */
  const sluggish = fc
    .array(fc.tuple(fc.constantFrom(...TIERS), fc.nat(40)), { minLength: 1, maxLength: 30 })
    .map((spells) => spells.flatMap(([tier, length]) => times(length + 1, tier)));

  it('a tier is left downwards only after its minimum stay, on a publish day', () => {
    fc.assert(
      fc.property(fc.oneof(computed, sluggish), (tiers) => {
        let state = NEVER_TIERED;
        for (const [index, tier] of tiers.entries()) {
          const before = state;
          state = run(before, START + index, tier).state;
          if (before.tier === null || state.tier === null || before.since === null) continue;
          const fell =
            isBetter(before.tier, state.tier) && state.tier !== 'Excluded' && isRanked(before.tier);
          if (!fell || !isRanked(before.tier)) continue;
          expect(START + index - before.since).toBeGreaterThanOrEqual(
            shippedPolicy.stay.dwellDays[before.tier],
          );
          expect(publishes(START + index)).toBe(true);
        }
      }),
    );
  });

  it('the guarded changes stay within three in 180 days', () => {
    const guardable = fc.array(fc.constantFrom<Tier>('Tier 1', 'Tier 2', 'Tier 3', 'Not tiered'), {
      minLength: 200,
      maxLength: 400,
    });
    fc.assert(
      fc.property(guardable, (tiers) => {
        const changes: number[] = [];
        let state = NEVER_TIERED;
        for (const [index, tier] of tiers.entries()) {
          const before = state;
          state = run(before, START + index, tier, { actNow: index % 3 === 0 }).state;
          if (before.tier !== null && state.tier !== before.tier) changes.push(index);
        }
        const fourWithin = changes.filter((day, at) => at >= 3 && day - (changes[at - 3] ?? 0) <= 180);
        expect(fourWithin).toEqual([]);
      }),
    );
  });
});
