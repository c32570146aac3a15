// Leads with what we last wrote to them. (They stand in no dossier: nothing of a company is scored by them.)
import { CompiledQuery } from 'kysely';
import type { Pool } from 'pg';
import type { LedgeredRecord } from '#ports/store.ts';
import { type DossierRecordRow, toLedgeredRecord } from '../dossiers/dossier-queries.ts';
import { streamRows } from '../server-cursor.ts';

export async function* streamLeads(
  pool: Pool,
  connection: string,
  keys: readonly string[] | null,
): AsyncGenerator<LedgeredRecord, void> {
  const wanted = keys === null ? null : [...keys];
  const query: CompiledQuery<DossierRecordRow> = CompiledQuery.raw(selectLeads, [connection, wanted]);
  for await (const row of streamRows(pool, query)) yield toLedgeredRecord(row);
}

const selectLeads = `
  select r.company_key, r.connection, r.object, r.id, r.fields, r.modified_at, r.deleted, ledger.written
    from tierline.records r
    left join tierline.ledger ledger
      on ledger.connection = r.connection and ledger.object = r.object and ledger.id = r.id
   where r.connection = $1 and r.object = 'lead' and not r.deleted
     and ($2::text[] is null or r.company_key = any($2))
   order by r.id`;
