// Candidates for topics out of provider scores: of each source and method the newest row.
import type { IntentPolicy } from './intent-policy.ts';
import type { IntentScoreRow } from './intent-rows.ts';
import { type NamedTopic, nameTopic, seriesKey } from './named-topic.ts';

const DAY_MS = 86_400_000;

/** An older row that once scored higher is history. `rows` are lawful and not after as-of. */
export function topicsFromScores(
  rows: readonly IntentScoreRow[],
  asOfMs: number,
  policy: IntentPolicy,
): readonly NamedTopic[] {
  const newest = new Map<string, IntentScoreRow>();
  for (const row of rows) {
    const known = newest.get(seriesKey(row));
    if (known === undefined || isNewer(row, known)) newest.set(seriesKey(row), row);
  }
  return [...newest.values()].map((row) => {
    const ageDays = (asOfMs - row.observedAtMs) / DAY_MS;
    return nameTopic({ score: row.score, ageDays, method: row.method }, row, row.observedAtMs, policy);
  });
}

/** Of two rows of one moment the higher: their order in a file must not decide. */
function isNewer(row: IntentScoreRow, known: IntentScoreRow): boolean {
  if (row.observedAtMs !== known.observedAtMs) return row.observedAtMs > known.observedAtMs;
  return row.score > known.score;
}
