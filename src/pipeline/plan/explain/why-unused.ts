// Why one source row was not used: asks the same rules as the scores do. Adds up nothing.
import { isStale } from '#domain/fit/sourced-value.ts';
import { admitMethod } from '#domain/intent/admit-method.ts';
import type { IntentMethod } from '#domain/intent/intent-policy.ts';
import { isoWeekNumber } from '#domain/intent/iso-week.ts';
import { normaliseTopic } from '#domain/intent/named-topic.ts';
import type { CompanyDossier, KeyedSourceRow } from '#ports/store.ts';
import { amountInWorkspaceMoney } from '../../score/gather-transactions.ts';
import type { CompanyScore } from '../../score/score-company.ts';
import type { Scoring } from '../../score/scoring.ts';

const DAY_MS = 86_400_000;

export const UNUSED_REASONS = [
  'after_as_of',
  'too_old',
  'method_refused',
  'topic_not_watched',
  'newer_row',
  'week_not_over',
  'source_too_young',
  'scores_nothing',
  'other_source_first',
  'no_rate',
  'other_rows_counted',
  'no_money',
  'no_rating',
  'word_too_old',
] as const;
export type UnusedReason = (typeof UNUSED_REASONS)[number];

/** Null for a row that was used. */
export function whyUnused(
  row: KeyedSourceRow,
  score: CompanyScore,
  scoring: Scoring,
  newestOfSeries: ReadonlyMap<string, number>,
): UnusedReason | null {
  const atMs = row.at === null ? scoring.asOfMs : Date.parse(row.at);
  switch (row.kind) {
    case 'intent-scores':
    case 'intent-counts':
    case 'intent-signals':
      return whyIntentUnused(row, atMs, score, scoring, newestOfSeries);
    case 'engagement':
      return whyEventUnused(row, atMs, score, scoring);
    case 'transactions':
      return whyTransactionUnused(row, atMs, score, scoring);
    case 'firmographics':
      return atMs > scoring.asOfMs ? 'after_as_of' : null;
  }
}

function whyIntentUnused(
  row: KeyedSourceRow,
  atMs: number,
  score: CompanyScore,
  scoring: Scoring,
  newestOfSeries: ReadonlyMap<string, number>,
): UnusedReason | null {
  const { intent } = scoring.policy;
  const { topic } = row.fields;
  const watched = intent.topics.map(normaliseTopic);
  if (typeof topic === 'string' && watched.length > 0 && !watched.includes(normaliseTopic(topic)))
    return 'topic_not_watched';
  if (atMs > scoring.asOfMs) return 'after_as_of';
  if (isRefused(row.method ?? 'unknown', score, scoring)) return 'method_refused';
  if (row.kind === 'intent-counts') return whyWeekUnused(row, atMs, scoring);
  if (row.kind === 'intent-scores' && atMs < (newestOfSeries.get(seriesOf(row)) ?? atMs)) return 'newer_row';
  return (scoring.asOfMs - atMs) / DAY_MS > intent.forgetAfterDays ? 'too_old' : null;
}

function whyWeekUnused(row: KeyedSourceRow, atMs: number, scoring: Scoring): UnusedReason | null {
  const { baselineWeeks, recentWeeks } = scoring.policy.intent.counts;
  const current = isoWeekNumber(scoring.asOfMs);
  const week = isoWeekNumber(atMs);
  if (week >= current) return 'week_not_over';
  if (week < current - baselineWeeks - recentWeeks) return 'too_old';
  const first = scoring.firstRowMs(row.source);
  return first === null || isoWeekNumber(first) > current - baselineWeeks - recentWeeks
    ? 'source_too_young'
    : null;
}

function whyEventUnused(
  row: KeyedSourceRow,
  atMs: number,
  score: CompanyScore,
  scoring: Scoring,
): UnusedReason | null {
  const { points, lookBackDays } = scoring.policy.engagement;
  if (atMs > scoring.asOfMs) return 'after_as_of';
  if (row.method !== null && isRefused(row.method, score, scoring)) return 'method_refused';
  if ((scoring.asOfMs - atMs) / DAY_MS > lookBackDays) return 'too_old';
  return (points as Readonly<Record<string, number>>)[String(row.fields['type'])] === 0
    ? 'scores_nothing'
    : null;
}

function whyTransactionUnused(
  row: KeyedSourceRow,
  atMs: number,
  score: CompanyScore,
  scoring: Scoring,
): UnusedReason | null {
  const type = String(row.fields['type']);
  if (atMs > scoring.asOfMs) return 'after_as_of';
  if (type === 'shipment') return 'no_money';
  if (amountInWorkspaceMoney(row, scoring) === null) return 'no_rate';
  // Payments are looked at in any case, for whether they came in time.
  if (type === 'payment' && score.customer.payments !== null) return null;
  const { value } = score.customer;
  return value === null || value.revenue.from === type ? null : 'other_rows_counted';
}

function isRefused(method: string, { values }: CompanyScore, scoring: Scoring): boolean {
  const country = values.get('country');
  const known =
    country === undefined || isStale(country, scoring.asOfMs, scoring.policy.fit.freshDays)
      ? null
      : country.value;
  const where = typeof known === 'string' ? known : null;
  return (
    admitMethod(method as IntentMethod, where, scoring.attestations, scoring.policy.intent) === 'refused'
  );
}

/** The newest row of each topic, source and method: an older one that once scored higher is history. */
export function newestScores(dossier: CompanyDossier, { asOfMs }: Scoring): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const row of dossier.sourceRows) {
    if (row.kind !== 'intent-scores' || row.at === null) continue;
    const atMs = Date.parse(row.at);
    if (atMs <= asOfMs && atMs > (newest.get(seriesOf(row)) ?? Number.NEGATIVE_INFINITY))
      newest.set(seriesOf(row), atMs);
  }
  return newest;
}

function seriesOf({ source, method, fields }: KeyedSourceRow): string {
  return `${source}\n${method ?? 'unknown'}\n${normaliseTopic(String(fields['topic']))}`;
}
