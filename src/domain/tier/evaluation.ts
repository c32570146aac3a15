// What goes into the judgement of one account and what comes out. The contract's names; no clock, ages are given.
import type { EngagementEvent } from '#domain/engagement/engagement-event.ts';
import type { FitMatches } from '#domain/fit/score-fit.ts';
import type { IntentSignal } from '#domain/intent/score-intent.ts';
import type { IntentTopic } from '#domain/intent/score-topic.ts';
import type { AcvBand } from '#domain/value/value-policy.ts';
import type { Override } from './apply-override.ts';
import type { Tier } from './tier.ts';

/** What the score rules said last; they hold no act-now event. */
export interface Flags {
  readonly fitStrong: boolean;
  readonly fitHigh: boolean;
  readonly intent: boolean;
  readonly engaged: boolean;
}

export const NO_FLAGS: Flags = { fitStrong: false, fitHigh: false, intent: false, engaged: false };

/** 0-3: 0 budget frozen or blocked, 1 unknown, 2 revenue and decision maker known, 3 budget confirmed. */
export type Rating = 0 | 1 | 2 | 3;

/** What is looked at to compute a tier, before anything holds or overrides it. */
export interface AccountFacts {
  readonly id: string;
  readonly acv: number | null;
  readonly employees: number | null;
  readonly fit: FitMatches;
  /** Name of the criterion that must be met and is not. */
  readonly mustHaveMiss: string | null;
  readonly topicsConfigured: number;
  /** One item a topic. */
  readonly topics: readonly IntentTopic[];
  readonly signals: readonly IntentSignal[];
  readonly events: readonly EngagementEvent[];
  /** null: not rated, which vetoes nothing. */
  readonly able: Rating | null;
  /** A rep's word on success potential; absent or null: fit alone says it. */
  readonly success?: Rating | null;
  /** Why the account is on the negative list. */
  readonly excluded: string | null;
}

/** What is remembered of the evaluation before: the gaps of all bands hang on it. */
export interface Remembered {
  readonly on: Flags;
  readonly acvBand: AcvBand | null;
}

export interface PreviousTier extends Remembered {
  readonly tier: Tier | null;
  readonly daysInTier: number;
  readonly failingDays: number;
}

export interface EvaluationInput extends AccountFacts {
  readonly previous: PreviousTier | null;
  readonly openOpportunity: boolean;
  readonly override: Override | null;
}

/** The computed tier with all that led to it; nothing holds or overrides it yet. */
export interface Assessment {
  readonly id: string;
  readonly computedTier: Tier;
  /** The rule's code, then `ACT_NOW`. */
  readonly reasons: readonly string[];
  readonly fit: number;
  readonly completeness: number;
  readonly intent: number;
  readonly intentOn: boolean;
  readonly engagement: number;
  readonly engagementThreshold: number;
  readonly people: number;
  readonly engagedOn: boolean;
  /** To be remembered for the next evaluation. */
  readonly on: Flags;
  readonly actNow: boolean;
  readonly acvBand: AcvBand;
  /** Orders work; decides nothing. */
  readonly priority: number;
}

export interface Evaluation extends Assessment {
  readonly tier: Tier;
}
