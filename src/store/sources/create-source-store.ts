// Rows of third-party and own data, and what was refused of them.

import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { SourceLoadResult, SourceStore } from '#ports/store.ts';
import type { Database } from '../database.ts';
import { streamRows } from '../server-cursor.ts';
import type { Tables } from '../tables.ts';
import { inTransaction } from '../transaction.ts';
import { loadSource } from './load-source.ts';
import { resolveSources } from './resolve-sources.ts';

export function createSourceStore({ db, pool }: Database): SourceStore {
  return {
    async lastLoad(source) {
      const row = await db
        .selectFrom('source_loads')
        .selectAll()
        .where('source', '=', source)
        .executeTakeFirst();
      return row === undefined ? null : toLoadResult(row);
    },

    load: (load, rows) => loadSource(pool, load, rows),

    async keepOnly(sources) {
      await inTransaction(pool, async (client) => {
        for (const table of ['source_rows', 'refused_source_rows', 'source_loads']) {
          await client.query(`delete from tierline.${table} where source <> all($1::text[])`, [[...sources]]);
        }
      });
    },

    resolve: () => resolveSources(pool),

    async *refused(source) {
      const query = db
        .selectFrom('refused_source_rows')
        .select(['row_number', 'reason'])
        .where('source', '=', source)
        .orderBy('number')
        .compile();
      for await (const row of streamRows(pool, query))
        yield { rowNumber: row.row_number, reason: row.reason };
    },

    async distinct(kinds, field) {
      const { rows } = await pool.query<{ value: string }>(
        `select distinct (fields ->> $2) collate "C" as value
           from tierline.source_rows
          where kind = any($1::text[]) and fields ->> $2 is not null
          order by 1`,
        [[...kinds], field],
      );
      return rows.map((row) => row.value);
    },

    async companiesSince(source, since) {
      const rows = await db
        .selectFrom('source_rows')
        .select('company_key')
        .distinct()
        .where('source', '=', source)
        .where('at', '>=', since)
        .where('company_key', 'is not', null)
        .orderBy('company_key')
        .execute();
      return rows.flatMap((row) => row.company_key ?? []);
    },

    async firstAt(source) {
      const row = await db
        .selectFrom('source_rows')
        .select(sql<string | null>`min(at)`.as('first'))
        .where('source', '=', source)
        .executeTakeFirst();
      return row?.first ?? null;
    },
  };
}

function toLoadResult(row: Selectable<Tables['source_loads']>): SourceLoadResult {
  return {
    source: row.source,
    kind: row.kind,
    method: row.method,
    fingerprint: row.fingerprint,
    loadedAt: row.loaded_at,
    rows: row.row_count,
    refused: row.refused_count,
    previousRows: row.previous_row_count,
  };
}
