// Puts on record what is about to be sent, so that a crash leaves nothing in doubt that we do not know to be in doubt.
import type { Pool } from 'pg';
import { demandDurableCommit, inTransaction } from '../transaction.ts';

export async function markChangesSent(pool: Pool, run: string, changeIds: readonly string[]): Promise<void> {
  if (changeIds.length === 0) return;
  await inTransaction(pool, async (client) => {
    await demandDurableCommit(client);
    const values = [run, [...changeIds]];
    await client.query(
      `update tierline.changes set status = 'sent'
        where run = $1 and id = any($2::text[]) and status = 'planned'`,
      values,
    );
    // A key that an earlier attempt sent or wrote keeps what is known of it.
    await client.query(
      `insert into tierline.used_keys (connection, object, key, account_id, status, record_id, run)
       select connection, object, idempotency_key, account_id, 'sent', null, run
         from tierline.changes
        where run = $1 and id = any($2::text[]) and verb = 'create' and idempotency_key is not null
       on conflict (connection, object, key) do nothing`,
      values,
    );
  });
}
