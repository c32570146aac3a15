// Accounts for the tests of scoring and tiers: a plain one, of which each test changes what it is about.
import type { EngagementEvent } from '#domain/engagement/engagement-event.ts';
import type { EventType, PersonRole } from '#domain/engagement/engagement-policy.ts';
import type { FitMatches } from '#domain/fit/score-fit.ts';
import type { ScoredTopic } from '#domain/intent/score-topic.ts';
import { type EvaluationInput, type Flags, NO_FLAGS, type PreviousTier } from '#domain/tier/evaluation.ts';
import type { Tier } from '#domain/tier/tier.ts';
import { loadPolicy } from '#mapping/policy/load-policy.ts';

export const shippedPolicy = loadPolicy();

/** Fit 80: strong, just. */
export const STRONG_FIT: FitMatches = {
  industry: 1,
  geo: 1,
  employees: 1,
  tech: 1,
  customerBase: 0,
  revenue: 1,
  maturity: 0.5,
  budget: 0,
};

/** Large, strong and silent. */
export function anAccount(changes: Partial<EvaluationInput> = {}): EvaluationInput {
  return {
    id: 'Tarn Instruments',
    acv: 180_000,
    employees: 640,
    fit: STRONG_FIT,
    mustHaveMiss: null,
    topicsConfigured: 3,
    topics: [],
    signals: [],
    events: [],
    previous: null,
    openOpportunity: false,
    able: null,
    excluded: null,
    override: null,
    ...changes,
  };
}

export function anEvent(
  type: EventType,
  ageDays: number,
  person: string | null = null,
  role: PersonRole = 'user',
): EngagementEvent {
  return { type, ageDays, person, role };
}

export function aTopic(score: number, ageDays = 0): ScoredTopic {
  return { score, ageDays, method: 'publisher' };
}

/** Two people, 45 points: above the threshold of a company of this size. */
export const TWO_ENGAGED: readonly EngagementEvent[] = [
  anEvent('webinar', 0, 'Ines', 'decision_maker'),
  anEvent('reply', 0, 'Jun', 'champion'),
];

export const SURGING = [aTopic(83)];

export function previously(tier: Tier | null, changes: Partial<PreviousTier> = {}): PreviousTier {
  return { tier, daysInTier: 0, failingDays: 0, acvBand: null, on: NO_FLAGS, ...changes };
}

export const ALL_FLAGS: Flags = { fitStrong: true, fitHigh: true, intent: true, engaged: true };
