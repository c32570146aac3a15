// Fit 0-100 of one account from how each criterion matches. Does not know where the values came from.
import { roundToHundredth, roundToTenth } from '#domain/value/round.ts';
import type { FitBand, FitPolicy, FitWeights } from './fit-policy.ts';

export const MATCHES = [1, 0.5, 0] as const;
/** 1 exact, 0.5 adjacent, 0 miss, null unknown. */
export type Match = (typeof MATCHES)[number] | null;
/** Criterion → match; one that is absent is unknown. */
export type FitMatches = Readonly<Record<string, Match>>;

export interface FitScore {
  /** 0-100, one decimal. */
  readonly fit: number;
  /** Share of the weight whose match is known, two decimals. */
  readonly completeness: number;
  readonly band: FitBand;
  readonly isStrong: boolean;
  /** High or strong. */
  readonly isHigh: boolean;
}

export interface FitFlags {
  readonly fitStrong: boolean;
  readonly fitHigh: boolean;
}

export function scoreFit(
  matches: FitMatches,
  mustHaveMiss: string | null,
  weights: FitWeights,
  wasOn: FitFlags,
  policy: FitPolicy,
): FitScore {
  let total = 0;
  let known = 0;
  let reached = 0;
  for (const [criterion, weight] of Object.entries(weights)) {
    // A must-have that is missed is a miss whatever else was said of it: neither unknown nor adjacent.
    const match = criterion === mustHaveMiss ? 0 : (matches[criterion] ?? null);
    total += weight;
    if (match === null) {
      reached += weight * policy.unknownCounts;
    } else {
      known += weight;
      reached += weight * match;
    }
  }
  const uncapped = total === 0 ? 0 : (reached / total) * 100;
  const fit = roundToTenth(mustHaveMiss === null ? uncapped : Math.min(uncapped, policy.mustHaveMissCap));
  const isStrong = fit >= (wasOn.fitStrong ? policy.strong.stay : policy.strong.enter);
  const isHigh = fit >= (wasOn.fitHigh ? policy.high.stay : policy.high.enter);
  return {
    fit,
    completeness: total === 0 ? 0 : roundToHundredth(known / total),
    band: bandOf(fit, isStrong, isHigh, policy),
    isStrong,
    isHigh,
  };
}

function bandOf(fit: number, isStrong: boolean, isHigh: boolean, policy: FitPolicy): FitBand {
  if (isStrong) return 'strong';
  if (isHigh) return 'high';
  return fit >= policy.mediumFrom ? 'medium' : 'low';
}
