// Turns a company's stored source rows into what the domain scores: topics, signals, events. Types were checked when the rows
// were loaded; here they only change shape.

import type { EventType } from '#domain/engagement/engagement-policy.ts';
import {
  type DatedEvent,
  eventsFromEngagementRows,
  type KnownPerson,
} from '#domain/engagement/events-from-rows.ts';
import type { IntentMethod, SignalKind } from '#domain/intent/intent-policy.ts';
import { type NamedSignal, signalsFromIntentRows } from '#domain/intent/signals-from-rows.ts';
import { type NamedTopic, topicsFromIntentRows } from '#domain/intent/topics-from-rows.ts';
import type { CompanyDossier, KeyedSourceRow, SourceKind } from '#ports/store.ts';
import type { Scoring } from './scoring.ts';

export interface GatheredSignals {
  readonly topics: readonly NamedTopic[];
  readonly signals: readonly NamedSignal[];
  readonly events: readonly DatedEvent[];
  /** Rows after as-of. */
  readonly future: number;
  /** Rows gathered in a way that is refused where the company is. */
  readonly refused: number;
}

export function gatherSignals(
  dossier: CompanyDossier,
  people: ReadonlyMap<string, KnownPerson>,
  country: string | null,
  scoring: Scoring,
): GatheredSignals {
  const { policy, asOfMs, attestations, firstRowMs } = scoring;
  const setting = { asOfMs, country, attestations };
  const rows = (kind: SourceKind) => dossier.sourceRows.filter((row) => row.kind === kind);

  const topics = topicsFromIntentRows(
    {
      scores: rows('intent-scores').map((row) => ({
        ...originOf(row),
        topic: String(row.fields['topic']),
        score: Number(row.fields['score']),
        observedAtMs: momentOf(row),
      })),
      counts: rows('intent-counts').map((row) => ({
        ...originOf(row),
        topic: String(row.fields['topic']),
        weekMs: momentOf(row),
        count: Number(row.fields['count']),
      })),
    },
    { ...setting, firstRowMs },
    policy.intent,
  );
  const signals = signalsFromIntentRows(
    rows('intent-signals').map((row) => ({
      ...originOf(row),
      signal: row.fields['signal'] as SignalKind,
      observedAtMs: momentOf(row),
    })),
    setting,
    policy.intent,
  );
  const events = eventsFromEngagementRows(
    rows('engagement').map((row) => ({
      source: row.source,
      method: row.method as IntentMethod | null,
      type: row.fields['type'] as EventType,
      occurredAtMs: momentOf(row),
      email: row.fields['anonymous'] === true ? null : row.email,
    })),
    people,
    setting,
    policy.intent,
  );
  return {
    topics: topics.topics,
    signals: signals.signals,
    events: events.events,
    future: topics.ignored.future + signals.ignored.future + events.ignored.future,
    refused: topics.ignored.refused + signals.ignored.refused + events.ignored.refused,
  };
}

/** Intent data that does not say how it was gathered is of an unknown method. */
function originOf(row: KeyedSourceRow): { readonly source: string; readonly method: IntentMethod } {
  return { source: row.source, method: (row.method ?? 'unknown') as IntentMethod };
}

function momentOf(row: KeyedSourceRow): number {
  return Date.parse(row.at ?? '');
}
