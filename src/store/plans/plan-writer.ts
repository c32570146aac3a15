// Writes a run's plan and its companies' results inside one open transaction: nobody sees half a plan.
import type { Pool, PoolClient } from 'pg';
import type { PlanWriter } from '#ports/store.ts';
import { CopyWriter } from '../bulk/copy-writer.ts';
import { toJsonText } from '../bulk/json-text.ts';
import { ConnectionLane } from '../connection-lane.ts';
import { adoptRunResults, recordResultSet } from './results.ts';

const changeColumns = [
  'run',
  'id',
  'connection',
  'object',
  'verb',
  'record_id',
  'account_id',
  'company_key',
  'name',
  'fields',
  'idempotency_key',
  'in_doubt',
  'status',
];

const resultColumns = ['run', 'company_key', 'tier_state', 'evaluation', 'slot'];

export async function openPlanWriter(pool: Pool, run: string): Promise<PlanWriter> {
  const client = await pool.connect();
  await client.query('begin').catch((error: Error) => {
    client.release(error);
    throw error;
  });
  const lane = new ConnectionLane();
  const changes = new CopyWriter(client, 'tierline.changes', changeColumns, lane);
  const results = new CopyWriter(client, 'tierline.results', resultColumns, lane);
  const end = createEnd(client, lane);
  return {
    addChange: (change) =>
      changes.add([
        run,
        change.id,
        change.connection,
        change.object,
        change.verb,
        change.recordId,
        change.accountId,
        change.companyKey,
        change.name,
        toJsonText(change.fields),
        change.idempotencyKey,
        change.inDoubt,
        'planned',
      ]),

    addResult: (result) =>
      results.add([
        run,
        result.companyKey,
        toJsonText(result.tierState),
        toJsonText(result.evaluation),
        result.slot === undefined || result.slot === null ? null : toJsonText(result.slot),
      ]),

    async commit(adoptResults) {
      try {
        await changes.flush();
        await results.flush();
        await recordResultSet(client, run, results.rows);
        if (adoptResults) await adoptRunResults(client, run);
      } catch (error) {
        await end('rollback');
        throw error;
      }
      await end('commit');
    },

    abort: () => end('rollback'),
  };
}

/** Ends the transaction and gives the connection back, once: aborting after a commit or a failure does nothing. */
function createEnd(client: PoolClient, lane: ConnectionLane): (how: 'commit' | 'rollback') => Promise<void> {
  let ended = false;
  return async (how) => {
    if (ended) return;
    ended = true;
    try {
      await lane.run(() => client.query(how));
      client.release();
    } catch (error) {
      client.release(true);
      if (how === 'commit') throw error;
    }
  };
}
