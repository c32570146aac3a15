// Finds the accounts a person means by an id, a company key, a domain or a name.
import type { Pool } from 'pg';
import type { KeyedRecord } from '#ports/store.ts';
import { cleanText } from '../bulk/json-text.ts';
import { type KeyedRecordRow, toKeyedRecord } from './record-row.ts';

// One branch an index; an "or" over them all would read every account. An old key or id stands for what it became, and a domain
// for the company that it leads source rows to, in whichever field its accounts have it.
const findAccountsSql = `
  with recursive successors (key) as (
    select $1::text collate "C"
    union
    select k.successor from tierline.company_keys k join successors s on k.key = s.key where k.successor is not null
  ),
  matched as (
    select connection, id from tierline.records where object = 'account' and id = $1
    union
    select connection, new_id from tierline.aliases where object = 'account' and old_id = $1
    union
    select r.connection, r.id
      from tierline.records r join successors s on r.company_key = s.key
     where r.object = 'account'
    union
    select connection, id from tierline.records where object = 'account' and domain = lower($1)
    union
    select r.connection, r.id
      from tierline.key_anchors a join tierline.records r on r.object = 'account' and r.company_key = a.key
     where a.kind = 'domain' and a.value = lower($1)
    union
    select connection, id from tierline.records where object = 'account' and lower_name = lower($1)
  )
  select r.connection, r.object, r.id, r.fields, r.modified_at, r.deleted, r.company_key
    from matched m
    join tierline.records r on r.connection = m.connection and r.object = 'account' and r.id = m.id
   where not r.deleted
   order by r.connection, r.id`;

export async function findAccounts(pool: Pool, text: string): Promise<readonly KeyedRecord[]> {
  const { rows } = await pool.query<KeyedRecordRow>(findAccountsSql, [cleanText(text.trim())]);
  return rows.map(toKeyedRecord);
}
