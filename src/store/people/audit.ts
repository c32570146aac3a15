// The audit log: added to, read, and by a trigger of the table never changed.
import type { Pool, PoolClient } from 'pg';
import type { AuditEntry, AuditStore, Author, StoredAuditEntry } from '#ports/audit.ts';
import type { Json } from '#ports/store.ts';
import { toJsonText } from '../bulk/json-text.ts';

export function createAuditStore(pool: Pool): AuditStore {
  return {
    add: (entry) => addAuditEntry(pool, entry),

    async list({ before, limit }) {
      const { rows } = await pool.query<AuditRow>(
        `select number, at, author_kind, author_id, request_id, action, subject, before, after
           from tierline.audit_log
          where $1::bigint is null or number < $1
          order by number desc
          limit $2`,
        [before, limit],
      );
      return rows.map(toEntry);
    },
  };
}

/** Within the transaction of the change, so that neither is there without the other. */
export async function addAuditEntry(client: Pool | PoolClient, entry: AuditEntry): Promise<void> {
  const { at, author, action, subject, before, after } = entry;
  await client.query(
    `insert into tierline.audit_log (at, author_kind, author_id, request_id, action, subject, before, after)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [at, author.kind, author.id, author.requestId, action, subject, toJsonText(before), toJsonText(after)],
  );
}

interface AuditRow {
  readonly number: number;
  readonly at: string;
  readonly author_kind: Author['kind'];
  readonly author_id: string;
  readonly request_id: string | null;
  readonly action: string;
  readonly subject: string;
  readonly before: Json;
  readonly after: Json;
}

function toEntry(row: AuditRow): StoredAuditEntry {
  const { number, at, action, subject, before, after } = row;
  const author = { kind: row.author_kind, id: row.author_id, requestId: row.request_id };
  return { number, at, author, action, subject, before, after };
}
