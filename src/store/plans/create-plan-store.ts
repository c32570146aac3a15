// Plans: what a run wants to change, what became of it, and what it computed of each company.
import { type NotNull, sql } from 'kysely';
import type { CanonicalValue } from '#domain/record/objects.ts';
import type { Json, PlanStore } from '#ports/store.ts';
import type { Database } from '../database.ts';
import { streamRows } from '../server-cursor.ts';
import { inTransaction } from '../transaction.ts';
import { matchesQuery } from './change-row.ts';
import { markChangesSent } from './mark-sent.ts';
import { openPlanWriter } from './plan-writer.ts';
import { adoptRunResults } from './results.ts';
import { settleChanges } from './settle-changes.ts';
import { streamChanges } from './stream-changes.ts';
import { streamTiersAsOf } from './tiers-as-of.ts';

export function createPlanStore(database: Database): PlanStore {
  const { db, pool } = database;
  return {
    openWriter: (run) => openPlanWriter(pool, run),

    adoptResults: (run) => inTransaction(pool, (client) => adoptRunResults(client, run)),

    stream: (query) => streamChanges(db, query),

    async count(query) {
      const { count } = await db
        .selectFrom('changes')
        .select(sql<number>`count(*)`.as('count'))
        .where(matchesQuery(query))
        .executeTakeFirstOrThrow();
      return count;
    },

    async adoptChanges(from, to) {
      // What was sent and never answered may stand in the CRM.
      await pool.query(
        `insert into tierline.changes (
           run, id, connection, object, verb, record_id, account_id, company_key, name, fields,
           idempotency_key, in_doubt, status
         )
         select $2, id, connection, object, verb, record_id, account_id, company_key, name, fields,
                idempotency_key, in_doubt or (status = 'sent' and verb = 'create'), 'planned'
           from tierline.changes
          where run = $1 and status in ('planned', 'sent')`,
        [from, to],
      );
    },

    markSent: (run, changeIds) => markChangesSent(pool, run, changeIds),

    settle: (run, outcomes) => settleChanges(pool, run, outcomes),

    async evaluation(companyKey, run) {
      const { rows } = await pool.query<{ run: string; evaluation: Json }>(
        run === undefined
          ? `select r.run, r.evaluation
               from tierline.company_states s
               join tierline.results r on r.run = s.run and r.company_key = s.result_key
              where s.company_key = $1`
          : 'select run, evaluation from tierline.results where company_key = $1 and run = $2',
        run === undefined ? [companyKey] : [companyKey, run],
      );
      return rows[0] ?? null;
    },

    async *slots() {
      const query = db
        .selectFrom('company_states as state')
        .innerJoin('results as result', (join) =>
          join.onRef('result.run', '=', 'state.run').onRef('result.company_key', '=', 'state.result_key'),
        )
        .select(['state.company_key', 'result.slot'])
        .where('result.slot', 'is not', null)
        // A company whose accounts are all gone holds nobody's slot.
        .where((where) =>
          where.exists(
            where
              .selectFrom('records as account')
              .select('account.id')
              .whereRef('account.company_key', '=', 'state.company_key')
              .where('account.object', '=', 'account')
              .where('account.deleted', '=', false),
          ),
        )
        .$narrowType<{ slot: NotNull }>()
        .compile();
      for await (const { company_key: companyKey, slot } of streamRows(pool, query))
        yield { companyKey, slot };
    },

    tiersAsOf: (asOf) => streamTiersAsOf(database, asOf),

    async ledgerValue(connection, object, id, field) {
      const { rows } = await pool.query<{ value: CanonicalValue; has: boolean }>(
        `select written -> $4::text as value, written ? $4::text as has
           from tierline.ledger where connection = $1 and object = $2 and id = $3`,
        [connection, object, id, field],
      );
      const [row] = rows;
      return row?.has === true ? row.value : undefined;
    },
  };
}
