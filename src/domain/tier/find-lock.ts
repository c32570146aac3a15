// Says what holds an account in its tier against a lower one. Counts no days itself.
import type { StayPolicy } from './policy.ts';
import { isBetter, isRanked, type Tier } from './tier.ts';

const LOCKS = ['PIPELINE_LOCK', 'DWELL', 'GRACE'] as const;
export type Lock = (typeof LOCKS)[number];

export interface HeldTier {
  readonly tier: Tier | null;
  readonly daysInTier: number;
  /** Days since the first of the consecutive days on which a lower tier was computed. */
  readonly failingDays: number;
  readonly openOpportunity: boolean;
  /** The end of a program that outlasts the minimum stay, in days since the tier began. */
  readonly programDays?: number | null;
}

/** In this order: an open deal, the minimum stay, the days of grace. Nothing is held against Excluded. */
export function findLock(held: HeldTier, computed: Tier, policy: StayPolicy): Lock | null {
  if (held.tier === null || computed === 'Excluded') return null;
  // Below Tier 3 there is nothing to be held against.
  if (!isRanked(held.tier) || !isBetter(held.tier, computed)) return null;
  if (held.openOpportunity) return 'PIPELINE_LOCK';
  if (held.daysInTier < Math.max(policy.dwellDays[held.tier], held.programDays ?? 0)) return 'DWELL';
  return held.failingDays < policy.graceDays ? 'GRACE' : null;
}
