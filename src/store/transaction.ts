// Runs work in one transaction on one connection of the pool.
import { DatabaseError, type Pool, type PoolClient } from 'pg';

export async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away, and with it the transaction.
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** For work that may run twice: pulls go side by side, and two of them may want the same rows in different orders. */
export async function inRetriedTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(pool, work);
    } catch (error) {
      const deadlocked = error instanceof DatabaseError && error.code === '40P01';
      if (!deadlocked || attempt === deadlockAttempts) throw error;
    }
  }
}

/** PostgreSQL ends one of the two after a second; a fifth deadlock in a row is not chance. */
const deadlockAttempts = 5;

/** For what must be on disk before the caller goes on, whatever the server's default is. Call first in a transaction. */
export async function demandDurableCommit(client: PoolClient): Promise<void> {
  await client.query('set local synchronous_commit = on');
}
