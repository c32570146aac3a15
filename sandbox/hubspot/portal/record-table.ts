// All records of one type in the order of their ids, with the ids that merges retired.
// It knows nothing of properties, uniqueness or the search index.
import type { HubRecord } from './record.ts';

export interface RecordTable {
  /** Ids must grow from call to call. */
  add(record: HubRecord): void;
  /** The record, archived or not; a merged-away id leads to the record it went into. */
  find(id: string): HubRecord | null;
  isMergedAway(id: string): boolean;
  /** Takes a record out and lets its id lead to the survivor from now on. */
  retire(record: HubRecord, survivorId: string): void;
  /** Every record in id order, archived ones included. */
  all(): readonly HubRecord[];
  /** Up to `limit` records from `fromOrder` on (inclusive), either the live or the archived ones. */
  page(fromOrder: number, limit: number, archived: boolean): RecordPage;
}

interface RecordPage {
  readonly records: readonly HubRecord[];
  /** More records of the kind follow. */
  readonly more: boolean;
}

export const createRecordTable = (): RecordTable => {
  const byId = new Map<string, HubRecord>();
  const survivors = new Map<string, string>();
  let ordered: HubRecord[] = [];

  const survivingId = (id: string): string => {
    let current = id;
    for (let next = survivors.get(current); next !== undefined; next = survivors.get(current)) current = next;
    return current;
  };

  return {
    add(record) {
      byId.set(record.id, record);
      ordered.push(record);
    },
    find: (id) => byId.get(survivingId(id)) ?? null,
    isMergedAway: (id) => survivors.has(id),
    retire(record, survivorId) {
      byId.delete(record.id);
      survivors.set(record.id, survivorId);
      ordered = ordered.filter((other) => other !== record);
    },
    all: () => ordered,
    page(fromOrder, limit, archived) {
      const records: HubRecord[] = [];
      for (let position = firstFrom(ordered, fromOrder); position < ordered.length; position += 1) {
        const record = ordered[position];
        if (record === undefined || (record.archivedAtMs !== null) !== archived) continue;
        if (records.length === limit) return { records, more: true };
        records.push(record);
      }
      return { records, more: false };
    },
  };
};

const firstFrom = (ordered: readonly HubRecord[], order: number): number => {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle]?.order ?? 0) < order) low = middle + 1;
    else high = middle;
  }
  return low;
};
