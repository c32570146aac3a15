// The rows of one object in memory, in the order they were made, with value indexes built when first asked for.
// It checks nothing: what may be stored is decided in dml/.
import { type FieldValue, idOf, type Row } from './row.ts';

export interface RecordTable {
  /** Moves with every write, so that what is derived from the table can be cached. */
  readonly version: number;
  get(id: string): Row | undefined;
  /** Deleted rows included. */
  rows(): IterableIterator<Row>;
  /** Inserts or replaces by id; returns what stood there before. */
  put(row: Row): Row | undefined;
  /** Only to roll an insert back. */
  forget(id: string): void;
  /** Ids of rows whose field holds the value, ignoring case: callers that mind check again. */
  idsWith(field: string, value: FieldValue): readonly string[];
}

type ValueIndex = Map<string, Set<string>>;

const keyOf = (value: FieldValue): string => String(value).toLowerCase();

export const createRecordTable = (): RecordTable => {
  const byId = new Map<string, Row>();
  const indexes = new Map<string, ValueIndex>();
  let version = 0;

  const link = (index: ValueIndex, field: string, row: Row): void => {
    const value = row[field] ?? null;
    if (value === null) return;
    const key = keyOf(value);
    const ids = index.get(key);
    if (ids === undefined) index.set(key, new Set([idOf(row)]));
    else ids.add(idOf(row));
  };

  const unlink = (index: ValueIndex, field: string, row: Row): void => {
    const value = row[field] ?? null;
    if (value !== null) index.get(keyOf(value))?.delete(idOf(row));
  };

  const indexOf = (field: string): ValueIndex => {
    const known = indexes.get(field);
    if (known !== undefined) return known;
    const index: ValueIndex = new Map();
    for (const row of byId.values()) link(index, field, row);
    indexes.set(field, index);
    return index;
  };

  return {
    get version() {
      return version;
    },
    get: (id) => byId.get(id),
    rows: () => byId.values(),
    put(row) {
      const previous = byId.get(idOf(row));
      for (const [field, index] of indexes) {
        if (previous !== undefined && previous[field] === row[field]) continue;
        if (previous !== undefined) unlink(index, field, previous);
        link(index, field, row);
      }
      byId.set(idOf(row), row);
      version += 1;
      return previous;
    },
    forget(id) {
      const row = byId.get(id);
      if (row === undefined) return;
      for (const [field, index] of indexes) unlink(index, field, row);
      byId.delete(id);
      version += 1;
    },
    idsWith: (field, value) => (value === null ? [] : [...(indexOf(field).get(keyOf(value)) ?? [])]),
  };
};
