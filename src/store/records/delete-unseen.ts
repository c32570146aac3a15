// After a full pull: what the CRM no longer has is deleted in our copy too.
import type { Pool } from 'pg';
import type { CrmObject } from '#domain/record/objects.ts';
import { listMatchChanges, noteMatchChange } from '../keys/match-changes.ts';
import { prepareForBulk } from '../statistics.ts';
import { inRetriedTransaction } from '../transaction.ts';

/** Of `tierline.records r`; $1 run, $2 connection, $3 object. */
const isUnseen = `
  r.connection = $2 and r.object = $3 and not r.deleted and r.put_run <> $1
  and not exists (
    select from tierline.seen_records s
     where s.run = $1 and s.connection = $2 and s.object = $3 and s.id = r.id
  )`;

const deleteUnseen = `
  with gone as (
    update tierline.records r set deleted = true where ${isUnseen}
    returning r.connection, r.object, r.id, r.match_hash
  ),
  listed as (${listMatchChanges('select * from gone where match_hash is not null')})
  select count(*) as count from gone`;

export async function findUnseenRecords(
  pool: Pool,
  run: string,
  connection: string,
  object: CrmObject,
): Promise<readonly string[]> {
  return await inRetriedTransaction(pool, async (client) => {
    await prepareForBulk(client);
    const { rows } = await client.query<{ id: string }>(
      `select r.id from tierline.records r where ${isUnseen} order by r.id`,
      [run, connection, object],
    );
    return rows.map(({ id }) => id);
  });
}

export async function deleteUnseenRecords(
  pool: Pool,
  run: string,
  connection: string,
  object: CrmObject,
): Promise<number> {
  return await inRetriedTransaction(pool, async (client) => {
    await prepareForBulk(client);
    const { rows } = await client.query<{ count: number }>(deleteUnseen, [run, connection, object]);
    await client.query(
      'delete from tierline.seen_records where run = $1 and connection = $2 and object = $3',
      [run, connection, object],
    );
    const count = rows[0]?.count ?? 0;
    if (count > 0 && (object === 'account' || object === 'contact')) await noteMatchChange(client);
    return count;
  });
}
