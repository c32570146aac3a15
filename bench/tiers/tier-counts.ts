// How many companies each tier has: what all peers have to agree on.
import { TIERS, type Tier } from '#domain/tier/tier.ts';

export interface TierCounter {
  add(tier: Tier, companies?: number): void;
  counts(): Readonly<Record<string, number>>;
}

export function countTiers(): TierCounter {
  const counts = new Map<Tier, number>(TIERS.map((tier) => [tier, 0]));
  return {
    add: (tier, companies = 1) => void counts.set(tier, (counts.get(tier) ?? 0) + companies),
    counts: () => Object.fromEntries(counts),
  };
}
