// Candidates for topics out of weekly counts: the last complete weeks before as-of, a missing week being 0.
import type { IntentPolicy } from './intent-policy.ts';
import type { IntentCountRow } from './intent-rows.ts';
import { isoWeekNumber, mondayMs } from './iso-week.ts';
import { type NamedTopic, nameTopic, seriesKey } from './named-topic.ts';

const DAY_MS = 86_400_000;

interface Series {
  readonly counts: number[];
  /** The newest row that counts something: its spelling and week are what people are told. */
  newest: IntentCountRow;
}

/**
 * `rows` are lawful and not after as-of. A source whose first row, over all companies, is younger than the weeks looked
 * at says nothing yet: its silence before would pass for a baseline. Nor does a company without a row in those weeks.
 */
export function topicsFromCounts(
  rows: readonly IntentCountRow[],
  asOfMs: number,
  firstRowMs: (source: string) => number | null,
  policy: IntentPolicy,
): readonly NamedTopic[] {
  const { baselineWeeks, recentWeeks } = policy.counts;
  const weeks = baselineWeeks + recentWeeks;
  const currentWeek = isoWeekNumber(asOfMs);
  const firstWeek = currentWeek - weeks;
  const bySeries = new Map<string, Series>();
  for (const row of rows) {
    const week = isoWeekNumber(row.weekMs);
    if (week < firstWeek || week >= currentWeek || isYoung(firstRowMs(row.source), firstWeek)) continue;
    const key = seriesKey(row);
    const series = bySeries.get(key) ?? { counts: Array.from({ length: weeks }, () => 0), newest: row };
    // Two rows of one week: a company that the source knows under two names.
    series.counts[week - firstWeek] = (series.counts[week - firstWeek] ?? 0) + row.count;
    if (row.count > 0 && week >= isoWeekNumber(series.newest.weekMs)) series.newest = row;
    bySeries.set(key, series);
  }
  const ageDays = (asOfMs - mondayMs(currentWeek)) / DAY_MS;
  return [...bySeries.values()].map(({ counts, newest }) => {
    const baseline = counts.slice(0, baselineWeeks);
    const recent = counts.slice(baselineWeeks);
    const sundayMs = mondayMs(isoWeekNumber(newest.weekMs) + 1) - DAY_MS;
    return nameTopic({ baseline, recent, ageDays, method: newest.method }, newest, sundayMs, policy);
  });
}

function isYoung(firstRowMs: number | null, firstWeek: number): boolean {
  return firstRowMs === null || isoWeekNumber(firstRowMs) > firstWeek;
}
