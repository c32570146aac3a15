// What an admin may set about intent. Decides nothing itself.
import type { Gap } from '#domain/fit/fit-policy.ts';

/** How a provider came by its intent data; consent is what matters. */
export const INTENT_METHODS = [
  'coop_consented',
  'review_site',
  'publisher',
  'first_party',
  'bidstream',
  'unknown',
] as const;
export type IntentMethod = (typeof INTENT_METHODS)[number];

/** What people do on a review site. */
export const SIGNAL_KINDS = ['category', 'compare', 'profile', 'pricing'] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

export interface CountsPolicy {
  readonly baselineWeeks: number;
  readonly recentWeeks: number;
  /** The newest week weighs 1, one a half-life older 0.5. */
  readonly recencyHalfLifeWeeks: number;
  /** The variance of rare counts is at least that of a Poisson with this mean. */
  readonly minimumMean: number;
  /** The score of a week like any other. */
  readonly ownAverage: number;
  /** `score` is reached at `deviations` standard deviations above the own average. */
  readonly surge: { readonly score: number; readonly deviations: number };
  /** Recent counts that sum to less than `below` never score above `cap`. */
  readonly minimumVolume: { readonly below: number; readonly cap: number };
}

export interface IntentPolicy extends Gap {
  /** The topics that are watched; empty: those found in the rows. */
  readonly topics: readonly string[];
  /** Dropped unless an admin attests a lawful basis. */
  readonly refusedMethods: readonly IntentMethod[];
  readonly halfLifeDays: number;
  /** Topics and signals older than this are dropped. */
  readonly forgetAfterDays: number;
  /** Only what stands above this decays, and down to this. */
  readonly decaysTo: number;
  /** The share of the watched topics that has to score. */
  readonly clusterShare: number;
  readonly counts: CountsPolicy;
  readonly signals: { readonly points: Readonly<Record<SignalKind, number>>; readonly factor: number };
}
