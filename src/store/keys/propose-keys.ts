// An assignment that moves too much: kept with its run, and put in force when somebody approves it.
import type { ClientBase, Pool } from 'pg';
import { UsageError } from '#errors/errors.ts';
import type { KeyEvent, KeyMoves } from '#ports/store.ts';
import { toJsonText } from '../bulk/json-text.ts';
import { inTransaction } from '../transaction.ts';
import { moveMergedStates } from './move-merged-states.ts';
import { recordEvents } from './record-events.ts';
import { recordMoves } from './record-moves.ts';
import { spreadToChildren } from './spread-keys.ts';

/** Of the staged memberships, what would change; the rest follows by itself. */
export async function propose(
  client: ClientBase,
  run: string,
  { moved, keyed }: KeyMoves,
  events: readonly KeyEvent[],
): Promise<void> {
  await client.query(
    'insert into tierline.key_proposals (run, moved, keyed, events) values ($1, $2, $3, $4)',
    [run, moved, keyed, toJsonText(events)],
  );
  await client.query(
    `insert into tierline.proposed_memberships (
       run, connection, object, id, key, family, evidence, confidence, review
     )
     select distinct on (s.connection, s.object, s.id)
            $1, s.connection, s.object, s.id, s.key, s.family, s.evidence, s.confidence, s.review
       from pg_temp.staged_memberships s
       left join tierline.memberships m on m.connection = s.connection and m.object = s.object and m.id = s.id
      where m.id is null or s.key is distinct from m.key
      order by s.connection, s.object, s.id`,
    [run],
  );
}

/** What waited rests on keys and records that have moved on. */
export async function outdateProposals(client: ClientBase): Promise<void> {
  const { rowCount } = await client.query(
    `update tierline.key_proposals set status = 'outdated' where status = 'waiting'`,
  );
  if (rowCount !== 0) await client.query('delete from tierline.proposed_memberships');
}

export async function adoptProposal(pool: Pool, from: string, run: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ events: readonly KeyEvent[] }>(
      `update tierline.key_proposals set status = 'adopted' where run = $1 and status = 'waiting' returning events`,
      [from],
    );
    const [proposal] = rows;
    if (proposal === undefined) throw new UsageError(`Run ${from} proposes no company keys that wait`);
    await recordEvents(client, run, proposal.events);
    await client.query(dropGone, [from]);
    // Only one proposal waits at a time, so the table holds this one's rows alone.
    await recordMoves(client, run, 'tierline.proposed_memberships');
    await client.query(recordHistory, [from, run]);
    await client.query(writeMemberships, [from, run]);
    await client.query(writeKeys, [from]);
    await spreadToChildren(client);
    await moveMergedStates(client);
    await client.query('delete from tierline.proposed_memberships');
    // Anchors and questions are of the assignment before: the next one makes them anew.
    await client.query('update tierline.key_state set assigned_changes = null');
  });
}

const sameRecord = 'm.connection = p.connection and m.object = p.object and m.id = p.id';

const dropGone = `
  delete from tierline.proposed_memberships p
   where p.run = $1 and not exists (
     select from tierline.records r
      where r.connection = p.connection and r.object = p.object and r.id = p.id and not r.deleted
   )`;

const recordHistory = `
  insert into tierline.membership_history (connection, object, id, key, family, evidence, from_run, to_run)
  select m.connection, m.object, m.id, m.key, m.family, m.evidence, m.since_run, $2
    from tierline.memberships m
    join tierline.proposed_memberships p on ${sameRecord}
   where p.run = $1 and p.key is distinct from m.key`;

const writeMemberships = `
  insert into tierline.memberships (
    connection, object, id, key, family, evidence, confidence, review, since_run
  )
  select p.connection, p.object, p.id, p.key, p.family, p.evidence, p.confidence, p.review, $2
    from tierline.proposed_memberships p
   where p.run = $1
  on conflict (connection, object, id) do update set
    key = excluded.key,
    family = excluded.family,
    evidence = excluded.evidence,
    confidence = excluded.confidence,
    review = excluded.review,
    since_run = excluded.since_run`;

const writeKeys = `
  update tierline.records r
     set company_key = p.key
    from tierline.proposed_memberships p
   where p.run = $1 and r.connection = p.connection and r.object = p.object and r.id = p.id
     and r.company_key is distinct from p.key`;
