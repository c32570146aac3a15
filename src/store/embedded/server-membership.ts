// Who uses a running server: each user holds one connection with a shared advisory lock. Whoever can take the lock alone is
// the last one and may stop the server. A killed process frees its share by dying, so nothing is left to clean up.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '#ports/log.ts';
import { serverInUse } from '../advisory-locks.ts';
import { readPassword, superuser } from './init-cluster.ts';
import { isServing, readPostmaster } from './postmaster-file.ts';

const databaseName = 'tierline';
const stopLimitMs = 60_000;
const pollMs = 15;

export interface ServerMembership {
  /** Connection URL of the database, with its password: never for a log. */
  readonly url: string;
  readonly postmasterPid: number;
  /** Gives up the membership and, when nobody else uses the server, stops it. */
  leave(): Promise<void>;
}

/** Null: no server took the connection; look at the cluster again. */
export async function joinServer(cluster: string, log: Log): Promise<ServerMembership | null> {
  const postmaster = readPostmaster(cluster);
  if (postmaster === null || !postmaster.ready || postmaster.port === null) return null;
  const address = {
    host: '127.0.0.1',
    port: postmaster.port,
    user: superuser,
    password: readPassword(cluster),
  };
  const client = new Client({ ...address, database: 'postgres', keepAlive: true });
  let left = false;
  client.on('error', (error) => {
    if (!left)
      log.warn('The connection that keeps the embedded database running was lost', { reason: error.message });
  });
  try {
    await client.connect();
    // Waits here while another process is about to stop the server, and fails with it.
    await client.query(`select pg_advisory_lock_shared(${serverInUse})`);
    await ensureDatabase(client);
  } catch (error) {
    left = true;
    await client.end().catch(() => undefined);
    if (isServerGoing(error)) return null;
    throw error;
  }
  return {
    url: `postgres://${superuser}:${address.password}@${address.host}:${address.port}/${databaseName}`,
    postmasterPid: postmaster.pid,
    leave: async () => {
      left = true;
      try {
        if (await isLast(client)) await stopServer(cluster, postmaster.pid);
      } catch (error) {
        if (!isServerGoing(error)) throw error;
      } finally {
        await client.end().catch(() => undefined);
      }
    },
  };
}

async function ensureDatabase(client: Client): Promise<void> {
  const found = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
  if (found.rowCount !== 0) return;
  await client.query(`create database ${databaseName}`).catch((error: unknown) => {
    // 42P04, or 23505 when both were at it in the same instant: another process made it.
    if (!['42P04', '23505'].includes(codeOf(error))) throw error;
  });
}

/** True when we now hold the lock alone; it is kept until the connection ends, so that nobody joins a server that is going. */
async function isLast(client: Client): Promise<boolean> {
  await client.query(`select pg_advisory_unlock_shared(${serverInUse})`);
  const answer = await client.query<{ alone: boolean }>(
    `select pg_try_advisory_lock(${serverInUse}) as alone`,
  );
  return answer.rows[0]?.alone === true;
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk when it returns. */
async function stopServer(cluster: string, pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  for (let waitedMs = 0; isServing(pid, cluster); waitedMs += pollMs) {
    // What fast shutdown could not end in a minute, immediate shutdown does; the next start recovers.
    if (waitedMs >= stopLimitMs) signal(pid, 'SIGQUIT');
    await sleep(pollMs);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}

/** Refused, reset, or told that the server starts, stops or was stopped. */
function isServerGoing(error: unknown): boolean {
  const passing = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'];
  return (
    passing.includes(codeOf(error)) ||
    (error instanceof Error && /connection (?:terminated|ended)/iu.test(error.message))
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
