// Puts leads under the company that what they name leads to. An anchor that leads to two companies leads to none.
import type { Pool } from 'pg';
import type { LeadReference } from '#ports/store.ts';
import { CopyWriter } from '../bulk/copy-writer.ts';
import { inTransaction } from '../transaction.ts';

export async function keyLeads(pool: Pool, leads: AsyncIterable<LeadReference>): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(
      `create temp table staged_leads (
         connection text collate "C",
         id text collate "C",
         domains text[],
         name_country text collate "C"
       ) on commit drop`,
    );
    const columns = ['connection', 'id', 'domains', 'name_country'];
    const writer = new CopyWriter(client, 'pg_temp.staged_leads', columns);
    for await (const { connection, id, domains, nameCountry } of leads) {
      await writer.add([connection, id, domains, nameCountry]);
    }
    await writer.flush();
    if (writer.rows === 0) return;
    await client.query('analyze pg_temp.staged_leads');
    await client.query(writeKeys);
  });
}

const writeKeys = `
  with anchors as (
    select kind, value, min(key) as key from tierline.key_anchors group by kind, value having count(*) = 1
  ),
  by_domain as (
    select l.connection, l.id, min(a.key) as key
      from pg_temp.staged_leads l
     cross join lateral unnest(l.domains) as named (domain)
      join anchors a on a.kind = 'domain' and a.value = named.domain
     group by l.connection, l.id
    having count(distinct a.key) = 1
  ),
  decided as (
    select l.connection, l.id, coalesce(d.key, n.key) as key
      from pg_temp.staged_leads l
      left join by_domain d on d.connection = l.connection and d.id = l.id
      left join anchors n on n.kind = 'name_country' and n.value = l.name_country
  )
  update tierline.records r
     set company_key = decided.key
    from decided
   where r.connection = decided.connection and r.object = 'lead' and r.id = decided.id
     and r.company_key is distinct from decided.key`;
