// Our copy of the CRMs' records.
import { sql } from 'kysely';
import type { RecordStore } from '#ports/store.ts';
import { CopyWriter } from '../bulk/copy-writer.ts';
import type { Database } from '../database.ts';
import { streamRows } from '../server-cursor.ts';
import { inRetriedTransaction, inTransaction } from '../transaction.ts';
import { deleteUnseenRecords, findUnseenRecords } from './delete-unseen.ts';
import { findAccounts } from './find-accounts.ts';
import { mergeRecords } from './merge-records.ts';
import { keyedRecordColumns, toKeyedRecord } from './record-row.ts';
import { streamLeads } from './stream-leads.ts';
import { upsertRecords } from './upsert-records.ts';

export function createRecordStore({ db, pool }: Database): RecordStore {
  return {
    put: (run, records) =>
      inRetriedTransaction(pool, (client) =>
        upsertRecords(
          client,
          run,
          records.map((record) => ({ record, companyKey: null })),
        ),
      ),

    unseen: (run, connection, object) => findUnseenRecords(pool, run, connection, object),
    deleteUnseen: (run, connection, object) => deleteUnseenRecords(pool, run, connection, object),

    merge: (connection, object, oldId, newId) => mergeRecords(pool, connection, object, oldId, newId),

    async refuse(run, refused) {
      await inTransaction(pool, async (client) => {
        const columns = ['run', 'connection', 'object', 'id', 'field', 'reason'];
        const writer = new CopyWriter(client, 'tierline.refused_records', columns);
        for (const { connection, object, id, field, reason } of refused) {
          await writer.add([run, connection, object, id, field, reason]);
        }
        await writer.flush();
      });
    },

    async *refused(run) {
      const query = db
        .selectFrom('refused_records')
        .select(['connection', 'object', 'id', 'field', 'reason'])
        .where('run', '=', run)
        .orderBy('number')
        .compile();
      yield* streamRows(pool, query);
    },

    async *stream(query) {
      let select = db
        .selectFrom('records')
        .select(keyedRecordColumns)
        .where('object', '=', query.object)
        .orderBy('connection')
        .orderBy('id');
      if (query.connection !== undefined) select = select.where('connection', '=', query.connection);
      if (query.ids !== undefined) select = select.where(sql<boolean>`id = any(${[...query.ids]}::text[])`);
      if (query.withDeleted !== true) select = select.where('deleted', '=', false);
      for await (const row of streamRows(pool, select.compile())) yield toKeyedRecord(row);
    },

    leads: (connection, keys) => streamLeads(pool, connection, keys),

    async count(connection, object) {
      const { count } = await db
        .selectFrom('records')
        .select(sql<number>`count(*)`.as('count'))
        .where('connection', '=', connection)
        .where('object', '=', object)
        .where('deleted', '=', false)
        .executeTakeFirstOrThrow();
      return count;
    },

    async *titles() {
      const query = db
        .selectFrom('records')
        .select([sql<string>`fields ->> 'title'`.as('title'), sql<number>`count(*)`.as('contacts')])
        .where('object', '=', 'contact')
        .where('deleted', '=', false)
        .where(sql<boolean>`fields ->> 'title' <> ''`)
        .groupBy(sql`fields ->> 'title'`)
        .compile();
      yield* streamRows(pool, query);
    },

    findAccounts: (text) => findAccounts(pool, text),
  };
}
