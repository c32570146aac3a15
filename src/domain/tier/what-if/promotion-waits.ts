// What a tier that is computed already still waits for before it shows. Nothing about the account has to change for it.
import type { Hold } from '../advance-tier.ts';
import type { DayNumber } from '../day.ts';
import type { Policy } from '../policy.ts';
import type { TierState } from '../tier-state.ts';

export type PromotionWait =
  /** Further nightly runs, one a day, that have to compute it again. */
  | { readonly kind: 'nights'; readonly nights: number }
  /** The first day on which the flap guard lets it through. */
  | { readonly kind: 'freeze_ends'; readonly on: DayNumber };

/** null: nothing keeps a better tier from showing. `state` is the one after the run of `today`. */
export function promotionWaits(
  hold: Hold | null,
  state: TierState,
  today: DayNumber,
  { change }: Policy,
): PromotionWait | null {
  if (hold === 'CONFIRMING') {
    return { kind: 'nights', nights: Math.max(1, change.confirmNights - state.pendingNights) };
  }
  if (hold !== 'FROZEN') return null;
  const recent = state.changedOn
    .filter((day) => today - day <= change.flapWithinDays)
    .toSorted((a, b) => a - b);
  const last = recent[recent.length - change.flapChanges];
  return last === undefined ? null : { kind: 'freeze_ends', on: last + change.flapWithinDays + 1 };
}
