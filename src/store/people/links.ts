// One-time links and visits to the identity provider: each is used up by the statement that finds it.
import type { Pool } from 'pg';
import type { OneTimeLink, PeopleStore, ProviderVisit } from '#ports/people.ts';
import { inTransaction } from '../transaction.ts';
import { addAuditEntry } from './audit.ts';
import { insertUser } from './users.ts';

type LinkStore = Pick<
  PeopleStore,
  'addLink' | 'findLink' | 'takeLink' | 'claimFirstAdmin' | 'addProviderVisit' | 'takeProviderVisit'
>;

export function createLinkStore(pool: Pool): LinkStore {
  return {
    addLink: ({ tokenHash, userId, expiresAt }, entry) =>
      inTransaction(pool, async (client) => {
        await client.query('delete from tierline.one_time_links where user_id is not distinct from $1', [
          userId,
        ]);
        await client.query(
          'insert into tierline.one_time_links (token_hash, user_id, expires_at) values ($1, $2, $3)',
          [tokenHash, userId, expiresAt],
        );
        if (entry !== null) await addAuditEntry(client, entry);
      }),

    async findLink(tokenHash, now) {
      const { rows } = await pool.query<OneTimeLink>(
        `select token_hash as "tokenHash", user_id as "userId", expires_at as "expiresAt"
           from tierline.one_time_links where token_hash = $1 and expires_at > $2`,
        [tokenHash, now],
      );
      return rows[0] ?? null;
    },

    async takeLink(tokenHash, now) {
      const { rowCount } = await pool.query(
        'delete from tierline.one_time_links where token_hash = $1 and expires_at > $2',
        [tokenHash, now],
      );
      return rowCount === 1;
    },

    claimFirstAdmin: (tokenHash, user, entry) =>
      inTransaction(pool, async (client) => {
        await client.query('lock table tierline.users in share row exclusive mode');
        const { rowCount } = await client.query(
          `delete from tierline.one_time_links
            where token_hash = $1 and user_id is null and expires_at > $2
              and not exists (select from tierline.users)`,
          [tokenHash, user.createdAt],
        );
        if (rowCount !== 1) return false;
        await insertUser(client, user);
        await addAuditEntry(client, entry);
        return true;
      }),

    async addProviderVisit({ stateHash, codeVerifier, nonce, expiresAt }) {
      await pool.query(
        `insert into tierline.provider_visits (state_hash, code_verifier, nonce, expires_at)
         values ($1, $2, $3, $4)`,
        [stateHash, codeVerifier, nonce, expiresAt],
      );
    },

    async takeProviderVisit(stateHash, now) {
      const { rows } = await pool.query<ProviderVisit>(
        `delete from tierline.provider_visits where state_hash = $1 and expires_at > $2
         returning state_hash as "stateHash", code_verifier as "codeVerifier", nonce, expires_at as "expiresAt"`,
        [stateHash, now],
      );
      return rows[0] ?? null;
    },
  };
}
