// A record as a row of the table, and back: the columns beside `fields` are what other tables are joined by.
import type { Selectable } from 'kysely';
import type { CanonicalFields, CrmObject } from '#domain/record/objects.ts';
import type { StoredRecord } from '#domain/record/stored-record.ts';
import type { KeyedRecord } from '#ports/store.ts';
import type { CopyValue } from '../bulk/copy-text.ts';
import { cleanText, toJsonText } from '../bulk/json-text.ts';
import type { Tables } from '../tables.ts';
import { digestMatchFields } from './match-fields.ts';

export const stagedRecordColumns = [
  'connection',
  'object',
  'id',
  'fields',
  'modified_at',
  'deleted',
  'account_id',
  'opportunity_id',
  'company_key',
  'match_hash',
] as const;

/** `companyKey`: only for records that we created ourselves; others get theirs through their account or by matching. */
export function toStagedRow(record: StoredRecord, companyKey: string | null): readonly CopyValue[] {
  const { object, fields } = record;
  return [
    record.connection,
    object,
    record.id,
    toJsonText(fields),
    record.modifiedAt,
    record.deleted,
    object === 'account' ? null : textOf(fields, 'accountId'),
    object === 'opportunity_role' ? textOf(fields, 'opportunityId') : null,
    companyKey,
    digestMatchFields(object, fields),
  ];
}

export const keyedRecordColumns = [
  'connection',
  'object',
  'id',
  'fields',
  'modified_at',
  'deleted',
  'company_key',
] as const;

export type KeyedRecordRow = Pick<Selectable<Tables['records']>, (typeof keyedRecordColumns)[number]>;

export function toKeyedRecord(row: KeyedRecordRow): KeyedRecord {
  return {
    connection: row.connection,
    object: row.object,
    id: row.id,
    fields: row.fields,
    modifiedAt: row.modified_at,
    deleted: row.deleted,
    companyKey: row.company_key,
  };
}

export function recordKeyOf(record: { connection: string; object: CrmObject; id: string }): string {
  return `${record.connection}\n${record.object}\n${record.id}`;
}

function textOf(fields: CanonicalFields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? cleanText(value) : null;
}
