// Keeps refresh tokens, sealed. The only place that reads or writes them; to whom one belongs is kept by connecting/.
import type { PoolClient } from 'pg';
import type { StoredTokens } from '#ports/tokens.ts';
import { tokenRenewal } from './advisory-locks.ts';
import type { Database } from './database.ts';
import { requireSecretBox, type SecretBox, tokenContext } from './secrets/secret-box.ts';
import { demandDurableCommit, inTransaction } from './transaction.ts';

/** @param box null: nothing can be sealed, so nothing is stored */
export function createTokenStore({ db, pool, clock }: Database, box: SecretBox | null): StoredTokens {
  return {
    async load(connection) {
      const row = await db
        .selectFrom('tokens')
        .select('refresh_token')
        .where('connection', '=', connection)
        .executeTakeFirst();
      return row === undefined
        ? null
        : requireSecretBox(box).open(row.refresh_token, tokenContext(connection));
    },

    async save(connection, refreshToken) {
      const sealed = requireSecretBox(box).seal(refreshToken, tokenContext(connection));
      await inTransaction(pool, async (client) => {
        await demandDurableCommit(client);
        await storeToken(client, { connection, sealed, savedAt: clock.now() });
      });
    },

    async exclusively(connection, work) {
      return await inTransaction(pool, async (client) => {
        await client.query(`select pg_advisory_xact_lock(${tokenRenewal})`, [connection]);
        return await work();
      });
    },

    async sealAnew({ dryRun }) {
      const own = requireSecretBox(box);
      return await inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ connection: string; refresh_token: string }>(
          'select connection, refresh_token from tierline.tokens order by connection for update',
        );
        const outdated = rows.filter((row) => !own.isSealedByCurrentKey(row.refresh_token));
        for (const { connection, refresh_token } of outdated) {
          const context = tokenContext(connection);
          // A dry run opens them too: it shall tell that a key is missing.
          const sealed = own.seal(own.open(refresh_token, context), context);
          if (!dryRun) await storeToken(client, { connection, sealed, savedAt: clock.now() });
        }
        return { stored: rows.length, sealed: outdated.length };
      });
    },
  };
}

export interface SealedToken {
  readonly connection: string;
  readonly sealed: string;
  readonly savedAt: Date;
}

export async function storeToken(
  client: PoolClient,
  { connection, sealed, savedAt }: SealedToken,
): Promise<void> {
  await client.query(
    `insert into tierline.tokens (connection, refresh_token, saved_at) values ($1, $2, $3)
     on conflict (connection) do update set refresh_token = excluded.refresh_token, saved_at = excluded.saved_at`,
    [connection, sealed, savedAt.toISOString()],
  );
}
