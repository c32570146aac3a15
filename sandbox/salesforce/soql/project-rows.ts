// Prints rows as REST does: nested parents, compound addresses, and `attributes` that say where a record lives.
import { ADDRESS_PARTS } from '../objects/address-fields.ts';
import { isCompound, readField } from '../objects/field.ts';
import type { FieldValue, Row } from '../org/row.ts';
import { idOf, valueOf } from '../org/row.ts';
import type { Column } from './compile-select.ts';
import type { Hop } from './resolve-path.ts';

export type JsonRecord = Record<string, unknown>;

export interface Attributes {
  readonly type: string;
  readonly url: string;
}

export const attributesOf = (basePath: string, objectName: string, row: Row): Attributes => ({
  type: objectName,
  url: `${basePath}/sobjects/${objectName}/${idOf(row)}`,
});

/** `prefix` is `Billing` for BillingAddress. Null when every part is empty. */
export const readAddress = (row: Row, prefix: string): Record<string, FieldValue> | null => {
  const parts = ADDRESS_PARTS.map((part) => [lowerFirst(part), valueOf(row, prefix + part)] as const);
  return parts.every(([, value]) => value === null) ? null : Object.fromEntries(parts);
};

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** A level of the answer: own columns, and one nested level for every relationship used. */
interface Level {
  readonly columns: readonly Column[];
  readonly parents: readonly { readonly hop: Hop; readonly level: Level }[];
  /** Keys in the order they were selected. */
  readonly order: readonly string[];
}

const buildLevel = (columns: readonly Column[], depth: number): Level => {
  const own = columns.filter((column) => column.path.hops.length === depth);
  const nested = Map.groupBy(
    columns.filter((column) => column.path.hops.length > depth),
    (column) => column.names[depth] ?? '',
  );
  return {
    columns: own,
    parents: [...nested.values()].flatMap((group) => {
      const hop = group[0]?.path.hops[depth];
      return hop === undefined ? [] : [{ hop, level: buildLevel(group, depth + 1) }];
    }),
    order: [...new Set(columns.map((column) => column.names[depth] ?? ''))],
  };
};

export type Project = (objectName: string, row: Row) => JsonRecord;

export const createProjection = (columns: readonly Column[], basePath: string): Project => {
  const root = buildLevel(columns, 0);

  const project = (level: Level, objectName: string, row: Row, shownType = objectName): JsonRecord => {
    const attributes = { ...attributesOf(basePath, objectName, row), type: shownType };
    const record: JsonRecord = { attributes };
    for (const name of level.order) record[name] = null;
    for (const column of level.columns) record[column.path.field.name] = readOwn(column, objectName, row);
    for (const { hop, level: below } of level.parents) {
      const parent = hop.follow(row);
      record[hop.relationshipName] =
        parent === undefined
          ? null
          : project(below, parent.objectName, parent.row, hop.isPolymorphic ? 'Name' : parent.objectName);
    }
    return record;
  };

  return (objectName, row) => project(root, objectName, row);
};

const readOwn = ({ path, read }: Column, objectName: string, row: Row): unknown => {
  const { field, hops } = path;
  if (isCompound(field)) return readAddress(row, field.name.slice(0, -'Address'.length));
  if (hops.length === 0) return read(row);
  // Below the root the row at hand is already the parent.
  return field.name === 'Type' && !Object.hasOwn(row, 'Type') ? objectName : readField(field, row);
};
