// Follows a merge in the CRM: everything that stood on the record merged away moves to the one that lives on.
import type { ClientBase, Pool } from 'pg';
import type { CrmObject } from '#domain/record/objects.ts';
import { recordsMoving } from '../advisory-locks.ts';
import { listMatchChanges, noteMatchChange } from '../keys/match-changes.ts';
import { inRetriedTransaction } from '../transaction.ts';

export async function mergeRecords(
  pool: Pool,
  connection: string,
  object: CrmObject,
  oldId: string,
  newId: string,
): Promise<void> {
  await inRetriedTransaction(pool, async (client) => {
    const survivor = await findSurvivor(client, connection, object, newId);
    // Pulls repeat what they know of merges; an old one must cost nothing and move nothing again.
    if (survivor === oldId || (await isFollowed(client, [connection, object, oldId, survivor]))) return;
    await client.query(`select pg_advisory_xact_lock(${recordsMoving})`);
    const merged = [connection, object, oldId];
    await client.query(recordHistory, merged);
    for (const move of [rememberAlias, followAlias, moveLedger, moveMembership, moveKey]) {
      await client.query(move, [...merged, survivor]);
    }
    for (const end of [dropLedger, dropMembership, markDeleted]) await client.query(end, merged);
    if (object === 'account' || object === 'contact') await client.query(listMerged, [...merged, survivor]);
    if (object === 'account') await moveChildren(client, [connection, oldId, survivor]);
    if (object === 'contact') await client.query(moveRoles, [connection, oldId, survivor]);
    if (object === 'account' || object === 'contact') await noteMatchChange(client);
  });
}

async function findSurvivor(
  client: ClientBase,
  connection: string,
  object: CrmObject,
  id: string,
): Promise<string> {
  const { rows } = await client.query<{ new_id: string }>(
    'select new_id from tierline.aliases where connection = $1 and object = $2 and old_id = $3',
    [connection, object, id],
  );
  return rows[0]?.new_id ?? id;
}

async function isFollowed(client: ClientBase, ids: readonly string[]): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from tierline.aliases a
      where a.connection = $1 and a.object = $2 and a.old_id = $3 and a.new_id = $4
        and not exists (
          select from tierline.records r
           where r.connection = $1 and r.object = $2 and r.id = $3 and not r.deleted
        )`,
    [...ids],
  );
  return rowCount === 1;
}

// Parameters of the statements: $1 connection, $2 object, $3 the old id, $4 the new one.

const rememberAlias = `
  insert into tierline.aliases (connection, object, old_id, new_id) values ($1, $2, $3, $4)
  on conflict (connection, object, old_id) do update set new_id = excluded.new_id`;

// A merge of merges: one look-up always finds the survivor.
const followAlias = `
  update tierline.aliases set new_id = $4 where connection = $1 and object = $2 and new_id = $3`;

// What we wrote to the survivor itself stands; the other's fills what it lacks.
const moveLedger = `
  insert into tierline.ledger as l (connection, object, id, written, runs)
  select connection, object, $4, written, runs
    from tierline.ledger
   where connection = $1 and object = $2 and id = $3
  on conflict (connection, object, id) do update set
    written = excluded.written || l.written,
    runs = excluded.runs || l.runs`;
const dropLedger = 'delete from tierline.ledger where connection = $1 and object = $2 and id = $3';

const recordHistory = `
  insert into tierline.membership_history (connection, object, id, key, family, evidence, from_run, to_run)
  select connection, object, id, key, family, evidence, since_run,
         (select id from tierline.runs where status = 'running' order by number desc limit 1)
    from tierline.memberships
   where connection = $1 and object = $2 and id = $3`;
const moveMembership = `
  insert into tierline.memberships as m (
    connection, object, id, key, family, evidence, confidence, review, since_run
  )
  select connection, object, $4, key, family, evidence, confidence, review, since_run
    from tierline.memberships
   where connection = $1 and object = $2 and id = $3
  on conflict (connection, object, id) do update set
    key = excluded.key,
    family = excluded.family,
    evidence = excluded.evidence,
    confidence = excluded.confidence,
    review = excluded.review,
    since_run = excluded.since_run
  where m.key is null`;
const dropMembership = 'delete from tierline.memberships where connection = $1 and object = $2 and id = $3';

const moveKey = `
  update tierline.records survivor
     set company_key = old.company_key
    from tierline.records old
   where survivor.connection = $1 and survivor.object = $2 and survivor.id = $4 and survivor.company_key is null
     and old.connection = $1 and old.object = $2 and old.id = $3 and old.company_key is not null`;

const markDeleted = `
  update tierline.records set deleted = true
   where connection = $1 and object = $2 and id = $3 and not deleted`;

// The two themselves, known or not: a membership has moved. Contacts and daughters of an account are matched by it.
const listMerged = listMatchChanges(`
  select $1::text as connection, $2::text as object, id from unnest(array[$3, $4]::text[]) as merged (id)
  union
  select r.connection, r.object, r.id
    from tierline.records r
   where r.connection = $1 and $2 = 'account'
     and (r.object = 'contact' and r.account_id = $3 or r.object = 'account' and r.parent_id = $3)`);

/** Parameters: connection, the old account, the new one. */
async function moveChildren(client: ClientBase, ids: readonly string[]): Promise<void> {
  await client.query(
    `update tierline.used_keys set account_id = $3 where connection = $1 and account_id = $2`,
    [...ids],
  );
  // Contacts keep their company until they are matched again; the others follow their account at once. No record hashes to
  // nothing: whatever the CRM sends next of these is a change for matching.
  await client.query(
    `update tierline.records child
        set account_id = $3,
            fields = jsonb_set(child.fields, '{accountId}', to_jsonb($3::text)),
            match_hash = case when child.match_hash is not null then '' end,
            company_key = case
              when child.object = 'contact' then child.company_key
              else (select company_key from tierline.records
                     where connection = $1 and object = 'account' and id = $3)
            end
      where child.connection = $1 and child.account_id = $2`,
    [...ids],
  );
  await client.query(
    `update tierline.records role
        set company_key = opportunity.company_key
       from tierline.records opportunity
      where opportunity.connection = $1 and opportunity.object = 'opportunity' and opportunity.account_id = $2
        and role.connection = $1 and role.object = 'opportunity_role' and role.opportunity_id = opportunity.id
        and role.company_key is distinct from opportunity.company_key`,
    [ids[0], ids[2]],
  );
  await client.query(
    `update tierline.records
        set fields = jsonb_set(fields, '{parentId}', to_jsonb($3::text)),
            match_hash = case when match_hash is not null then '' end
      where connection = $1 and object = 'account' and parent_id = $2`,
    [...ids],
  );
}

const moveRoles = `
  update tierline.records
     set fields = jsonb_set(fields, '{contactId}', to_jsonb($3::text))
   where connection = $1 and object = 'opportunity_role' and contact_id = $2`;
