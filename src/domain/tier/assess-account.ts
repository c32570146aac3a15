// Scores one account and computes its tier. Same facts, flags and policy: same answer. Holds and overrides come later.
import { findActNow } from '#domain/engagement/find-act-now.ts';
import { scoreEngagement } from '#domain/engagement/score-engagement.ts';
import type { FitWeights } from '#domain/fit/fit-policy.ts';
import { scoreFit } from '#domain/fit/score-fit.ts';
import { scoreIntent } from '#domain/intent/score-intent.ts';
import { acvBand } from '#domain/value/acv-band.ts';
import { roundToTenth } from '#domain/value/round.ts';
import { decideTier } from './decide-tier.ts';
import { type AccountFacts, type Assessment, NO_FLAGS, type Remembered } from './evaluation.ts';
import type { Policy } from './policy.ts';

export const NOTHING_REMEMBERED: Remembered = { on: NO_FLAGS, acvBand: null };

export function assessAccount(
  facts: AccountFacts,
  remembered: Remembered,
  policy: Policy,
  weights: FitWeights = policy.fit.weights.general,
): Assessment {
  const { on } = remembered;
  const fit = scoreFit(facts.fit, facts.mustHaveMiss, weights, on, policy.fit);
  const intent = scoreIntent(facts.topics, facts.topicsConfigured, facts.signals, on.intent, policy.intent);
  const engagement = scoreEngagement(facts.events, facts.employees, on.engaged, policy.engagement);
  const actNow = findActNow(facts.events, policy.engagement);
  const band = acvBand(facts.acv, remembered.acvBand, policy.value);
  const intentOn = intent.isOn || actNow.isOn;
  const engagedOn = engagement.isOn || actNow.byKnownRole;
  const { tier, reason } = decideTier(
    {
      excluded: facts.excluded,
      mustHaveMiss: facts.mustHaveMiss,
      fit,
      acvBand: band,
      intentOn,
      engagedOn,
      able: facts.able,
      success: facts.success ?? null,
    },
    policy,
  );
  return {
    id: facts.id,
    computedTier: tier,
    reasons: actNow.isOn ? [reason, 'ACT_NOW'] : [reason],
    fit: fit.fit,
    completeness: fit.completeness,
    intent: intent.intent,
    intentOn,
    engagement: engagement.engagement,
    engagementThreshold: engagement.threshold,
    people: engagement.people,
    engagedOn,
    on: {
      fitStrong: fit.isStrong,
      fitHigh: fit.isHigh,
      intent: intent.isOn,
      engaged: engagement.isOn,
    },
    actNow: actNow.isOn,
    acvBand: band,
    priority: priorityOf(fit.fit, intent.intent, engagement.engagement, policy),
  };
}

/** From the rounded scores, as a rep could work it out. */
function priorityOf(fit: number, intent: number, engagement: number, policy: Policy): number {
  const { priority } = policy;
  return roundToTenth(
    priority.fit * fit + priority.intent * intent + priority.engagement * Math.min(100, engagement),
  );
}
