// Turns one raw CRM record into canonical fields. A value that cannot be read becomes unknown and is reported; the record
// is never lost for it.
import type { CanonicalValue, CrmObject } from '#domain/record/objects.ts';
import type { RefusedRecord, StoredRecord } from '#domain/record/stored-record.ts';
import type { RawRecord } from '#ports/crm.ts';
import type { FieldMapping, ObjectMapping } from './object-mapping.ts';
import { readValue } from './read-value.ts';

export interface ReadRecord {
  readonly record: StoredRecord;
  readonly refused: readonly RefusedRecord[];
}

export function readRecord(
  connection: string,
  object: CrmObject,
  mapping: ObjectMapping,
  raw: RawRecord,
): ReadRecord {
  const fields: Record<string, CanonicalValue> = {};
  const refused: RefusedRecord[] = [];
  for (const field of mapping.fields.values()) {
    const result = readValue(field, raw.fields[field.crm]);
    if ('value' in result) {
      fields[field.name] = result.value;
    } else {
      fields[field.name] = null;
      refused.push({
        connection,
        object,
        id: raw.id,
        field: field.crm,
        reason: `${field.crm} ${result.reason}`,
      });
    }
  }
  return {
    record: { connection, object, id: raw.id, fields, modifiedAt: raw.modifiedAt, deleted: raw.deleted },
    refused,
  };
}

/** The CRM fields that a mapping reads: those it names, in a stable order. */
export function fieldsToRead(mapping: ObjectMapping): readonly string[] {
  return [...new Set([...mapping.fields.values()].map((field: FieldMapping) => field.crm))].toSorted();
}
