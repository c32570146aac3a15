// What could become different about an account, as data: each kind says just as much as is needed to apply it. Judges nothing.
import type { EventType, PersonRole } from '#domain/engagement/engagement-policy.ts';
import type { FitWeights } from '#domain/fit/fit-policy.ts';
import type { SignalKind } from '#domain/intent/intent-policy.ts';
import type { AcvBand } from '#domain/value/value-policy.ts';
import type { Override } from '../apply-override.ts';
import type { AccountFacts, Remembered } from '../evaluation.ts';
import type { Policy } from '../policy.ts';

/** `index` into the account's topics; null: one that it has not been seen on. */
export interface ChangedTopic {
  readonly index: number | null;
  readonly name: string | null;
}

/** `person` null: somebody who has not been seen. Each entry is one person. */
interface Replies {
  readonly person: string | null;
  readonly role: PersonRole;
  readonly times: number;
}

export interface ChangedCriterion {
  readonly criterion: string;
  readonly to: 1 | 0.5;
  /** It has to be met and is missed. */
  readonly wasMissed: boolean;
}

export type Change =
  /** These topics are seen today with this score. */
  | { readonly kind: 'topic_score'; readonly topics: readonly ChangedTopic[]; readonly score: number }
  /** These topics are seen today again as they were seen last. */
  | { readonly kind: 'topic_date'; readonly topics: readonly ChangedTopic[] }
  | { readonly kind: 'signal'; readonly signal: SignalKind; readonly points: number; readonly times: number }
  | { readonly kind: 'engagement'; readonly type: EventType; readonly replies: readonly Replies[] }
  /** One act-now event today by somebody new. */
  | { readonly kind: 'act_now'; readonly type: EventType; readonly role: PersonRole }
  | { readonly kind: 'fit'; readonly criteria: readonly ChangedCriterion[] }
  | { readonly kind: 'acv'; readonly atLeast: number; readonly band: AcvBand }
  | { readonly kind: 'able' }
  /** What a rep said of success potential is forgotten; fit says it. */
  | { readonly kind: 'success' }
  | { readonly kind: 'exclusion_ends'; readonly reason: string }
  | { readonly kind: 'override_ends'; readonly override: Override['kind'] };

/** What a change is made to. */
export interface WhatIfSituation {
  readonly facts: AccountFacts;
  readonly override: Override | null;
}

export interface CriterionRule {
  readonly name: string;
  readonly mustHave: boolean;
  /** The profile knows values that match by half. */
  readonly hasAdjacent: boolean;
}

/** By what a situation is judged; `remembered` is what the next evaluation will be given. */
export interface WhatIfRules {
  readonly remembered: Remembered;
  readonly policy: Policy;
  readonly weights: FitWeights;
  readonly criteria: readonly CriterionRule[];
}

/** Where no profile is at hand: any criterion may match by half, none is a must. */
export function plainCriteria(weights: FitWeights): readonly CriterionRule[] {
  return Object.keys(weights).map((name) => ({ name, mustHave: false, hasAdjacent: true }));
}
