// Compares one record with what it should hold and makes the planned change; null when nothing is to be written.
import { shouldWrite, wasEdited } from '#domain/plan/diff-field.ts';
import type { FieldChange, PlannedChange } from '#domain/plan/planned-change.ts';
import { isSameValue } from '#domain/plan/same-value.ts';
import type { CanonicalFields, CanonicalValue } from '#domain/record/objects.ts';
import { textOf } from '#domain/record/text-of.ts';
import type { FieldMapping } from '#mapping/fields/object-mapping.ts';
import { readValue } from '#mapping/fields/read-value.ts';
import { writeValue } from '#mapping/fields/write-value.ts';
import type { LedgeredRecord } from '#ports/store.ts';
import type { LiveObject } from '../connected-crm.ts';
import { FACTS_FIELD } from './facts-field.ts';

export interface WantedField {
  readonly value: CanonicalValue;
  readonly why: string;
  /** For fields that take the newer of two values. */
  readonly observedAt?: string;
  /**
   * Ours to set whatever the rule says: the tier, a pin shown in the override fields, or one of ours that is over. It is
   * written even over an equal value that people put there, once, so that the ledger knows it and their next edit is seen.
   */
  readonly asserted?: boolean;
}

export type WantedFields = ReadonlyMap<string, WantedField>;

export interface RecordPlanSituation {
  readonly run: string;
  readonly companyKey: string;
  readonly live: LiveObject;
  /** Fingerprint of the facts that the wanted values stand on; null for records that state none. */
  readonly facts: string | null;
}

export function planUpdate(
  record: LedgeredRecord,
  wanted: WantedFields,
  situation: RecordPlanSituation,
): PlannedChange | null {
  const changes = diffFields(record, wanted, situation.live);
  if (changes.length === 0) return null;
  const remembered = rememberFacts(record, situation.facts);
  return {
    id: `${situation.run}:${record.connection}:${record.object}:${record.id}`,
    connection: record.connection,
    object: record.object,
    verb: 'update',
    recordId: record.id,
    accountId: record.object === 'account' ? record.id : textOf(record.fields, 'accountId'),
    companyKey: situation.companyKey,
    name: nameOf(record.fields),
    fields: remembered === null ? changes : [...changes, remembered],
    idempotencyKey: null,
    inDoubt: false,
  };
}

export function diffFields(
  record: LedgeredRecord,
  wanted: WantedFields,
  live: LiveObject,
): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  for (const [name, want] of wanted) {
    const field = live.mapping.fields.get(name);
    if (field === undefined || field.write === 'never') continue;
    const now = record.fields[name] ?? null;
    const after = asTheCrmHoldsIt(field, want.value, live);
    const write =
      want.asserted === true
        ? !isSameValue(now, after) || wasEdited(after, record.lastWritten[name])
        : shouldWrite({
            rule: field.write,
            live: now,
            wanted: after,
            lastWritten: record.lastWritten[name],
            clearsOnNull: field.clearsOnNull,
            observedAt: want.observedAt ?? null,
            recordModifiedAt: record.modifiedAt,
          });
    if (write) changes.push({ field: name, now, after, why: want.why });
  }
  return changes;
}

/** What a read will give back after the write: texts may be cut, choices translated. Else every run would see a change. */
function asTheCrmHoldsIt(field: FieldMapping, value: CanonicalValue, live: LiveObject): CanonicalValue {
  const written = writeValue(field, value, live.schema.fields.get(field.crm));
  const read = readValue(field, written);
  return 'value' in read ? read.value : value;
}

function rememberFacts(record: LedgeredRecord, facts: string | null): FieldChange | null {
  const now = record.lastWritten[FACTS_FIELD] ?? null;
  if (facts === null || facts === now) return null;
  return { field: FACTS_FIELD, now, after: facts, why: 'remembered' };
}

export function nameOf(fields: CanonicalFields): string | null {
  const name = textOf(fields, 'name');
  if (name !== null) return name;
  const person = [textOf(fields, 'firstName'), textOf(fields, 'lastName')].filter((part) => part !== null);
  return person.length === 0 ? null : person.join(' ');
}
