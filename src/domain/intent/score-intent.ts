// Intent 0-100 of one account: its cluster of topics or its review-site signals, whichever is higher.
import { roundToTenth } from '#domain/value/round.ts';
import { decayFactor } from './decay.ts';
import type { IntentMethod, IntentPolicy } from './intent-policy.ts';
import { type IntentTopic, scoreTopic } from './score-topic.ts';

/** One thing seen on a review site; which methods are lawful was settled before. */
export interface IntentSignal {
  readonly points: number;
  readonly ageDays: number;
}

export interface IntentScore {
  /** 0-100, one decimal. */
  readonly intent: number;
  /** The score rule alone, with its gap; act-now events are judged elsewhere. */
  readonly isOn: boolean;
}

export function scoreIntent(
  topics: readonly IntentTopic[],
  topicsConfigured: number,
  signals: readonly IntentSignal[],
  wasOn: boolean,
  policy: IntentPolicy,
): IntentScore {
  const cluster = scoreCluster(topics, topicsConfigured, policy);
  const intent = roundToTenth(Math.max(cluster, scoreSignals(signals, policy)));
  return { intent, isOn: intent >= (wasOn ? policy.stay : policy.enter) };
}

/** How many of the watched topics have to score before a company counts as interested. */
export function topicsNeeded(topicsConfigured: number, policy: IntentPolicy): number {
  return Math.max(1, Math.ceil(policy.clusterShare * topicsConfigured));
}

/** The n-th highest topic: one topic alone says little when a company is watched on many. */
export function scoreCluster(
  topics: readonly IntentTopic[],
  topicsConfigured: number,
  policy: IntentPolicy,
): number {
  const scores: number[] = [];
  for (const topic of topics) {
    if (topic.ageDays > policy.forgetAfterDays || !isUsable(topic, policy.refusedMethods)) continue;
    scores.push(scoreTopic(topic, policy));
  }
  scores.sort((a, b) => b - a);
  return scores[topicsNeeded(topicsConfigured, policy) - 1] ?? 0;
}

export function scoreSignals(signals: readonly IntentSignal[], policy: IntentPolicy): number {
  let points = 0;
  for (const signal of signals) {
    if (signal.ageDays > policy.forgetAfterDays) continue;
    points += signal.points * decayFactor(signal.ageDays, policy.halfLifeDays);
  }
  return Math.min(100, policy.signals.factor * points);
}

function isUsable(topic: IntentTopic, refused: readonly IntentMethod[]): boolean {
  return topic.attested === true || !refused.includes(topic.method);
}
