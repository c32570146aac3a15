// What a person's word makes of a tier. It changes what is shown, never the tier underneath.
import { isBetter, type SettableTier, type Tier } from './tier.ts';

export const OVERRIDE_KINDS = ['pin', 'floor', 'ceiling', 'exclude'] as const;

export type Override =
  | {
      readonly kind: 'pin' | 'floor' | 'ceiling';
      readonly tier: SettableTier;
      /** Zero or less: expired. */
      readonly expiresInDays: number;
    }
  | { readonly kind: 'exclude'; readonly expiresInDays: number };

export type OverrideCode = `OVERRIDE_${'PIN' | 'FLOOR' | 'CEILING' | 'EXCLUDE' | 'EXPIRED'}`;

export interface Overridden {
  readonly tier: Tier;
  /** null: the override has nothing to say here. */
  readonly code: OverrideCode | null;
}

export function applyOverride(tier: Tier, override: Override | null): Overridden {
  // The negative ICP is not a matter of judgement: nobody pins a competitor.
  if (override === null || tier === 'Excluded') return { tier, code: null };
  if (override.expiresInDays <= 0) return { tier, code: 'OVERRIDE_EXPIRED' };
  switch (override.kind) {
    case 'exclude':
      return { tier: 'Excluded', code: 'OVERRIDE_EXCLUDE' };
    case 'pin':
      return { tier: override.tier, code: 'OVERRIDE_PIN' };
    case 'floor':
      return isBetter(override.tier, tier)
        ? { tier: override.tier, code: 'OVERRIDE_FLOOR' }
        : { tier, code: null };
    case 'ceiling':
      return isBetter(tier, override.tier)
        ? { tier: override.tier, code: 'OVERRIDE_CEILING' }
        : { tier, code: null };
  }
}
