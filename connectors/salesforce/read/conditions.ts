// The WHERE parts of a pull: from where on, which of our own echoes to leave out, which stretches to read after all.
import type { OwnWrites } from '#ports/crm.ts';
import type { Table } from './columns.ts';
import { quoteSoql, soqlInstant, soqlName } from './soql.ts';

/** The last row read: where a keyset goes on. */
export interface RowKey {
  readonly id: string;
  /** Null when rows are ordered by id alone. */
  readonly stamp: string | null;
}

// Each window adds some 130 characters to a query that may have 100,000; the largest save the most.
const SKIP_LIMIT = 100;

export const havingValue = (field: string): string => `${soqlName(field)} != null`;

/** Rows behind the key. Timestamps alone would lose, or re-read for ever, rows that share one. */
export const behind = (table: Table, key: RowKey): string => {
  const id = `Id > ${quoteSoql(key.id)}`;
  if (key.stamp === null || table.stamp === null) return id;
  const stamp = soqlInstant(key.stamp);
  return `(${table.stamp} > ${stamp} OR (${table.stamp} = ${stamp} AND ${id}))`;
};

export interface SinceRequest {
  readonly stamp: string;
  readonly since: string;
  /** Null when our echoes cannot be told from other edits: then nothing is skipped. */
  readonly actor: string | null;
  readonly skip: readonly OwnWrites[];
  readonly reread: readonly OwnWrites[];
}

/** `since` is inclusive: rows that share its instant may have been committed after we read. */
export const changedSince = ({ stamp, since, actor, skip, reread }: SinceRequest): string => {
  const column = soqlName(stamp);
  const within = ({ from, to }: OwnWrites): string =>
    `${column} >= ${soqlInstant(from)} AND ${column} <= ${soqlInstant(to)}`;
  const largest = skip
    .filter(({ to }) => to >= since)
    .toSorted((left, right) => right.rows - left.rows)
    .slice(0, SKIP_LIMIT);
  const echoes =
    actor === null
      ? []
      : largest.map((window) => `(NOT (LastModifiedById = ${quoteSoql(actor)} AND ${within(window)}))`);
  const changed = [`${column} >= ${soqlInstant(since)}`, ...echoes].join(' AND ');
  if (reread.length === 0) return echoes.length === 0 ? changed : `(${changed})`;
  return `(${[changed, ...reread.map(within)].map((part) => `(${part})`).join(' OR ')})`;
};
