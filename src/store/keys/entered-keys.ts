// Company keys that stand in a CRM's key field and that we did not write there. Only records that changed since the last run that
// ended in order are looked at: what was found then was taken in then.
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

const enteredKeys = `
  with recursive news as (
    select id from tierline.runs
     where number > coalesce((select max(number) from tierline.runs where status in ('done', 'held', 'stopped')), 0)
  ),
  entered as (
    select r.connection, r.object, r.id, r.company_key, r.fields ->> 'companyKey' as entered,
           coalesce(l.written ? 'companyKey', false) as replaces_ours
      from tierline.records r
      join news on news.id = r.put_run
      left join tierline.ledger l on l.connection = r.connection and l.object = r.object and l.id = r.id
     where r.object in ('account', 'contact') and not r.deleted
       and r.fields ->> 'companyKey' is not null
       and r.fields ->> 'companyKey' is distinct from l.written ->> 'companyKey'
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
