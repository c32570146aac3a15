// Makes the topics of one company out of its intent rows: per topic the best of what each source says now.
import { admitMethod } from './admit-method.ts';
import type { IntentPolicy } from './intent-policy.ts';
import type { IgnoredRows, IntentCountRow, IntentScoreRow, IntentSetting } from './intent-rows.ts';
import { comesBefore, type NamedTopic, normaliseTopic } from './named-topic.ts';
import { topicsFromCounts } from './topics-from-counts.ts';
import { topicsFromScores } from './topics-from-scores.ts';

export type { NamedTopic };

export interface TopicRows {
  readonly scores: readonly IntentScoreRow[];
  readonly counts: readonly IntentCountRow[];
}

export interface TopicSetting extends IntentSetting {
  /** When a source's first row is from, over all companies; null when it has none. */
  readonly firstRowMs: (source: string) => number | null;
}

export interface TopicsFound {
  /** Highest first. */
  readonly topics: readonly NamedTopic[];
  readonly ignored: IgnoredRows;
}

/** How many topics are watched: those of the policy, else all that any intent row names. At least one. */
export function countTopics(policy: IntentPolicy, inRows: Iterable<string>): number {
  const topics = policy.topics.length > 0 ? policy.topics : inRows;
  return Math.max(1, new Set([...topics].map(normaliseTopic)).size);
}

/** Rows on topics that the policy does not watch count for nothing. */
export function topicsFromIntentRows(
  rows: TopicRows,
  setting: TopicSetting,
  policy: IntentPolicy,
): TopicsFound {
  const ignored = { future: 0, refused: 0 };
  const watched = policy.topics.length === 0 ? null : new Set(policy.topics.map(normaliseTopic));
  const counts = (row: IntentScoreRow | IntentCountRow, atMs: number) => {
    if (watched !== null && !watched.has(normaliseTopic(row.topic))) return false;
    if (atMs > setting.asOfMs) {
      ignored.future += 1;
      return false;
    }
    if (admitMethod(row.method, setting.country, setting.attestations, policy) === 'refused') {
      ignored.refused += 1;
      return false;
    }
    return true;
  };
  const scores = rows.scores.filter((row) => counts(row, row.observedAtMs));
  const weekly = rows.counts.filter((row) => counts(row, row.weekMs));
  const candidates = [
    ...topicsFromScores(scores, setting.asOfMs, policy),
    ...topicsFromCounts(weekly, setting.asOfMs, setting.firstRowMs, policy),
  ];
  return { topics: bestPerTopic(candidates, policy), ignored };
}

function bestPerTopic(candidates: readonly NamedTopic[], policy: IntentPolicy): readonly NamedTopic[] {
  const best = new Map<string, NamedTopic>();
  for (const candidate of candidates) {
    if (candidate.ageDays > policy.forgetAfterDays) continue;
    const key = normaliseTopic(candidate.name);
    const known = best.get(key);
    if (known === undefined || comesBefore(candidate, known)) best.set(key, candidate);
  }
  return [...best.values()].toSorted((a, b) => (comesBefore(a, b) ? -1 : 1));
}
