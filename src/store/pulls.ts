// Keeps where each pull goes on from, and the stretches of our own writes that incremental pulls may skip.
import type { PullStore } from '#ports/store.ts';
import type { Database } from './database.ts';

export function createPullStore({ db }: Database): PullStore {
  return {
    async cursor(connection, object) {
      const row = await db
        .selectFrom('cursors')
        .select('cursor')
        .where('connection', '=', connection)
        .where('object', '=', object)
        .executeTakeFirst();
      return row?.cursor ?? null;
    },

    async moveCursor(connection, object, cursor, fieldsHash) {
      await db
        .insertInto('cursors')
        .values({ connection, object, cursor, fields_hash: fieldsHash })
        .onConflict((conflict) =>
          conflict.columns(['connection', 'object']).doUpdateSet({ cursor, fields_hash: fieldsHash }),
        )
        .execute();
    },

    async fieldsHash(connection, object) {
      const row = await db
        .selectFrom('cursors')
        .select('fields_hash')
        .where('connection', '=', connection)
        .where('object', '=', object)
        .executeTakeFirst();
      return row?.fields_hash ?? null;
    },

    async forgetCursors(connection) {
      await db.deleteFrom('cursors').where('connection', '=', connection).execute();
    },

    async ownWrites(connection, object) {
      const rows = await db
        .selectFrom('own_writes')
        .selectAll()
        .where('connection', '=', connection)
        .where('object', '=', object)
        .orderBy('from_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        from: row.from_at,
        to: row.to_at,
        rows: row.row_count,
        skipped: row.skipped,
      }));
    },

    async addOwnWrites(connection, object, writes) {
      await db
        .insertInto('own_writes')
        .values({ connection, object, from_at: writes.from, to_at: writes.to, row_count: writes.rows })
        .execute();
    },

    async settleOwnWrites(ids) {
      if (ids.length === 0) return;
      await db.deleteFrom('own_writes').where('id', 'in', ids).execute();
    },

    async skipOwnWrites(ids) {
      if (ids.length === 0) return;
      await db.updateTable('own_writes').set({ skipped: true }).where('id', 'in', ids).execute();
    },
  };
}
