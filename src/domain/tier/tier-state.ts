// What is remembered of a company's tier from run to run. Plain data: it is stored as it is.
import type { AcvBand } from '#domain/value/value-policy.ts';
import type { DayNumber } from './day.ts';
import { type Flags, NO_FLAGS } from './evaluation.ts';
import type { Tier } from './tier.ts';

export interface TierState {
  /** The tier underneath any override; null before the first run. */
  readonly tier: Tier | null;
  readonly since: DayNumber | null;
  /** The first of the consecutive nights that computed a lower tier. */
  readonly failingSince: DayNumber | null;
  /** Consecutive nights so far that computed a better tier: a promotion waits for the policy's number of them. */
  readonly pendingNights: number;
  readonly on: Flags;
  readonly acvBand: AcvBand | null;
  /** Days on which the tier changed, as far back as the flap guard looks; the first tier is no change. */
  readonly changedOn: readonly DayNumber[];
  /** The day of the last nightly run: the first run of a UTC day. */
  readonly nightlyOn: DayNumber | null;
  /** What people were shown last, and since when; differs from `tier` under an override. */
  readonly shownTier: Tier | null;
  readonly shownSince: DayNumber | null;
  /** What would be shown without a limit of capacity; null, or absent in older states, when none was in the way. */
  readonly tierUncapped?: Tier | null;
  /** The day on which a slot that was waited for was given: people see the tier since then. */
  readonly slotSince?: DayNumber | null;
}

export const NEVER_TIERED: TierState = {
  tier: null,
  since: null,
  failingSince: null,
  pendingNights: 0,
  on: NO_FLAGS,
  acvBand: null,
  changedOn: [],
  nightlyOn: null,
  shownTier: null,
  shownSince: null,
};

/** The day from which a stay counts: that of the tier, or of the slot that was waited for. */
export function stayBegan({ since, slotSince }: Pick<TierState, 'since' | 'slotSince'>): DayNumber | null {
  return since === null ? null : Math.max(since, slotSince ?? since);
}

/** The first run of a UTC day decides; later ones change a tier only for act-now, Excluded and people's say. */
export function isNightlyRun(state: TierState, day: DayNumber): boolean {
  return state.nightlyOn === null || state.nightlyOn < day;
}
