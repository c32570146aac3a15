// Takes a company's tier through one run: what changes at once, what waits, what is held. Same state, same answer.
import { applyOverride, type Override, type OverrideCode } from './apply-override.ts';
import { type DayNumber, isPublishDay, parseDay } from './day.ts';
import type { Assessment } from './evaluation.ts';
import { findLock, type Lock } from './find-lock.ts';
import type { Policy } from './policy.ts';
import { isBetter, type Tier } from './tier.ts';
import { isNightlyRun, stayBegan, type TierState } from './tier-state.ts';

export type Hold = 'CONFIRMING' | Lock | 'AWAITING_PUBLISH' | 'FROZEN';

export interface RunDay {
  readonly day: DayNumber;
  readonly openOpportunity: boolean;
  /** As of this day: `expiresInDays` counts from it. */
  readonly override: Override | null;
  /** The account was merged, opted out or closed: what is computed holds at once. */
  readonly isImmediate?: boolean;
  /** The last day of a program that outlasts the minimum stay. */
  readonly programEndsOn?: DayNumber | null;
}

export interface TierStep {
  readonly state: TierState;
  /** What people see. */
  readonly tier: Tier;
  readonly computedTier: Tier;
  /** The rule, `ACT_NOW`, what holds, what overrides. */
  readonly reasons: readonly string[];
  readonly hold: Hold | null;
  readonly overrideCode: OverrideCode | null;
}

/** `assessment` was computed with the flags and the band that `state` remembers. */
export function advanceTier(state: TierState, assessment: Assessment, run: RunDay, policy: Policy): TierStep {
  const nightly = isNightlyRun(state, run.day);
  const moved = move(state, assessment, run, nightly, policy);
  const overridden = applyOverride(moved.tier, run.override);
  const reasons = [...assessment.reasons];
  if (moved.hold !== null) reasons.push(moved.hold);
  if (overridden.code !== null) reasons.push(overridden.code);
  return {
    state: {
      ...state,
      ...moved.change,
      on: assessment.on,
      acvBand: assessment.acvBand,
      nightlyOn: nightly ? run.day : state.nightlyOn,
      shownTier: overridden.tier,
      shownSince: shownSince(state, overridden.tier, moved, run.day),
    },
    tier: overridden.tier,
    computedTier: assessment.computedTier,
    reasons,
    hold: moved.hold,
    overrideCode: overridden.code,
  };
}

/** An override starts no stay: a tier shown because it is the tier underneath, is shown since that began. */
function shownSince(state: TierState, shown: Tier, moved: Move, day: DayNumber): DayNumber | null {
  if (shown === moved.tier) return stayBegan({ ...state, ...moved.change });
  return shown === state.shownTier ? state.shownSince : day;
}

interface Move {
  readonly tier: Tier;
  readonly hold: Hold | null;
  readonly change: Partial<TierState>;
}

function move(state: TierState, assessment: Assessment, run: RunDay, nightly: boolean, policy: Policy): Move {
  const { computedTier: computed } = assessment;
  const { tier } = state;
  if (tier === null) return { tier: computed, hold: null, change: begin(computed, run.day) };
  const change = (): Move => ({
    tier: computed,
    hold: null,
    change: { ...begin(computed, run.day), changedOn: [...recentChanges(state, run.day, policy), run.day] },
  });
  // Nobody is frozen by the flap guard for what is not ours to judge.
  const guarded = (): Move =>
    recentChanges(state, run.day, policy).length >= policy.change.flapChanges
      ? { tier, hold: 'FROZEN', change: {} }
      : change();
  const stay = (hold: Hold | null, remembered: Partial<TierState>): Move => ({
    tier,
    hold,
    change: nightly ? remembered : {},
  });

  if (computed === tier) return stay(null, { failingSince: null, pendingNights: 0 });
  if (computed === 'Excluded' || tier === 'Excluded' || run.isImmediate === true) return change();
  if (isBetter(computed, tier)) {
    if (assessment.actNow) return guarded();
    const nights = state.pendingNights + 1;
    if (nightly && nights >= policy.change.confirmNights) return guarded();
    return stay('CONFIRMING', { failingSince: null, pendingNights: nights });
  }
  // Not tiered and Unscored rank alike: the one becomes the other as soon as the night says so.
  if (!isBetter(tier, computed)) return nightly ? change() : stay(null, {});
  const failingSince = state.failingSince ?? run.day;
  const lock = findLock(
    {
      tier,
      daysInTier: run.day - (stayBegan(state) ?? run.day),
      failingDays: run.day - failingSince,
      openOpportunity: run.openOpportunity,
      programDays: programDays(state, run),
    },
    computed,
    policy.stay,
  );
  if (lock !== null) return stay(lock, { failingSince, pendingNights: 0 });
  return nightly && isPublishing(run.day, policy)
    ? guarded()
    : stay('AWAITING_PUBLISH', { failingSince, pendingNights: 0 });
}

function begin(tier: Tier, day: DayNumber): Partial<TierState> {
  return { tier, since: day, failingSince: null, pendingNights: 0 };
}

/** Both ends count: a change on the last day of the window is a change within it. */
function recentChanges(state: TierState, day: DayNumber, policy: Policy): readonly DayNumber[] {
  return state.changedOn.filter((changed) => day - changed <= policy.change.flapWithinDays);
}

function programDays(state: TierState, { programEndsOn }: RunDay): number | null {
  const since = stayBegan(state);
  if (since === null || programEndsOn === null || programEndsOn === undefined) return null;
  return programEndsOn - since;
}

function isPublishing(day: DayNumber, { change }: Policy): boolean {
  return isPublishDay(day, parseDay(change.publishFrom), change.publishEveryDays);
}
