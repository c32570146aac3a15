// A topic with what people are told of it: its name, who says so, when it was seen.
import type { IntentPolicy } from './intent-policy.ts';
import type { IntentCountRow, IntentScoreRow } from './intent-rows.ts';
import { type IntentTopic, scoreTopic } from './score-topic.ts';

export type NamedTopic = IntentTopic & {
  /** As the newest row writes it. */
  readonly name: string;
  readonly source: string;
  readonly seenAtMs: number;
  /** The score as of now. */
  readonly now: number;
};

/** Spellings of one topic are one topic. */
export function normaliseTopic(topic: string): string {
  return topic.normalize('NFKC').toLowerCase().trim();
}

/** One topic, as one source that works in one way sees it. */
export function seriesKey({ topic, source, method }: IntentScoreRow | IntentCountRow): string {
  return `${normaliseTopic(topic)}\u0000${source}\u0000${method}`;
}

export function nameTopic(
  topic: IntentTopic,
  row: IntentScoreRow | IntentCountRow,
  seenAtMs: number,
  policy: IntentPolicy,
): NamedTopic {
  // What is refused by default and got this far was attested.
  const attested = policy.refusedMethods.includes(row.method);
  return {
    ...topic,
    ...(attested ? { attested } : {}),
    name: row.topic.normalize('NFKC').trim(),
    source: row.source,
    seenAtMs,
    now: scoreTopic(topic, policy),
  };
}

/** Higher, then newer, then by names: the same rows in any order give the same topics. */
export function comesBefore(a: NamedTopic, b: NamedTopic): boolean {
  if (a.now !== b.now) return a.now > b.now;
  if (a.seenAtMs !== b.seenAtMs) return a.seenAtMs > b.seenAtMs;
  return identityOf(a) < identityOf(b);
}

function identityOf({ name, source, method }: NamedTopic): string {
  return `${name}\u0000${source}\u0000${method}`;
}
