// Makes the port's record out of a row, whichever API it came by. It is handed a reader of paths, not the row's form.
import { ContractError } from '#errors/errors.ts';
import type { CrmValue, RawRecord } from '#ports/crm.ts';
import { type Column, readColumn, type Table } from './columns.ts';
import { toValue } from './to-value.ts';

/** Gives the raw value at a path of the select list. */
export type ReadPath = (path: string) => unknown;

const MASTER: Column = { asked: 'MasterRecordId', path: 'MasterRecordId', type: 'reference' };

export const toRawRecord = (table: Table, read: ReadPath): RawRecord => {
  const id = toValue('id', read('Id'));
  if (typeof id !== 'string') throw new ContractError(`a ${table.name} came without an id`);
  const fields: Record<string, CrmValue> = {};
  for (const column of table.columns) fields[column.asked] = readColumn(column, read(column.path));
  const modifiedAt = table.stamp === null ? null : toValue('datetime', read(table.stamp));
  const master = table.hasMaster ? readColumn(MASTER, read('MasterRecordId')) : null;
  return {
    id,
    fields,
    modifiedAt: typeof modifiedAt === 'string' ? modifiedAt : null,
    deleted: table.hasDeleted && toValue('boolean', read('IsDeleted')) === true,
    mergedInto: typeof master === 'string' ? master : null,
    // Salesforce tells the survivor on the loser's row, never the other way round.
    mergedIds: [],
  };
};

/** Reads dotted paths in nested JSON; an empty lookup on the way gives undefined. */
export const readJsonPath =
  (row: unknown): ReadPath =>
  (path) => {
    let value = row;
    for (const step of path.split('.')) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = (value as Readonly<Record<string, unknown>>)[step];
    }
    return value;
  };
