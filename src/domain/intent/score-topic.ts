// The score 0-100 of one topic: the provider's own, or an account's weekly counts against its own past.
import { decayFactor } from './decay.ts';
import type { CountsPolicy, IntentMethod, IntentPolicy } from './intent-policy.ts';

interface AnyTopic {
  readonly ageDays: number;
  readonly method: IntentMethod;
  /** True when an admin attested a lawful basis for a refused method where this account is. */
  readonly attested?: boolean;
}

export interface ScoredTopic extends AnyTopic {
  /** 0-100, as the provider gave it. */
  readonly score: number;
}

interface CountedTopic extends AnyTopic {
  /** Weekly counts, oldest first. */
  readonly baseline: readonly number[];
  /** The weeks after the baseline, oldest first. */
  readonly recent: readonly number[];
}

export type IntentTopic = ScoredTopic | CountedTopic;

/** The topic's score as of now; what is above the own average wears off. */
export function scoreTopic(topic: IntentTopic, policy: IntentPolicy): number {
  const score = 'score' in topic ? topic.score : scoreCounts(topic.baseline, topic.recent, policy.counts);
  if (score <= policy.decaysTo) return score;
  return policy.decaysTo + (score - policy.decaysTo) * decayFactor(topic.ageDays, policy.halfLifeDays);
}

/** Recent weeks against the account's own baseline, in standard deviations, put on the scale 0-100. */
export function scoreCounts(
  baseline: readonly number[],
  recent: readonly number[],
  policy: CountsPolicy,
): number {
  const mean = sum(baseline) / baseline.length;
  const squares = baseline.reduce((total, count) => total + (count - mean) ** 2, 0);
  const sampleDeviation = baseline.length > 1 ? Math.sqrt(squares / (baseline.length - 1)) : 0;
  const deviation = Math.max(sampleDeviation, Math.sqrt(Math.max(mean, policy.minimumMean)));
  const deviationsAbove = (recencyWeightedMean(recent, policy.recencyHalfLifeWeeks) - mean) / deviation;
  const perDeviation = (policy.surge.score - policy.ownAverage) / policy.surge.deviations;
  const score = Math.min(100, Math.max(0, policy.ownAverage + perDeviation * deviationsAbove));
  const isThin = sum(recent) < policy.minimumVolume.below;
  return isThin ? Math.min(score, policy.minimumVolume.cap) : score;
}

function recencyWeightedMean(recent: readonly number[], halfLifeWeeks: number): number {
  let weighted = 0;
  let weights = 0;
  for (const [index, count] of recent.entries()) {
    const weight = decayFactor(recent.length - 1 - index, halfLifeWeeks);
    weighted += weight * count;
    weights += weight;
  }
  return weights === 0 ? 0 : weighted / weights;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
