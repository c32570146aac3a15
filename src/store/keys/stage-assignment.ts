// Puts what is to be assigned into temporary tables of the transaction, for statements over sets.
import type { ClientBase } from 'pg';
import type { KeyedReference } from '#ports/judgements.ts';
import type { Membership } from '#ports/store.ts';
import { CopyWriter } from '../bulk/copy-writer.ts';

/** Of `memberships m` and a staged table `s`. */
export const sameRecord = 'm.connection = s.connection and m.object = s.object and m.id = s.id';

export async function stageMemberships(
  client: ClientBase,
  memberships: AsyncIterable<Membership>,
): Promise<void> {
  await client.query(
    `create temp table staged_memberships (
       connection text collate "C",
       object text collate "C",
       id text collate "C",
       key text collate "C",
       family text collate "C",
       evidence text[],
       confidence double precision,
       review boolean
     ) on commit drop`,
  );
  const columns = ['connection', 'object', 'id', 'key', 'family', 'evidence', 'confidence', 'review'];
  const writer = new CopyWriter(client, 'pg_temp.staged_memberships', columns);
  for await (const { connection, object, id, key, family, evidence, confidence, review } of memberships) {
    await writer.add([connection, object, id, key, family, evidence, confidence, review]);
  }
  await writer.flush();
  await client.query('analyze pg_temp.staged_memberships');
}

/** After the memberships. Null: whoever has a membership or a key and is not staged. */
export async function stageRemoved(
  client: ClientBase,
  removed: readonly KeyedReference[] | null,
): Promise<void> {
  await client.query(
    `create temp table staged_removed (
       connection text collate "C",
       object text collate "C",
       id text collate "C"
     ) on commit drop`,
  );
  if (removed === null) await client.query(stageUnstaged);
  else {
    await client.query(
      'insert into pg_temp.staged_removed select distinct * from unnest($1::text[], $2::text[], $3::text[])',
      [
        removed.map(({ connection }) => connection),
        removed.map(({ object }) => object),
        removed.map(({ id }) => id),
      ],
    );
  }
  await client.query('analyze pg_temp.staged_removed');
}

const stageUnstaged = `
  insert into pg_temp.staged_removed
  select m.connection, m.object, m.id from tierline.memberships m
   where not exists (select from pg_temp.staged_memberships s where ${sameRecord})
  union
  select m.connection, m.object, m.id from tierline.records m
   where m.object in ('account', 'contact') and m.company_key is not null
     and not exists (select from pg_temp.staged_memberships s where ${sameRecord})`;

/** Keys that lose or gain a record, before memberships are written. */
export async function stageTouchedKeys(client: ClientBase): Promise<void> {
  await client.query(
    `create temp table touched_keys on commit drop as
     select m.key from tierline.memberships m join pg_temp.staged_memberships s on ${sameRecord}
      where m.key is not null and m.key is distinct from s.key
     union
     select m.key from tierline.memberships m join pg_temp.staged_removed s on ${sameRecord}
      where m.key is not null
     union
     select s.key from pg_temp.staged_memberships s where s.key is not null`,
  );
  await client.query('analyze pg_temp.touched_keys');
}
