// Makes the events of one company out of engagement rows: who did it and how long ago. Scores nothing.
import { admitMethod } from '#domain/intent/admit-method.ts';
import type { IntentMethod, IntentPolicy } from '#domain/intent/intent-policy.ts';
import type { IgnoredRows, IntentSetting } from '#domain/intent/intent-rows.ts';
import type { EngagementEvent } from './engagement-event.ts';
import type { EventType, PersonRole } from './engagement-policy.ts';

export interface EngagementRow {
  readonly source: string;
  /** null: seen by the CRM itself, which is first party. */
  readonly method: IntentMethod | null;
  readonly type: EventType;
  /** Milliseconds since 1970, UTC. */
  readonly occurredAtMs: number;
  /** Lower-cased; null is anonymous. */
  readonly email: string | null;
}

/** A contact of the company. Two contacts of one address are one person. */
export interface KnownPerson {
  readonly person: string;
  readonly role: PersonRole;
}

/** An event with what people are told of it. */
export interface DatedEvent extends EngagementEvent {
  readonly source: string;
  readonly occurredAtMs: number;
}

const DAY_MS = 86_400_000;

/** Newest first. `people`: by lower-cased e-mail; whoever is not among them is one unknown person an address. */
export function eventsFromEngagementRows(
  rows: readonly EngagementRow[],
  people: ReadonlyMap<string, KnownPerson>,
  setting: IntentSetting,
  policy: Pick<IntentPolicy, 'refusedMethods'>,
): { readonly events: readonly DatedEvent[]; readonly ignored: IgnoredRows } {
  const ignored = { future: 0, refused: 0 };
  const events: DatedEvent[] = [];
  for (const { source, method, type, occurredAtMs, email } of rows) {
    if (occurredAtMs > setting.asOfMs) ignored.future += 1;
    else if (
      method !== null &&
      admitMethod(method, setting.country, setting.attestations, policy) === 'refused'
    ) {
      ignored.refused += 1;
    } else {
      const known = email === null ? undefined : people.get(email);
      events.push({
        type,
        ageDays: (setting.asOfMs - occurredAtMs) / DAY_MS,
        person: known?.person ?? email,
        role: known?.role ?? 'unknown',
        source,
        occurredAtMs,
      });
    }
  }
  return { events: events.toSorted((a, b) => a.ageDays - b.ageDays), ignored };
}
