// Keys that stand on no record any more though their last one came back, or lives on in the CRM under the id of another.
import { CompiledQuery } from 'kysely';
import type { Pool } from 'pg';
import type { FormerKey } from '#ports/store.ts';
import { streamRows } from '../server-cursor.ts';

interface FormerKeyRow {
  readonly connection: string;
  readonly id: string;
  readonly key: string;
  readonly heir: string;
}

export async function* streamFormerKeys(pool: Pool): AsyncGenerator<FormerKey, void> {
  for await (const row of streamRows(pool, formerKeysQuery)) {
    const { connection, id, key, heir } = row;
    yield {
      record: { connection, object: 'account', id },
      key,
      heir: { connection, object: 'account', id: heir },
    };
  }
}

const selectFormerKeys = `
  with bare as (
    select k.key from tierline.company_keys k
     where k.successor is null
       and not exists (select from tierline.memberships m where m.key = k.key and m.object = 'account')
  ),
  last_key as (
    select distinct on (h.connection, h.id) h.connection, h.id, h.key
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
   where not heir.deleted
   order by l.connection, l.id`;

const formerKeysQuery: CompiledQuery<FormerKeyRow> = CompiledQuery.raw(selectFormerKeys);
