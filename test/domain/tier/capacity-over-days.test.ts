// A few reps and their accounts over a year of nights, some restless, with two slots each.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceTier } from '#domain/tier/advance-tier.ts';
import { applyCapacity, type CapacityCandidate } from '#domain/tier/apply-capacity.ts';
import { assessAccount } from '#domain/tier/assess-account.ts';
import { isPublishDay, parseDay } from '#domain/tier/day.ts';
import { findLockedTier, mayEnterSlot, takePlace } from '#domain/tier/take-place.ts';
import { NEVER_TIERED, type TierState } from '#domain/tier/tier-state.ts';
import { anAccount, SURGING, shippedPolicy, TWO_ENGAGED } from './account.ts';

const START = parseDay('2026-01-01');
const DAYS = 260;
const SLOTS = 2;
const CAPACITY = {
  ...shippedPolicy.capacity,
  enabled: true,
  perRep: { 'Tier 1': SLOTS, 'Tier 2': 40, 'Tier 3': 0 },
};
const BEST = anAccount({ topics: [...SURGING], events: [...TWO_ENGAGED], topicsConfigured: 1 });
const QUIET = anAccount();

interface Played {
  readonly owner: string;
  /** Days on which it turns from quiet to busy or back; busy at first when `startsBusy`. */
  readonly turns: readonly number[];
  readonly startsBusy: boolean;
  /** By day, in a circle: who is first in line changes often. */
  readonly ratings: readonly number[];
}

const played = fc.record({
  owner: fc.constantFrom('p', 'q'),
  startsBusy: fc.boolean(),
  turns: fc.array(fc.nat(DAYS), { maxLength: 4 }),
  ratings: fc.array(fc.nat(12), { minLength: 1, maxLength: 5 }),
});

const isBusy = ({ startsBusy, turns }: Played, day: number) =>
  startsBusy === (turns.filter((turn) => turn <= day).length % 2 === 0);

function playNight(accounts: readonly Played[], states: readonly TierState[], index: number) {
  const day = START + index;
  const steps = accounts.map((account, at) => {
    const before = states[at] ?? NEVER_TIERED;
    const assessment = assessAccount(isBusy(account, index) ? BEST : QUIET, before, shippedPolicy);
    return advanceTier(before, assessment, { day, openOpportunity: false, override: null }, shippedPolicy);
  });
  const claims = steps.map((step, at): CapacityCandidate => {
    const before = states[at] ?? NEVER_TIERED;
    const { owner = '', ratings = [0] } = accounts[at] ?? {};
    const situation = {
      before,
      tier: step.tier,
      day,
      openOpportunity: false,
      actNow: false,
      override: null,
    };
    return {
      id: `a${at}`,
      owner,
      marketer: null,
      tier: step.tier,
      previousTier: before.shownTier,
      lockedTier: findLockedTier(situation, shippedPolicy),
      hasOpenDeal: false,
      mayEnter: mayEnterSlot(situation),
      ratingTotal: ratings[index % ratings.length] ?? 0,
      priority: 50,
      acv: null,
    };
  });
  const { places, overbooked } = applyCapacity(claims, CAPACITY);
  const states1 = steps.map(
    (step, at) => takePlace(step, states[at] ?? NEVER_TIERED, places.get(`a${at}`) ?? null, day).state,
  );
  return { states: states1, overbooked };
}

describe('slots over many nights', () => {
  it('are never more than there are, and are lost on a publish day after their stay or with the tier (invariant T19)', () => {
    const { publishFrom, publishEveryDays } = shippedPolicy.change;
    fc.assert(
      fc.property(fc.array(played, { minLength: 3, maxLength: 8 }), (accounts) => {
        let states: readonly TierState[] = accounts.map(() => NEVER_TIERED);
        for (let index = 0; index < DAYS; index += 1) {
          const night = playNight(accounts, states, index);
          expect(night.overbooked).toEqual([]);
          for (const owner of ['p', 'q']) {
            const held = night.states.filter(
              ({ shownTier }, at) => accounts[at]?.owner === owner && shownTier === 'Tier 1',
            );
            expect(held.length).toBeLessThanOrEqual(SLOTS);
          }
          for (const [at, now] of night.states.entries()) {
            const before = states[at] ?? NEVER_TIERED;
            if (before.shownTier !== 'Tier 1' || now.shownTier === 'Tier 1') continue;
            const day = START + index;
            expect(isPublishDay(day, parseDay(publishFrom), publishEveryDays)).toBe(true);
            expect(day - (before.shownSince ?? day)).toBeGreaterThanOrEqual(
              shippedPolicy.stay.dwellDays['Tier 1'],
            );
          }
          states = night.states;
        }
      }),
      { numRuns: 40 },
    );
  });
});
