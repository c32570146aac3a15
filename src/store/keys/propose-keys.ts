// An assignment that moves too much: kept with its run, and put in force when somebody approves it.
import type { ClientBase, Pool } from 'pg';
import { UsageError } from '#errors/errors.ts';
import type { KeyEvent, KeyMoves, KeyProposal, MoveLimit } from '#ports/store.ts';
import { toJsonText } from '../bulk/json-text.ts';
import { inTransaction } from '../transaction.ts';
import { moveMergedStates } from './move-merged-states.ts';
import { recordEvents } from './record-events.ts';
import { recordMoves } from './record-moves.ts';
import { spreadToChildren } from './spread-keys.ts';

export interface Proposal {
  readonly run: string;
  readonly moves: KeyMoves;
  readonly events: readonly KeyEvent[];
  readonly matcherVersion: string;
  readonly changes: number;
}

/** Of the staged memberships, what would change; the rest follows by itself. */
export async function propose(client: ClientBase, proposal: Proposal): Promise<void> {
  const { run, moves, events, matcherVersion, changes } = proposal;
  await client.query(
    `insert into tierline.key_proposals (run, moved, keyed, events, matcher_version, changes)
     values ($1, $2, $3, $4, $5, $6)`,
    [run, moves.moved, moves.keyed, toJsonText(events), matcherVersion, changes],
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

/** When what waits rests on the records as they are now, and still is over the limit, this run proposes the same. */
export async function proposeAgain(
  pool: Pool,
  run: string,
  matcherVersion: string,
  limit: MoveLimit,
): Promise<KeyMoves | null> {
  const { rows } = await pool.query<KeyMoves>(
    `insert into tierline.key_proposals (run, moved, keyed, events, matcher_version, changes, same_as)
     select $1, p.moved, p.keyed, '[]', p.matcher_version, p.changes, p.run
       from tierline.key_proposals p, tierline.key_state s
      where p.status = 'waiting' and p.same_as is null and p.matcher_version = $2 and p.changes = s.match_changes
        and p.moved >= $3 and p.moved > $4::double precision * p.keyed
     returning moved, keyed`,
    [run, matcherVersion, limit.fromRecords, limit.share],
  );
  return rows[0] ?? null;
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
    // Only one proposal waits at a time, under the runs that proposed it.
    const { rows } = await client.query<{ run: string; same_as: string | null; events: readonly KeyEvent[] }>(
      `update tierline.key_proposals set status = 'adopted' where status = 'waiting' returning run, same_as, events`,
    );
    const proposal = rows.find(({ same_as: sameAs }) => sameAs === null);
    if (proposal === undefined || !rows.some((row) => row.run === from)) {
      throw new UsageError(`Run ${from} proposes no company keys that wait`);
    }
    const { run: proposed, events } = proposal;
    await recordEvents(client, run, events);
    await client.query(dropGone, [proposed]);
    await recordMoves(client, run, 'tierline.proposed_memberships');
    await client.query(recordHistory, [proposed, run]);
    await client.query(writeMemberships, [proposed, run]);
    await client.query(writeKeys, [proposed]);
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

/** What a run proposes that still waits; `limit` records at most. */
export async function readProposal(pool: Pool, run: string, limit: number): Promise<KeyProposal | null> {
  const { rows } = await pool.query<KeyMoves & { run: string; events: readonly KeyEvent[] }>(
    `select root.run, root.moved, root.keyed, root.events
       from tierline.key_proposals p
       join tierline.key_proposals root on root.run = coalesce(p.same_as, p.run)
      where p.run = $1 and p.status = 'waiting'`,
    [run],
  );
  const [proposal] = rows;
  if (proposal === undefined) return null;
  const { rows: records } = await pool.query<ProposedRow>(
    `select p.connection, p.object, p.id, m.key as before, p.key as after, p.evidence
       from tierline.proposed_memberships p
       join tierline.memberships m on ${sameRecord}
      where p.run = $1 and m.key is not null
      order by p.object, p.connection, p.id
      limit $2`,
    [proposal.run, limit],
  );
  const { moved, keyed, events } = proposal;
  return {
    moved,
    keyed,
    events,
    records: records.map(({ connection, object, id, before, after, evidence }) => ({
      record: { connection, object, id },
      from: before,
      to: after,
      evidence,
    })),
  };
}

interface ProposedRow {
  readonly connection: string;
  readonly object: 'account' | 'contact';
  readonly id: string;
  readonly before: string;
  readonly after: string | null;
  readonly evidence: readonly string[];
}
