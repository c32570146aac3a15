// Puts a matcher's answer in force, set-based and in one transaction: memberships with their history, keys, anchors, and the
// company key on every record that hangs on them.
import type { ClientBase, Pool } from 'pg';
import type { KeyedReference, KeyQuestion } from '#ports/judgements.ts';
import type { MemoryToKeep } from '#ports/match-memory.ts';
import type { KeyAnchor, KeyEvent, KeyMoves, Membership, MoveLimit } from '#ports/store.ts';
import { prepareForBulk } from '../statistics.ts';
import { inTransaction } from '../transaction.ts';
import { keepMemory, type SeenChanges } from './match-memory.ts';
import { moveMergedStates } from './move-merged-states.ts';
import { outdateProposals, propose } from './propose-keys.ts';
import { recordEvents } from './record-events.ts';
import { recordMoves, retireKeys } from './record-moves.ts';
import { replaceAnchors } from './replace-anchors.ts';
import { replaceQuestions } from './replace-questions.ts';
import { spreadToChildren } from './spread-keys.ts';
import { sameRecord, stageMemberships, stageRemoved, stageTouchedKeys } from './stage-assignment.ts';

export interface KeyAssignments {
  readonly run: string;
  readonly matcherVersion: string;
  readonly memberships: AsyncIterable<Membership>;
  readonly events: readonly KeyEvent[];
  readonly anchors: AsyncIterable<KeyAnchor>;
  readonly questions: AsyncIterable<KeyQuestion> | null;
  readonly limit: MoveLimit | null;
  /** The memberships are those that differ, and these records have none any more; null: the memberships are all there are. */
  readonly removed: readonly KeyedReference[] | null;
  readonly memory: MemoryToKeep | null;
  /** What the matcher had looked at. */
  readonly seen: SeenChanges;
}

/** The moves when they are more than the limit allows, and then nothing has changed; else null. */
export async function assignKeys(pool: Pool, given: KeyAssignments): Promise<KeyMoves | null> {
  return await inTransaction(pool, async (client) => {
    const isPartial = given.removed !== null;
    await stageMemberships(client, given.memberships);
    // A few records are looked up one by one; for all of them tables are joined whole.
    if (!isPartial) await prepareForBulk(client);
    await stageRemoved(client, given.removed);
    await outdateProposals(client);
    const moves = given.limit === null ? null : await countMoves(client);
    if (moves !== null && given.limit !== null && isOver(moves, given.limit)) {
      await propose(client, { ...given, changes: given.seen.changes, moves });
      return moves;
    }
    if (isPartial) await stageTouchedKeys(client);
    await recordEvents(client, given.run, given.events);
    await client.query(mintUnannounced, [given.run]);
    await recordMoves(client, given.run, 'pg_temp.staged_memberships');
    for (const statement of recordHistory) await client.query(statement, [given.run]);
    await client.query(dropMemberships);
    await client.query(writeMemberships, [given.run]);
    await replaceAnchors(client, given.anchors, { whole: !isPartial });
    if (given.questions !== null) await replaceQuestions(client, given.questions);
    for (const statement of spreadStatements) await client.query(statement);
    await spreadToChildren(client, isPartial);
    if (given.events.some((event) => event.kind === 'merge')) await moveMergedStates(client);
    await client.query(noteAssignment, [given.matcherVersion, given.seen.changes]);
    await retireKeys(client, given.run, isPartial);
    await keepMemory(client, given.memory, given.seen);
    return null;
  });
}

async function countMoves(client: ClientBase): Promise<KeyMoves> {
  const { rows } = await client.query<KeyMoves>(
    `select (select count(*) from tierline.memberships where key is not null) as keyed,
            count(*) as moved
       from pg_temp.staged_memberships s
       join tierline.memberships m on ${sameRecord}
      where m.key is not null and s.key is distinct from m.key`,
  );
  return rows[0] ?? { moved: 0, keyed: 0 };
}

function isOver({ moved, keyed }: KeyMoves, limit: MoveLimit): boolean {
  return moved >= limit.fromRecords && moved > limit.share * keyed;
}

const noteAssignment = `
  update tierline.key_state
     set matcher_version = $1, assigned_changes = $2,
         assigned_history = (select max(number) from tierline.membership_history)`;

/** A key in use is a key, whatever the events left out. */
const mintUnannounced = `
  insert into tierline.company_keys (key, minted_run)
  select distinct s.key, $1 from pg_temp.staged_memberships s
   where s.key is not null and not exists (select from tierline.company_keys k where k.key = s.key)
  on conflict (key) do nothing`;

const recordHistory: readonly string[] = [
  `insert into tierline.membership_history (connection, object, id, key, family, evidence, from_run, to_run)
   select m.connection, m.object, m.id, m.key, m.family, m.evidence, m.since_run, $1
     from tierline.memberships m
     join pg_temp.staged_memberships s on ${sameRecord}
    where s.key is distinct from m.key`,
  `insert into tierline.membership_history (connection, object, id, key, family, evidence, from_run, to_run)
   select m.connection, m.object, m.id, m.key, m.family, m.evidence, m.since_run, $1
     from tierline.memberships m
     join pg_temp.staged_removed s on ${sameRecord}`,
];

const dropMemberships = `
  delete from tierline.memberships m using pg_temp.staged_removed s where ${sameRecord}`;

const writeMemberships = `
  insert into tierline.memberships as m (
    connection, object, id, key, family, evidence, confidence, review, since_run
  )
  select distinct on (s.connection, s.object, s.id)
         s.connection, s.object, s.id, s.key, s.family, s.evidence, s.confidence, s.review, $1
    from pg_temp.staged_memberships s
    left join tierline.memberships m on ${sameRecord}
   where m.id is null
      or (s.key, s.family, s.evidence, s.confidence, s.review)
         is distinct from (m.key, m.family, m.evidence, m.confidence, m.review)
   order by s.connection, s.object, s.id
  on conflict (connection, object, id) do update set
    key = excluded.key,
    family = excluded.family,
    evidence = excluded.evidence,
    confidence = excluded.confidence,
    review = excluded.review,
    since_run = case when m.key is distinct from excluded.key then excluded.since_run else m.since_run end`;

const spreadStatements: readonly string[] = [
  `update tierline.records r
      set company_key = s.key
     from pg_temp.staged_memberships s
    where r.connection = s.connection and r.object = s.object and r.id = s.id
      and r.company_key is distinct from s.key`,
  `update tierline.records r
      set company_key = null
     from pg_temp.staged_removed s
    where r.connection = s.connection and r.object = s.object and r.id = s.id and r.company_key is not null`,
];
