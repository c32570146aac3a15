// The lines of the feed that no event announces: records that went from one key to another, keys that nobody has any more, and
// keys that somebody has again.
import type { ClientBase } from 'pg';

/** Before memberships are written. `staged` is a table of memberships. */
export async function recordMoves(client: ClientBase, run: string, staged: string): Promise<void> {
  await client.query(moves(staged), [run]);
}

// A merge and a split tell of their records themselves.
const moves = (staged: string) => `
  insert into tierline.key_changes (run, kind, key, other_key, connection, object, record_id, reason)
  select $1, 'move', s.key, m.key, m.connection, m.object, m.id, array_to_string(s.evidence, ', ')
    from tierline.memberships m
    join ${staged} s on m.connection = s.connection and m.object = s.object and m.id = s.id
    left join tierline.company_keys before on before.key = m.key
    left join tierline.company_keys after on after.key = s.key
   where m.key is not null and s.key is distinct from m.key
     and not (before.status = 'merged' and before.merged_run = $1)
     and not coalesce(after.split_from = m.key and after.minted_run = $1, false)
   order by m.connection, m.object, m.id`;

/** After memberships are written. `isPartial`: of the touched keys alone. */
export async function retireKeys(client: ClientBase, run: string, isPartial: boolean): Promise<void> {
  const among = isPartial ? 'and k.key in (select key from pg_temp.touched_keys)' : '';
  const isHeld = isPartial ? hasKeyedRecords : hasMembers;
  await client.query(retire(`not ${isHeld} ${among}`), [run]);
  await client.query(revive(`${isHeld} ${among}`), [run]);
}

const hasMembers = 'exists (select from tierline.memberships m where m.key = k.key)';

// Memberships have no index by key, and a few keys are not worth one: records have.
const hasKeyedRecords = `exists (
  select from tierline.records r
    join tierline.memberships m on m.connection = r.connection and m.object = r.object and m.id = r.id
   where r.object in ('account', 'contact') and r.company_key = k.key and m.key = k.key
)`;

const retire = (condition: string) => `
  with gone as (
    update tierline.company_keys k set status = 'retired'
     where k.status = 'active' and ${condition}
    returning k.key
  )
  insert into tierline.key_changes (run, kind, key, reason)
  select $1, 'retire', key, 'no record is left' from gone order by key`;

const revive = (condition: string) => `
  with back as (
    update tierline.company_keys k set status = 'active'
     where k.status = 'retired' and ${condition}
    returning k.key
  )
  insert into tierline.key_changes (run, kind, key, reason)
  select $1, 'revive', key, 'a record came back' from back order by key`;
