// Keeps the rows of queries that did not fit one page. A user has ten open cursors; the oldest gives way.
import type { Row } from '../org/row.ts';

export interface Cursor {
  readonly rows: readonly Row[];
  readonly print: (row: Row) => unknown;
  readonly pageSize: number;
}

export interface QueryCursors {
  open(userId: string, cursor: Cursor): string;
  find(userId: string, id: string): Cursor | null;
  /** As after two days, or when the platform restarts. */
  expireAll(): void;
}

const MAX_OPEN = 10;

export const createQueryCursors = (mintId: () => string): QueryCursors => {
  const byUser = new Map<string, Map<string, Cursor>>();
  return {
    open(userId, cursor) {
      const own = byUser.get(userId) ?? new Map<string, Cursor>();
      byUser.set(userId, own);
      const id = mintId();
      own.set(id, cursor);
      const [oldest] = own.keys();
      if (own.size > MAX_OPEN && oldest !== undefined) own.delete(oldest);
      return id;
    },
    find: (userId, id) => byUser.get(userId)?.get(id) ?? null,
    expireAll() {
      byUser.clear();
    },
  };
};
