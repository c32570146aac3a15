// A planned change as a row, and back; and the ways in which changes are asked for.
import type { ExpressionBuilder, Selectable } from 'kysely';
import type { ChangeQuery, StoredChange } from '#ports/store.ts';
import type { Tables } from '../tables.ts';

export const storedChangeColumns = [
  'run',
  'id',
  'connection',
  'object',
  'verb',
  'record_id',
  'account_id',
  'company_key',
  'name',
  'fields',
  'idempotency_key',
  'in_doubt',
  'status',
  'error',
] as const;

export type StoredChangeRow = Pick<Selectable<Tables['changes']>, (typeof storedChangeColumns)[number]>;

export function toStoredChange(row: StoredChangeRow): StoredChange {
  return {
    run: row.run,
    id: row.id,
    connection: row.connection,
    object: row.object,
    verb: row.verb,
    recordId: row.record_id,
    accountId: row.account_id,
    companyKey: row.company_key,
    name: row.name,
    fields: row.fields,
    idempotencyKey: row.idempotency_key,
    inDoubt: row.in_doubt,
    status: row.status,
    error: row.error,
  };
}

export function matchesQuery(query: ChangeQuery) {
  return (build: ExpressionBuilder<Tables, 'changes'>) => {
    const conditions = [build('run', '=', query.run)];
    if (query.connection !== undefined) conditions.push(build('connection', '=', query.connection));
    if (query.object !== undefined) conditions.push(build('object', '=', query.object));
    if (query.verb !== undefined) conditions.push(build('verb', '=', query.verb));
    if (query.status !== undefined) conditions.push(build('status', '=', query.status));
    return build.and(conditions);
  };
}
