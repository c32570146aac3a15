// API keys: found by their public half, never deleted, so that the audit log's ids lead somewhere.
import type { Pool } from 'pg';
import type { ApiKey, PeopleStore } from '#ports/people.ts';
import { inTransaction } from '../transaction.ts';
import { addAuditEntry } from './audit.ts';

type ApiKeyStore = Pick<
  PeopleStore,
  'addApiKey' | 'findApiKey' | 'listApiKeys' | 'revokeApiKey' | 'noteApiKeyUsed'
>;

const selectKey = `
  select id, secret_hash as "secretHash", name, role, created_at as "createdAt", created_by as "createdBy",
         expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"
    from tierline.api_keys`;

export function createApiKeyStore(pool: Pool): ApiKeyStore {
  return {
    addApiKey: (key, entry) =>
      inTransaction(pool, async (client) => {
        await client.query(
          `insert into tierline.api_keys (id, secret_hash, name, role, created_at, created_by, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [key.id, key.secretHash, key.name, key.role, key.createdAt, key.createdBy, key.expiresAt],
        );
        await addAuditEntry(client, entry);
      }),

    async findApiKey(id) {
      const { rows } = await pool.query<ApiKey>(`${selectKey} where id = $1`, [id]);
      return rows[0] ?? null;
    },

    async listApiKeys() {
      const { rows } = await pool.query<ApiKey>(`${selectKey} order by created_at desc, id`);
      return rows;
    },

    revokeApiKey: (id, at, entry) =>
      inTransaction(pool, async (client) => {
        const { rowCount } = await client.query(
          'update tierline.api_keys set revoked_at = $2 where id = $1 and revoked_at is null',
          [id, at],
        );
        if (rowCount !== 1) return false;
        await addAuditEntry(client, entry);
        return true;
      }),

    async noteApiKeyUsed(id, at) {
      await pool.query('update tierline.api_keys set last_used_at = $2 where id = $1', [id, at]);
    },
  };
}
