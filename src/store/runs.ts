// Keeps runs, and the lock that lets one run at a time work on a workspace.
import type { Selectable } from 'kysely';
import type { RunRecord, RunStore } from '#ports/store.ts';
import { runInProgress } from './advisory-locks.ts';
import { toJsonText } from './bulk/json-text.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

export function createRunStore(database: Database): RunStore {
  const { db } = database;
  return {
    lock: (onLost) => takeRunLock(database, onLost),

    async start(run) {
      await db
        .insertInto('runs')
        .values({
          id: run.id,
          mode: run.mode,
          as_of: run.asOf,
          started_at: run.startedAt,
          policy_hash: run.policyHash,
          configuration: run.configuration === undefined ? null : toJsonText(run.configuration),
          connections: [...run.connections],
          options: toJsonText(run.options),
          status: 'running',
          finished_at: null,
          report: null,
        })
        .execute();
    },

    async finish(id, status, finishedAt, report) {
      await db
        .updateTable('runs')
        .set({ status, finished_at: finishedAt, report: toJsonText(report) })
        .where('id', '=', id)
        .execute();
    },

    async find(id) {
      const row = await db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toRunRecord(row);
    },

    async list(limit) {
      const rows = await db.selectFrom('runs').selectAll().orderBy('number', 'desc').limit(limit).execute();
      return rows.map(toRunRecord);
    },

    async lastApplied() {
      // A held run wrote nothing and moved no tier; an interrupted one may have done both.
      const row = await db
        .selectFrom('runs')
        .selectAll()
        .where('mode', '!=', 'dry-run')
        .where('status', 'in', ['done', 'failed', 'stopped', 'interrupted'])
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : toRunRecord(row);
    },
  };
}

/** A session lock on a connection of its own: when the process dies, so does the connection, and the lock is free. */
async function takeRunLock(database: Database, onLost?: () => void): Promise<(() => Promise<void>) | null> {
  const client = await database.connectAlone();
  let released = false;
  client.on('error', (error) => {
    if (released) return;
    database.log.error('The connection that holds the run lock was lost', { reason: error.message });
    onLost?.();
  });
  const release = async () => {
    if (released) return;
    released = true;
    await client.end();
  };
  try {
    const answer = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(${runInProgress}) as taken`,
    );
    if (answer.rows[0]?.taken !== true) {
      await release();
      return null;
    }
    await client.query(`update tierline.runs set status = 'interrupted' where status = 'running'`);
    // Marks of runs that never came to compare them.
    await client.query('delete from tierline.seen_records');
    return release;
  } catch (error) {
    await release();
    throw error;
  }
}

function toRunRecord(row: Selectable<Tables['runs']>): RunRecord {
  return {
    id: row.id,
    mode: row.mode,
    asOf: row.as_of,
    startedAt: row.started_at,
    policyHash: row.policy_hash,
    ...(row.configuration === null ? {} : { configuration: row.configuration }),
    connections: row.connections,
    options: row.options,
    status: row.status,
    finishedAt: row.finished_at,
    report: row.report,
  };
}
