// Company keys that stand in a CRM's key field and that we did not write there: noted where records are put, so that looking for
// them costs nothing when there are none.
import { CompiledQuery } from 'kysely';
import type { EnteredKey } from '#ports/judgements.ts';

export interface EnteredKeyRow {
  readonly connection: string;
  readonly object: 'account' | 'contact';
  readonly id: string;
  readonly entered: string;
  readonly replaces_ours: boolean;
  readonly is_known: boolean;
  readonly account_connection: string | null;
  readonly account_id: string | null;
  readonly is_there: boolean;
}

/** Of `tierline.records r` and its ledger `l`. */
const isEntered = `
  r.fields ->> 'companyKey' is not null
  and r.fields ->> 'companyKey' is distinct from l.written ->> 'companyKey'`;

/** For the records that were just staged. */
export const noteEnteredKeys = `
  insert into tierline.entered_keys (connection, object, id)
  select r.connection, r.object, r.id
    from pg_temp.staged_records r
    left join lateral (
      select written from tierline.ledger
       where connection = r.connection and object = r.object and id = r.id
       limit 1
    ) l on true
   where r.object in ('account', 'contact') and not r.deleted and ${isEntered}
   order by r.connection, r.object, r.id
  on conflict do nothing`;

/** $1 connections, $2 objects, $3 ids; those that hold nothing of the kind any more go too. */
export const forgetHeard = `
  delete from tierline.entered_keys e
   where (e.connection, e.object, e.id) in (
           select * from unnest($1::text[], $2::text[], $3::text[])
         )
      or not exists (
           select from tierline.records r
             left join tierline.ledger l
               on l.connection = r.connection and l.object = r.object and l.id = r.id
            where r.connection = e.connection and r.object = e.object and r.id = e.id
              and not r.deleted and ${isEntered}
         )`;

const enteredKeys = `
  with recursive entered as (
    select r.connection, r.object, r.id, r.company_key, r.fields ->> 'companyKey' as entered,
           coalesce(l.written ? 'companyKey', false) as replaces_ours
      from tierline.entered_keys e
      join tierline.records r on r.connection = e.connection and r.object = e.object and r.id = e.id
      left join tierline.ledger l on l.connection = r.connection and l.object = r.object and l.id = r.id
     where not r.deleted and ${isEntered}
  ),
  stands_for (entered, key, successor) as (
    select e.entered, k.key, k.successor
      from (select distinct entered from entered) e
      join tierline.company_keys k on k.key = btrim(e.entered)
    union
    select s.entered, k.key, k.successor
      from stands_for s
      join tierline.company_keys k on k.key = s.successor
  )
  select e.connection, e.object, e.id, e.entered, e.replaces_ours, s.key is not null as is_known,
         account.connection as account_connection, account.id as account_id,
         coalesce(e.company_key = s.key, false) as is_there
    from entered e
    left join stands_for s on s.entered = e.entered and s.successor is null
    left join lateral (
      select a.connection, a.id
        from tierline.records a
       where a.object = 'account' and a.company_key = s.key and not a.deleted
         and not (e.object = 'account' and a.connection = e.connection and a.id = e.id)
       order by a.connection = e.connection desc, a.connection, a.id
       limit 1
    ) account on true
   order by e.connection, e.object, e.id`;

export const enteredKeysQuery: CompiledQuery<EnteredKeyRow> = CompiledQuery.raw(enteredKeys);

export function toEnteredKey(row: EnteredKeyRow): EnteredKey {
  const { account_connection: connection, account_id: id } = row;
  return {
    record: { connection: row.connection, object: row.object, id: row.id },
    entered: row.entered,
    replacesOurs: row.replaces_ours,
    isKnown: row.is_known,
    account: connection === null || id === null ? null : { connection, object: 'account', id },
    isThere: row.is_there,
  };
}
