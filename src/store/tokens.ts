// Keeps rotated refresh tokens. The only place that reads or writes them, so that encrypting them is a change here.
import type { TokenStore } from '#ports/tokens.ts';
import type { Database } from './database.ts';
import { demandDurableCommit, inTransaction } from './transaction.ts';

export function createTokenStore({ db, pool, clock }: Database): TokenStore {
  return {
    async load(connection) {
      const row = await db
        .selectFrom('tokens')
        .select('refresh_token')
        .where('connection', '=', connection)
        .executeTakeFirst();
      return row?.refresh_token ?? null;
    },

    async save(connection, refreshToken) {
      await inTransaction(pool, async (client) => {
        await demandDurableCommit(client);
        await client.query(
          `insert into tierline.tokens (connection, refresh_token, saved_at) values ($1, $2, $3)
           on conflict (connection) do update set refresh_token = excluded.refresh_token, saved_at = excluded.saved_at`,
          [connection, refreshToken, clock.now().toISOString()],
        );
      });
    },
  };
}
