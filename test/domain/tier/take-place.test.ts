// Slots over time: who keeps one, who waits, since when a tier is shown.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceTier, type TierStep } from '#domain/tier/advance-tier.ts';
import { assessAccount } from '#domain/tier/assess-account.ts';
import { parseDay } from '#domain/tier/day.ts';
import { findLockedTier, mayEnterSlot, type SlotSituation, takePlace } from '#domain/tier/take-place.ts';
import type { Tier } from '#domain/tier/tier.ts';
import { NEVER_TIERED, type TierState } from '#domain/tier/tier-state.ts';
import { anAccount, SURGING, shippedPolicy, TWO_ENGAGED } from './account.ts';

/** A Monday, and a publish day: 75 times 14 days after 2024-01-01. */
const PUBLISH_DAY = parseDay('2026-11-16');
const TIER_1 = anAccount({ topics: [...SURGING], events: [...TWO_ENGAGED], topicsConfigured: 1 });

const situation = (changes: Partial<SlotSituation> = {}, before: Partial<TierState> = {}): SlotSituation => ({
  before: { ...NEVER_TIERED, ...before },
  tier: 'Tier 1',
  day: PUBLISH_DAY,
  openOpportunity: false,
  actNow: false,
  override: null,
  ...changes,
});
const held = (tier: Tier, days: number, more: Partial<TierState> = {}) => ({
  tier,
  shownTier: tier,
  shownSince: PUBLISH_DAY - days,
  nightlyOn: PUBLISH_DAY - 1,
  ...more,
});
const locked = (changes?: Partial<SlotSituation>, before?: Partial<TierState>) =>
  findLockedTier(situation(changes, before), shippedPolicy);

describe('a slot', () => {
  it('is locked for nobody who never had one, whatever the tier underneath', () => {
    expect(locked()).toBeNull();
    expect(locked({ openOpportunity: true })).toBeNull();
    expect(locked({}, { ...held('Tier 1', 5), shownTier: 'Not tiered' })).toBeNull();
  });

  it('is kept for its minimum stay', () => {
    expect(locked({}, held('Tier 1', 90))).toBe('Tier 1');
    expect(locked({}, held('Tier 1', 91))).toBeNull();
    expect(locked({}, held('Tier 2', 41))).toBe('Tier 2');
    expect(locked({}, held('Tier 2', 42))).toBeNull();
  });

  it('is kept while a deal is open, and until the nightly run of a publish day', () => {
    expect(locked({ openOpportunity: true }, held('Tier 1', 400))).toBe('Tier 1');
    expect(locked({ day: PUBLISH_DAY + 1 }, held('Tier 1', 400))).toBe('Tier 1');
    expect(locked({}, held('Tier 1', 400, { nightlyOn: PUBLISH_DAY }))).toBe('Tier 1');
    expect(locked({}, held('Tier 1', 400))).toBeNull();
  });

  it('is what a person said while it holds, never more than what the company wants', () => {
    const pin = { kind: 'pin', tier: 'Tier 1', expiresInDays: 3 } as const;
    expect(locked({ override: pin })).toBe('Tier 1');
    expect(locked({ override: { ...pin, expiresInDays: 0 } })).toBeNull();
    expect(locked({ override: { ...pin, kind: 'floor', tier: 'Tier 2' } })).toBe('Tier 2');
    expect(locked({ override: { ...pin, kind: 'ceiling', tier: 'Tier 2' } })).toBeNull();
    expect(locked({ tier: 'Tier 2' }, held('Tier 1', 10))).toBe('Tier 2');
  });

  it('that is waited for is entered in a nightly run, or at once on act-now', () => {
    const waiting = { ...held('Tier 2', 10), tier: 'Tier 1', tierUncapped: 'Tier 1' } as const;
    expect(mayEnterSlot(situation({}, waiting))).toBe(true);
    const afternoon = { ...waiting, nightlyOn: PUBLISH_DAY };
    expect(mayEnterSlot(situation({}, afternoon))).toBe(false);
    expect(mayEnterSlot(situation({ actNow: true }, afternoon))).toBe(true);
    // A person just lifted it to Tier 1.
    expect(mayEnterSlot(situation({}, { ...held('Tier 2', 10), nightlyOn: PUBLISH_DAY }))).toBe(true);
  });
});

const shown = (steps: readonly TierStep[]) =>
  steps.map(({ tier, state }) => [tier, (state.shownSince ?? 0) - PUBLISH_DAY]);

describe('a company over days with and without a slot', () => {
  const capped = { tier: 'Tier 2', tierUncapped: 'Tier 1', limits: [] } as const;
  const free = { tier: 'Tier 1', tierUncapped: 'Tier 1', limits: [] } as const;
  const live = (days: readonly (typeof capped | typeof free)[]): readonly TierStep[] => {
    const steps: TierStep[] = [];
    let state = NEVER_TIERED;
    for (const [index, place] of days.entries()) {
      const day = PUBLISH_DAY + index;
      const assessment = assessAccount(TIER_1, state, shippedPolicy);
      const step = advanceTier(
        state,
        assessment,
        { day, openOpportunity: false, override: null },
        shippedPolicy,
      );
      const taken = takePlace(step, state, place, day);
      steps.push(taken);
      state = taken.state;
    }
    return steps;
  };
  it('shows the next tier with the code, and remembers what it would be', () => {
    const [first] = live([capped]);
    expect(first).toMatchObject({
      tier: 'Tier 2',
      computedTier: 'Tier 1',
      reasons: ['GOLDILOCKS_JUST_RIGHT', 'CAPACITY'],
      state: { tier: 'Tier 1', shownTier: 'Tier 2', tierUncapped: 'Tier 1' },
    });
  });

  it('counts the days of what people see, from the day on which it was shown', () => {
    expect(shown(live([capped, capped, free, free, free]))).toEqual([
      ['Tier 2', 0],
      ['Tier 2', 0],
      ['Tier 1', 2],
      ['Tier 1', 2],
      ['Tier 1', 2],
    ]);
    expect(shown(live([free, free, capped, capped, free]))).toEqual([
      ['Tier 1', 0],
      ['Tier 1', 0],
      ['Tier 2', 2],
      ['Tier 2', 2],
      ['Tier 1', 4],
    ]);
  });

  it('leaves the tier underneath as it would be without limits (invariant T16)', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(capped, free), { minLength: 1, maxLength: 30 }), (days) => {
        const limited = live(days).at(-1)?.state;
        const unlimited = live(days.map(() => free)).at(-1)?.state;
        const { tier, since, failingSince, pendingNights, changedOn } = unlimited ?? NEVER_TIERED;
        expect(limited).toMatchObject({ tier, since, failingSince, pendingNights, changedOn });
      }),
    );
  });

  it('puts the code between what holds and what overrides, and hides a stay in a tier it is not in', () => {
    const assessment = assessAccount(anAccount(), NEVER_TIERED, shippedPolicy);
    const state = {
      ...NEVER_TIERED,
      tier: 'Tier 1',
      since: PUBLISH_DAY - 1,
      nightlyOn: PUBLISH_DAY - 1,
    } as const;
    const ended = { kind: 'pin', tier: 'Tier 2', expiresInDays: 0 } as const;
    const run = { day: PUBLISH_DAY, openOpportunity: false, override: ended };
    const step = takePlace(advanceTier(state, assessment, run, shippedPolicy), state, capped, PUBLISH_DAY);
    expect(step.reasons).toEqual(['SLEEPING_LARGE', 'DWELL', 'CAPACITY', 'OVERRIDE_EXPIRED']);
    expect(step.hold).toBeNull();
  });
});
