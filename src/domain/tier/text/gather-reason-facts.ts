// Gathers what a tier's reason says from everything that led to the tier. Writes no words.
import type { EngagementPolicy, PersonRole } from '#domain/engagement/engagement-policy.ts';
import type { DatedEvent } from '#domain/engagement/events-from-rows.ts';
import { isActNow } from '#domain/engagement/find-act-now.ts';
import type { FitBand, FitPolicy, FitWeights } from '#domain/fit/fit-policy.ts';
import type { CriterionMatch } from '#domain/fit/match-icp.ts';
import type { NamedTopic } from '#domain/intent/named-topic.ts';
import { scoreCluster, scoreSignals } from '#domain/intent/score-intent.ts';
import type { NamedSignal } from '#domain/intent/signals-from-rows.ts';
import type { TierStep } from '../advance-tier.ts';
import { type DayNumber, dayNumber } from '../day.ts';
import type { Assessment } from '../evaluation.ts';
import type { Policy } from '../policy.ts';
import type { ActNowFact, IntentFact, ReasonFacts } from './reason-facts.ts';

export interface ReasonEvidence {
  readonly step: TierStep;
  readonly assessment: Assessment;
  readonly criteria: readonly CriterionMatch[];
  readonly weights: FitWeights;
  readonly topics: readonly NamedTopic[];
  readonly topicsConfigured: number;
  readonly signals: readonly NamedSignal[];
  readonly events: readonly DatedEvent[];
  readonly acv: number | null;
  readonly reviewOn: DayNumber | null;
  readonly holdUntil: DayNumber | null;
  /** Who overrules, why and until when; what it does to the tier is in the step. */
  readonly override: {
    readonly by: string | null;
    readonly why: string | null;
    readonly until: DayNumber | null;
  } | null;
}

export function gatherReasonFacts(evidence: ReasonEvidence, policy: Policy): ReasonFacts {
  const { step, assessment, criteria, weights } = evidence;
  const byWeight = criteria.toSorted((a, b) => (weights[b.criterion] ?? 0) - (weights[a.criterion] ?? 0));
  return {
    tier: step.tier,
    since: step.state.shownSince,
    computedTier: step.computedTier,
    reasons: step.reasons,
    fit: assessment.fit,
    fitBand: fitBandOf(assessment, policy.fit),
    acvBand: assessment.acvBand,
    intentOn: assessment.intentOn,
    engagedOn: assessment.engagedOn,
    met: byWeight
      .filter(({ match }) => match === 1)
      .map(({ criterion, field, matched }) => ({
        criterion,
        value: field === 'technologies' ? matched : null,
      })),
    unknown: byWeight.filter(({ match }) => match === null).map(({ criterion }) => criterion),
    intent: assessment.intentOn ? intentFact(evidence, policy) : null,
    actNow: assessment.actNow ? actNowFact(evidence.events, policy.engagement) : null,
    people: assessment.on.engaged
      ? {
          count: assessment.people,
          role: weightiestRole(evidence.events, policy.engagement),
          points: Math.min(100, assessment.engagement),
        }
      : null,
    acv: evidence.acv,
    reviewOn: evidence.reviewOn,
    hold: step.hold === null ? null : { code: step.hold, until: evidence.holdUntil },
    override:
      step.overrideCode === null || evidence.override === null
        ? null
        : { code: step.overrideCode, ...evidence.override },
  };
}

function fitBandOf({ fit, on }: Assessment, policy: FitPolicy): FitBand {
  if (on.fitStrong) return 'strong';
  if (on.fitHigh) return 'high';
  return fit >= policy.mediumFrom ? 'medium' : 'low';
}

/** Topics or signals, whichever made the score. */
function intentFact(evidence: ReasonEvidence, policy: Policy): IntentFact | null {
  const { topics, topicsConfigured, signals, assessment } = evidence;
  const score = assessment.intent;
  const cluster = scoreCluster(topics, topicsConfigured, policy.intent);
  const [topic] = topics;
  if (topic !== undefined && cluster >= scoreSignals(signals, policy.intent)) {
    return { topic: topic.name, score, seenOn: dayNumber(topic.seenAtMs) };
  }
  const strongest = signals.toSorted((a, b) => b.points - a.points || a.ageDays - b.ageDays)[0];
  if (strongest === undefined) return null;
  return { signal: strongest.signal, score, seenOn: dayNumber(strongest.seenAtMs) };
}

function actNowFact(events: readonly DatedEvent[], policy: EngagementPolicy): ActNowFact | null {
  const newest = events
    .filter((event) => isActNow(event, policy))
    .toSorted(
      (a, b) => b.occurredAtMs - a.occurredAtMs || policy.roleFactors[b.role] - policy.roleFactors[a.role],
    )[0];
  if (newest === undefined) return null;
  const { type, occurredAtMs, role } = newest;
  // A policy may count more types as act-now; they read like a request.
  const told = type === 'meeting' || type === 'trial' ? type : 'demo_request';
  return { type: told, on: dayNumber(occurredAtMs), role };
}

/** Worth a mention: a role that counts for more than one. */
function weightiestRole(events: readonly DatedEvent[], policy: EngagementPolicy): PersonRole | null {
  let weightiest: PersonRole | null = null;
  for (const { person, role, type, ageDays } of events) {
    const counts = person !== null && ageDays <= policy.lookBackDays && policy.points[type] > 0;
    if (!counts || policy.roleFactors[role] <= 1) continue;
    if (weightiest === null || policy.roleFactors[role] > policy.roleFactors[weightiest]) weightiest = role;
  }
  return weightiest;
}
