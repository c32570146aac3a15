// What capacity means for one company over time: which slot it cannot lose, whether it may take one now, and what is shown and
// remembered once places are given. The tier underneath stays as it is computed: stays and nights count on it.
import type { TierStep } from './advance-tier.ts';
import type { CapacityPlace } from './apply-capacity.ts';
import type { Override } from './apply-override.ts';
import { type DayNumber, isPublishDay, parseDay } from './day.ts';
import type { Policy } from './policy.ts';
import { isBetter, isRanked, type RankedTier, type Tier } from './tier.ts';
import { isNightlyRun, type TierState } from './tier-state.ts';

export interface SlotSituation {
  /** As the run before left it. */
  readonly before: TierState;
  /** The tier that the company would show without limits. */
  readonly tier: Tier;
  readonly day: DayNumber;
  readonly openOpportunity: boolean;
  readonly actNow: boolean;
  readonly override: Override | null;
}

/**
 * A person's pin or floor, else the slot that is held: while its minimum stay runs or a deal is open, and on every run but that
 * of a publish day, for only then is anybody moved down.
 */
export function findLockedTier(situation: SlotSituation, policy: Policy): RankedTier | null {
  const locked = best(wordOf(situation.override), heldSlot(situation, policy));
  // A slot above what is wanted is given up for one that is.
  return locked !== null && isBetter(locked, situation.tier) ? rankedOrNull(situation.tier) : locked;
}

function heldSlot({ before, day, openOpportunity }: SlotSituation, policy: Policy): RankedTier | null {
  const held = before.shownTier === null ? null : rankedOrNull(before.shownTier);
  if (held === null) return null;
  const { publishFrom, publishEveryDays } = policy.change;
  const releases = isNightlyRun(before, day) && isPublishDay(day, parseDay(publishFrom), publishEveryDays);
  const stays = day - (before.shownSince ?? day) < policy.stay.dwellDays[held];
  return stays || openOpportunity || !releases ? held : null;
}

function wordOf(override: Override | null): RankedTier | null {
  if (override === null || override.expiresInDays <= 0) return null;
  return override.kind === 'pin' || override.kind === 'floor' ? rankedOrNull(override.tier) : null;
}

/** Whoever waits is let in by a nightly run, or at once on act-now; a new wish is people's, or that of an act-now event. */
export function mayEnterSlot({ before, tier, day, actNow }: SlotSituation): boolean {
  const isWaiting = (before.tierUncapped ?? null) === tier;
  return !isWaiting || actNow || isNightlyRun(before, day);
}

/** @param place null: the company wants no tier that is limited */
export function takePlace(
  step: TierStep,
  before: TierState,
  place: CapacityPlace | null,
  day: DayNumber,
): TierStep {
  if (place !== null && place.tier !== place.tierUncapped) {
    return {
      ...step,
      tier: place.tier,
      reasons: withCapacity(step),
      // What holds the tier underneath is not what people see.
      hold: isLock(step) ? null : step.hold,
      state: {
        ...step.state,
        shownTier: place.tier,
        shownSince: place.tier === before.shownTier ? before.shownSince : day,
        tierUncapped: place.tierUncapped,
      },
    };
  }
  const wasCapped = (before.tierUncapped ?? null) !== null;
  if (!wasCapped) return step;
  const state: TierState = { ...step.state, tierUncapped: null };
  // A slot that was waited for begins today, however long the tier underneath has stood.
  return step.tier === before.shownTier
    ? { ...step, state }
    : { ...step, state: { ...state, shownSince: day, slotSince: day } };
}

/** Before what overrides, after what holds. */
function withCapacity({ reasons }: TierStep): readonly string[] {
  const at = reasons.findIndex((reason) => reason.startsWith('OVERRIDE_'));
  return at === -1 ? [...reasons, 'CAPACITY'] : reasons.toSpliced(at, 0, 'CAPACITY');
}

function isLock({ hold }: TierStep): boolean {
  return hold === 'PIPELINE_LOCK' || hold === 'DWELL' || hold === 'GRACE';
}

function best(a: RankedTier | null, b: RankedTier | null): RankedTier | null {
  if (a === null || b === null) return a ?? b;
  return isBetter(a, b) ? a : b;
}

function rankedOrNull(tier: Tier): RankedTier | null {
  return isRanked(tier) ? tier : null;
}
