// Joins source rows to companies, all at once: every way a row names its company is tried, the first that knows it decides.
import type { Pool } from 'pg';
import { prepareForBulk } from '../statistics.ts';
import { inTransaction } from '../transaction.ts';

export async function resolveSources(
  pool: Pool,
): Promise<{ readonly resolved: number; readonly unresolved: number }> {
  return await inTransaction(pool, async (client) => {
    await prepareForBulk(client);
    await client.query(resolveSql);
    const { rows } = await client.query<{ resolved: number; unresolved: number }>(
      `select count(company_key) as resolved, count(*) - count(company_key) as unresolved from tierline.source_rows`,
    );
    return { resolved: rows[0]?.resolved ?? 0, unresolved: rows[0]?.unresolved ?? 0 };
  });
}

// Rank: the order in which ways are trusted (CompanyReference). A way that leads to two companies leads to none.
const resolveSql = `
  with recursive living (key, successor) as (
    select key, coalesce(successor, key) from tierline.company_keys
    union
    select l.key, k.successor
      from living l join tierline.company_keys k on k.key = l.successor
     where k.successor is not null
  ),
  keys as (
    select l.key, l.successor as living
      from living l join tierline.company_keys k on k.key = l.successor
     where k.successor is null
  ),
  account_ids as (
    select connection, id, company_key from tierline.records
     where object = 'account' and company_key is not null
    union all
    select alias.connection, alias.old_id, account.company_key
      from tierline.aliases alias
      join tierline.records account
        on account.connection = alias.connection and account.object = 'account' and account.id = alias.new_id
     where alias.object = 'account' and account.company_key is not null
  ),
  anchors as (
    select kind, value, min(key) as key from tierline.key_anchors group by kind, value having count(*) = 1
  ),
  emails as (
    select lower_email as email, min(company_key) as key
      from tierline.records
     where object = 'contact' and not deleted and company_key is not null
       and lower_email in (select email from tierline.source_rows where email is not null)
     group by 1
    having count(distinct company_key) = 1
  ),
  found (source, row_number, rank, position, key) as (
    select r.source, r.row_number, 1, 0::bigint, keys.living
      from tierline.source_rows r join keys on keys.key = r.ref_key
    union all
    select r.source, r.row_number, 2, 0, min(a.company_key)
      from tierline.source_rows r
      join account_ids a on a.id = r.ref_crm_id and (r.ref_connection is null or a.connection = r.ref_connection)
     group by r.source, r.row_number
    having count(distinct a.company_key) = 1
    union all
    select r.source, r.row_number, 3, named.position, anchors.key
      from tierline.source_rows r
     cross join lateral unnest(r.ref_identifiers) with ordinality as named (value, position)
      join anchors on anchors.kind = 'identifier' and anchors.value = named.value
    union all
    select r.source, r.row_number, 4, 0, anchors.key
      from tierline.source_rows r
      join anchors on anchors.kind = 'domain' and anchors.value = r.ref_domain
    union all
    select r.source, r.row_number, 5, 0, anchors.key
      from tierline.source_rows r
      join anchors on anchors.kind = 'name_country' and anchors.value = r.ref_name_country
    union all
    select r.source, r.row_number, 6, 0, emails.key
      from tierline.source_rows r join emails on emails.email = r.email
  ),
  decided as (
    select distinct on (source, row_number) source, row_number, key
      from found
     order by source, row_number, rank, position
  )
  update tierline.source_rows r
     set company_key = decided.key
    from tierline.source_rows held
    left join decided on decided.source = held.source and decided.row_number = held.row_number
   where held.company_key is distinct from decided.key
     and r.source = held.source and r.row_number = held.row_number`;
