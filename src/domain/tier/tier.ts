// The six states an account can be in, and which of them is better. Decides for no account.

export const TIERS = ['Tier 1', 'Tier 2', 'Tier 3', 'Not tiered', 'Unscored', 'Excluded'] as const;
export type Tier = (typeof TIERS)[number];

/** The tiers that are worked, with minimum stays, reviews and programs. */
export const RANKED_TIERS = ['Tier 1', 'Tier 2', 'Tier 3'] as const;
export type RankedTier = (typeof RANKED_TIERS)[number];

/** What a person may set by hand, besides `Excluded`. */
export const SETTABLE_TIERS = ['Tier 1', 'Tier 2', 'Tier 3', 'Not tiered'] as const;
export type SettableTier = (typeof SETTABLE_TIERS)[number];

/** Not tiered and Unscored are equally far down; Excluded is no rank, but nothing is below it. */
const RANK: Readonly<Record<Tier, number>> = {
  'Tier 1': 3,
  'Tier 2': 2,
  'Tier 3': 1,
  'Not tiered': 0,
  Unscored: 0,
  Excluded: -1,
};

export function isBetter(tier: Tier, than: Tier): boolean {
  return RANK[tier] > RANK[than];
}

export function isRanked(tier: Tier): tier is RankedTier {
  return RANK[tier] > 0;
}
