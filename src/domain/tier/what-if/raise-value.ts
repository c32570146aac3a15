// The lowest ACV potential, to 0.1, with which an account reaches a higher value band.
import { acvBand } from '#domain/value/acv-band.ts';
import { ACV_BANDS, type AcvBand } from '#domain/value/value-policy.ts';
import type { AccountFacts } from '../evaluation.ts';
import type { Change, WhatIfRules } from './change.ts';
import { roundUpToTenth } from './raise-intent.ts';

/** Bands above the account's own, the nearest first. */
export function higherBands({ acv }: AccountFacts, { remembered, policy }: WhatIfRules): readonly AcvBand[] {
  const now = acvBand(acv, remembered.acvBand, policy.value);
  return ACV_BANDS.slice(0, ACV_BANDS.indexOf(now)).toReversed();
}

export function raiseValue(band: AcvBand, { remembered, policy }: WhatIfRules): Change | null {
  if (band === 'small') return null;
  const cut = policy.value.bands[band];
  const { bandGap } = policy.value;
  // The edge is plain, or lies a gap below or above it, by what is remembered.
  for (const edge of [cut * (1 - bandGap), cut, cut * (1 + bandGap)]) {
    const atLeast = roundUpToTenth(edge);
    if (acvBand(atLeast, remembered.acvBand, policy.value) === band) return { kind: 'acv', atLeast, band };
  }
  return null;
}
