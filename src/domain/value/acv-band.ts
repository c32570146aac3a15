// Puts an annual contract value into a band. Does not know how the value was estimated.
import type { AcvBand, ValuePolicy } from './value-policy.ts';

/** 100,000 × 1.1 is 110,000.00000000001 in binary; an edge is met when missed by less than this. */
const CENT_FRACTION = 1e-6;

/**
 * Without `previous` plain edges. With it an edge gives way only once the value stands `bandGap` past it: up at
 * edge × 1.1, and down below edge × 0.9.
 */
export function acvBand(acv: number | null, previous: AcvBand | null, policy: ValuePolicy): AcvBand {
  if (acv === null) return policy.unknownBand;
  if (acv >= edge(policy.bands.large, previous === null ? null : previous === 'large', policy))
    return 'large';
  if (acv >= edge(policy.bands.medium, previous === null ? null : previous !== 'small', policy))
    return 'medium';
  return 'small';
}

function edge(cut: number, wasAbove: boolean | null, policy: ValuePolicy): number {
  if (wasAbove === null) return cut;
  return cut * (wasAbove ? 1 - policy.bandGap : 1 + policy.bandGap) - CENT_FRACTION;
}
