// The tiers as canonical field values; a mapping translates them into what a CRM's picklist holds.
import { TIERS, type Tier } from '#domain/tier/tier.ts';

export const TIER_CODES: Readonly<Record<Tier, string>> = {
  'Tier 1': 'tier_1',
  'Tier 2': 'tier_2',
  'Tier 3': 'tier_3',
  'Not tiered': 'not_tiered',
  Unscored: 'unscored',
  Excluded: 'excluded',
};

const BY_CODE: ReadonlyMap<string, Tier> = new Map(TIERS.map((tier) => [TIER_CODES[tier], tier]));

export function tierOfCode(code: string): Tier | null {
  return BY_CODE.get(code) ?? null;
}
