// Keys that stand on no record any more though their last one came back, or lives on in the CRM under the id of another.
import { CompiledQuery } from 'kysely';
import type { Pool } from 'pg';
import type { KeyedReference } from '#ports/judgements.ts';
import type { FormerKey } from '#ports/store.ts';
import { streamRows } from '../server-cursor.ts';

interface FormerKeyRow {
  readonly connection: string;
  readonly id: string;
  readonly key: string;
  readonly heir: string;
}

/** `heirs`: only what these accounts come into. */
export async function* streamFormerKeys(
  pool: Pool,
  heirs?: readonly KeyedReference[],
): AsyncGenerator<FormerKey, void> {
  for await (const row of streamRows(pool, heirs === undefined ? formerKeysQuery : formerKeysOf(heirs))) {
    const { connection, id, key, heir } = row;
    yield {
      record: { connection, object: 'account', id },
      key,
      heir: { connection, object: 'account', id: heir },
    };
  }
}

// Who moved on to another key has no word about the one it left.
function hasNoMembership(table: string): string {
  return `not exists (
    select from tierline.memberships m
     where m.connection = ${table}.connection and m.object = 'account' and m.id = ${table}.id
  )`;
}

// A merge speaks at the next assignment and never again: a key that is given up years later is nobody's any more.
function isNews(number: string, id: string, heir: string): string {
  return `(${id} = ${heir} or ${number} > (select coalesce(assigned_history, 0) from tierline.key_state))`;
}

const selectFormerKeys = `
  with bare as (
    select k.key from tierline.company_keys k
     where k.successor is null
       and not exists (select from tierline.memberships m where m.key = k.key and m.object = 'account')
  ),
  last_key as (
    select distinct on (h.connection, h.id) h.connection, h.id, h.key, h.number
      from tierline.membership_history h
     where h.object = 'account' and h.key is not null
     order by h.connection, h.id, h.number desc
  )
  select l.connection, l.id, l.key, heir.id as heir
    from last_key l
    join bare on bare.key = l.key
    left join tierline.aliases a on a.connection = l.connection and a.object = 'account' and a.old_id = l.id
    join tierline.records heir
      on heir.connection = l.connection and heir.object = 'account' and heir.id = coalesce(a.new_id, l.id)
   where not heir.deleted and ${hasNoMembership('l')} and ${isNews('l.number', 'l.id', 'heir.id')}
   order by l.connection, l.id`;

const formerKeysQuery: CompiledQuery<FormerKeyRow> = CompiledQuery.raw(selectFormerKeys);

/** Those of the heirs themselves and of what was merged into them, one by one: the history of all is long. */
function formerKeysOf(heirs: readonly KeyedReference[]): CompiledQuery<FormerKeyRow> {
  return CompiledQuery.raw(selectFormerKeysOf, [
    heirs.map(({ connection }) => connection),
    heirs.map(({ id }) => id),
  ]);
}

const selectFormerKeysOf = `
  with candidate as (
    select heir.connection, heir.id, heir.id as heir
      from unnest($1::text[], $2::text[]) as heir (connection, id)
    union
    select heir.connection, a.old_id, heir.id
      from unnest($1::text[], $2::text[]) as heir (connection, id)
      join tierline.aliases a
        on a.connection = heir.connection and a.object = 'account' and a.new_id = heir.id
  )
  select c.connection, c.id, last_key.key, c.heir
    from candidate c
    cross join lateral (
      select h.key, h.number from tierline.membership_history h
       where h.connection = c.connection and h.object = 'account' and h.id = c.id and h.key is not null
       order by h.number desc
       limit 1
    ) last_key
    join tierline.company_keys k on k.key = last_key.key and k.successor is null
    join tierline.records heir
      on heir.connection = c.connection and heir.object = 'account' and heir.id = c.heir and not heir.deleted
    left join tierline.aliases alias
      on alias.connection = c.connection and alias.object = 'account' and alias.old_id = c.id
   where coalesce(alias.new_id, c.id) = c.heir and ${hasNoMembership('c')}
     and ${isNews('last_key.number', 'c.id', 'c.heir')}
     and not exists (
       select from tierline.records r
         join tierline.memberships m on m.connection = r.connection and m.object = r.object and m.id = r.id
        where r.object = 'account' and r.company_key = last_key.key and m.key = last_key.key
     )
   order by c.connection, c.id`;
