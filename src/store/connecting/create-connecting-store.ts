// Journeys of connecting in the browser, and the token each ends with; both sealed.
import type { ConnectingStore } from '#ports/connecting.ts';
import type { Database } from '../database.ts';
import { requireSecretBox, type SecretBox, tokenContext } from '../secrets/secret-box.ts';
import { storeToken } from '../tokens.ts';
import { demandDurableCommit, inTransaction } from '../transaction.ts';

/** @param box null: nothing can be sealed, so nothing is begun */
export function createConnectingStore({ pool, clock }: Database, box: SecretBox | null): ConnectingStore {
  return {
    async begin({ stateHash, connection, verifier, redirectUri, person, expiresAt }) {
      const sealed = requireSecretBox(box).seal(verifier, verifierContext(stateHash));
      await pool.query('delete from tierline.pending_connections where expires_at < $1', [
        clock.now().toISOString(),
      ]);
      await pool.query(
        `insert into tierline.pending_connections (state_hash, connection, verifier, redirect_uri, person, expires_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [stateHash, connection, sealed, redirectUri, person, expiresAt],
      );
    },

    async take(stateHash, now) {
      const { rows } = await pool.query<{
        connection: string;
        verifier: string;
        redirect_uri: string;
        person: string;
        expires_at: Date;
      }>(
        `delete from tierline.pending_connections where state_hash = $1
         returning connection, verifier, redirect_uri, person, expires_at`,
        [stateHash],
      );
      const [row] = rows;
      const expiresAt = row === undefined ? '' : new Date(row.expires_at).toISOString();
      if (row === undefined || expiresAt <= now) return null;
      return {
        stateHash,
        connection: row.connection,
        verifier: requireSecretBox(box).open(row.verifier, verifierContext(stateHash)),
        redirectUri: row.redirect_uri,
        person: row.person,
        expiresAt,
      };
    },

    async organisation(connection) {
      const { rows } = await pool.query<{ organisation: string | null }>(
        'select organisation from tierline.tokens where connection = $1',
        [connection],
      );
      return rows[0]?.organisation ?? null;
    },

    async complete(connection, { refreshToken, organisation }) {
      const sealed = requireSecretBox(box).seal(refreshToken, tokenContext(connection));
      await inTransaction(pool, async (client) => {
        await demandDurableCommit(client);
        await storeToken(client, { connection, sealed, savedAt: clock.now() });
        await client.query('update tierline.tokens set organisation = $2 where connection = $1', [
          connection,
          organisation,
        ]);
      });
    },
  };
}

function verifierContext(stateHash: string): string {
  return `verifier:${stateHash}`;
}
