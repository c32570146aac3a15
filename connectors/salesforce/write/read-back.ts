// After a write whose fate is unknown: asks the CRM what it holds before anything is sent again.
import type { ChangeOutcome, CrmChange, CrmValue } from '#ports/crm.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import { resolveTable, type Table } from '../read/columns.ts';
import { runQuery } from '../read/run-query.ts';
import { soqlIn, toSoql } from '../read/soql.ts';
import { readJsonPath, toRawRecord } from '../read/to-raw-record.ts';
import { toLongId } from '../salesforce-id.ts';
import { findField } from '../schema/describe-answer.ts';
import type { SchemaReader } from '../schema/schema-reader.ts';

export interface ReadBackParts {
  readonly client: SalesforceClient;
  readonly schema: SchemaReader;
  readonly crmObject: string;
  readonly signal: AbortSignal | undefined;
}

export interface Sorted {
  /** Outcomes of changes that the CRM holds already. */
  readonly settled: readonly ChangeOutcome[];
  /** Changes that still have to be sent. */
  readonly open: readonly CrmChange[];
}

const ROWS_A_READ = 200;

/** Which of these updates stand in the CRM: every field of the change has the wanted value. */
export const readBackUpdates = async (
  parts: ReadBackParts,
  changes: readonly CrmChange[],
): Promise<Sorted> => {
  const fields = [...new Set(changes.flatMap((change) => Object.keys(change.fields)))];
  const table = await resolveTable(parts.schema, {
    connection: parts.client.connection,
    crmObject: parts.crmObject,
    fields,
  });
  const ids = changes.flatMap(({ recordId }) => (recordId === null ? [] : [toLongId(recordId)]));
  const held = await readBy(parts, table, 'Id', ids);
  const byId = new Map(held.map((record) => [record.id, record]));
  return sortBy(changes, (change) => {
    const record = byId.get(toLongId(change.recordId ?? ''));
    const stands =
      record !== undefined &&
      !record.deleted &&
      Object.entries(change.fields).every(([field, wanted]) => isSame(record.fields[field] ?? null, wanted));
    return stands ? record : undefined;
  });
};

/** Which of these records have been made: found by their idempotency keys. */
export const readBackCreates = async (
  parts: ReadBackParts,
  keyField: string,
  changes: readonly CrmChange[],
): Promise<Sorted> => {
  const table = await resolveTable(parts.schema, {
    connection: parts.client.connection,
    crmObject: parts.crmObject,
    fields: [keyField],
  });
  const keys = changes.map(({ idempotency }) => idempotency?.value ?? '').filter((key) => key !== '');
  const held = await readBy(parts, table, keyField, keys);
  const byKey = new Map(
    held
      .filter(({ deleted }) => !deleted)
      // Unique text fields of Salesforce do not tell capitals apart.
      .map((record) => [String(record.fields[keyField]).toLowerCase(), record]),
  );
  return sortBy(changes, ({ idempotency }) => byKey.get((idempotency?.value ?? '').toLowerCase()));
};

/** Which of these records are gone. */
export const readBackDeletes = async (
  parts: ReadBackParts,
  changes: readonly CrmChange[],
): Promise<Sorted> => {
  const { connection } = parts.client;
  const table = await resolveTable(parts.schema, { connection, crmObject: parts.crmObject, fields: [] });
  const ids = changes.flatMap(({ recordId }) => (recordId === null ? [] : [toLongId(recordId)]));
  const living = new Set((await readBy(parts, table, 'Id', ids)).map(({ id }) => id));
  const isGone = ({ recordId }: CrmChange): boolean => !living.has(toLongId(recordId ?? ''));
  return {
    settled: changes.filter(isGone).map(({ changeId, recordId }) => ({
      changeId,
      status: 'written',
      recordId: toLongId(recordId ?? ''),
      writtenAt: null,
    })),
    open: changes.filter((change) => !isGone(change)),
  };
};

type Held = ReturnType<typeof toRawRecord>;

const readBy = async (
  { client, signal }: ReadBackParts,
  table: Table,
  field: string,
  values: readonly string[],
): Promise<readonly Held[]> => {
  const held: Held[] = [];
  for (let start = 0; start < values.length; start += ROWS_A_READ) {
    const where = [soqlIn(field, values.slice(start, start + ROWS_A_READ))];
    const soql = toSoql({ select: table.select, from: table.name, where });
    const { rows } = await runQuery(client, soql, { kind: 'read', withDeleted: false, signal });
    held.push(...rows.map((row) => toRawRecord(table, readJsonPath(row))));
  }
  return held;
};

const sortBy = (changes: readonly CrmChange[], find: (change: CrmChange) => Held | undefined): Sorted => {
  const settled: ChangeOutcome[] = [];
  const open: CrmChange[] = [];
  for (const change of changes) {
    const record = find(change);
    if (record === undefined) open.push(change);
    else
      settled.push({
        changeId: change.changeId,
        status: 'written',
        recordId: record.id,
        // Read from the record itself, so exact; a later edit by somebody else would show here, and as not standing above.
        writtenAt: record.modifiedAt,
      });
  }
  return { settled, open };
};

/** Salesforce trims text, keeps no empty text and writes ids with 18 characters. */
const isSame = (held: CrmValue, wanted: CrmValue): boolean => {
  if (typeof wanted !== 'string') return held === wanted;
  const text = wanted.trim();
  if (text === '') return held === null;
  return typeof held === 'string' && (held === text || held.trim() === text || held === toLongId(text));
};

/** The unique field that a create hangs on; null when it is not unique or not there. */
export const uniqueField = async (
  schema: SchemaReader,
  crmObject: string,
  name: string,
): Promise<string | null> => {
  const object = await schema.describe(crmObject);
  const field = object === null ? undefined : findField(object, name);
  return field?.unique === true ? field.name : null;
};
