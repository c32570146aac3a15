// What a tier's reason is made of: codes, dates and names. How it reads is the locale's.
import type { PersonRole } from '#domain/engagement/engagement-policy.ts';
import type { FitBand } from '#domain/fit/fit-policy.ts';
import type { SignalKind } from '#domain/intent/intent-policy.ts';
import type { AcvBand } from '#domain/value/value-policy.ts';
import type { Hold } from '../advance-tier.ts';
import type { OverrideCode } from '../apply-override.ts';
import type { DayNumber } from '../day.ts';
import type { Tier } from '../tier.ts';

export interface ReasonFacts {
  /** As shown; `since` is the day from which it is shown. */
  readonly tier: Tier;
  readonly since: DayNumber | null;
  readonly computedTier: Tier;
  readonly reasons: readonly string[];
  readonly fit: number;
  readonly fitBand: FitBand;
  readonly acvBand: AcvBand;
  readonly intentOn: boolean;
  readonly engagedOn: boolean;
  /** Criteria matched exactly, by weight; `value` is the word that matched, where one did. */
  readonly met: readonly { readonly criterion: string; readonly value: string | null }[];
  /** Criteria of which nothing is known, by weight. */
  readonly unknown: readonly string[];
  readonly intent: IntentFact | null;
  /** The newest event that asks to act. */
  readonly actNow: ActNowFact | null;
  /** People engaged by points, and the weightiest role among them; null when the points are too few. */
  readonly people: {
    readonly count: number;
    readonly role: PersonRole | null;
    readonly points: number;
  } | null;
  /** In the workspace's currency; null when unknown. */
  readonly acv: number | null;
  readonly reviewOn: DayNumber | null;
  readonly hold: { readonly code: Hold; readonly until: DayNumber | null } | null;
  readonly override: OverrideFact | null;
}

export type IntentFact = { readonly score: number; readonly seenOn: DayNumber } & (
  | { readonly topic: string }
  | { readonly signal: SignalKind }
);

export interface ActNowFact {
  readonly type: 'demo_request' | 'meeting' | 'trial';
  readonly on: DayNumber;
  readonly role: PersonRole;
}

export interface OverrideFact {
  readonly code: OverrideCode;
  /** null: the CRM does not say who. */
  readonly by: string | null;
  readonly why: string | null;
  readonly until: DayNumber | null;
}
