// Puts a matcher's answer in force, set-based and in one transaction: memberships with their history, keys, anchors, and the
// company key on every record that hangs on them.
import type { ClientBase, Pool } from 'pg';
import type { KeyQuestion } from '#ports/judgements.ts';
import type { KeyAnchor, KeyEvent, KeyMoves, Membership, MoveLimit } from '#ports/store.ts';
import { CopyWriter } from '../bulk/copy-writer.ts';
import { prepareForBulk } from '../statistics.ts';
import { inTransaction } from '../transaction.ts';
import { moveMergedStates } from './move-merged-states.ts';
import { outdateProposals, propose } from './propose-keys.ts';
import { recordEvents } from './record-events.ts';
import { recordMoves, retireKeys } from './record-moves.ts';
import { replaceQuestions } from './replace-questions.ts';
import { spreadToChildren } from './spread-keys.ts';

export interface KeyAssignments {
  readonly run: string;
  readonly matcherVersion: string;
  readonly memberships: AsyncIterable<Membership>;
  readonly events: readonly KeyEvent[];
  readonly anchors: AsyncIterable<KeyAnchor>;
  /** The count of match changes that the matcher's input had taken in. */
  readonly changes: number;
  readonly questions: AsyncIterable<KeyQuestion> | null;
  readonly limit: MoveLimit | null;
}

/** The moves when they are more than the limit allows, and then nothing has changed; else null. */
export async function assignKeys(pool: Pool, given: KeyAssignments): Promise<KeyMoves | null> {
  return await inTransaction(pool, async (client) => {
    await stageMemberships(client, given.memberships);
    await prepareForBulk(client);
    await outdateProposals(client);
    const moves = given.limit === null ? null : await countMoves(client);
    if (moves !== null && given.limit !== null && isOver(moves, given.limit)) {
      await propose(client, { ...given, moves });
      return moves;
    }
    await recordEvents(client, given.run, given.events);
    await client.query(mintUnannounced, [given.run]);
    await recordMoves(client, given.run, 'pg_temp.staged_memberships');
    await client.query(recordHistory, [given.run]);
    await client.query(dropMemberships);
    await client.query(writeMemberships, [given.run]);
    await replaceAnchors(client, given.anchors);
    if (given.questions !== null) await replaceQuestions(client, given.questions);
    for (const statement of spreadStatements) await client.query(statement);
    await spreadToChildren(client);
    if (given.events.some((event) => event.kind === 'merge')) await moveMergedStates(client);
    await client.query('update tierline.key_state set matcher_version = $1, assigned_changes = $2', [
      given.matcherVersion,
      given.changes,
    ]);
    await retireKeys(client, given.run);
    return null;
  });
}

async function countMoves(client: ClientBase): Promise<KeyMoves> {
  const { rows } = await client.query<KeyMoves>(
    `select count(*) as keyed,
            count(*) filter (where s.id is not null and s.key is distinct from m.key) as moved
       from tierline.memberships m
       left join pg_temp.staged_memberships s on ${sameRecord}
      where m.key is not null`,
  );
  return rows[0] ?? { moved: 0, keyed: 0 };
}

function isOver({ moved, keyed }: KeyMoves, limit: MoveLimit): boolean {
  return moved >= limit.fromRecords && moved > limit.share * keyed;
}

async function stageMemberships(client: ClientBase, memberships: AsyncIterable<Membership>): Promise<void> {
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

const sameRecord = 'm.connection = s.connection and m.object = s.object and m.id = s.id';

/** A key in use is a key, whatever the events left out. */
const mintUnannounced = `
  insert into tierline.company_keys (key, minted_run)
  select distinct s.key, $1 from pg_temp.staged_memberships s
   where s.key is not null and not exists (select from tierline.company_keys k where k.key = s.key)
  on conflict (key) do nothing`;

const recordHistory = `
  insert into tierline.membership_history (connection, object, id, key, family, evidence, from_run, to_run)
  select m.connection, m.object, m.id, m.key, m.family, m.evidence, m.since_run, $1
    from tierline.memberships m
    left join pg_temp.staged_memberships s on ${sameRecord}
   where s.id is null or s.key is distinct from m.key`;

const dropMemberships = `
  delete from tierline.memberships m
   where not exists (select from pg_temp.staged_memberships s where ${sameRecord})`;

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

async function replaceAnchors(client: ClientBase, anchors: AsyncIterable<KeyAnchor>): Promise<void> {
  await client.query(
    `create temp table staged_anchors (
       kind text collate "C",
       value text collate "C",
       key text collate "C"
     ) on commit drop`,
  );
  const writer = new CopyWriter(client, 'pg_temp.staged_anchors', ['kind', 'value', 'key']);
  for await (const { kind, value, key } of anchors) await writer.add([kind, value, key]);
  await writer.flush();
  await client.query('analyze pg_temp.staged_anchors');
  const sameAnchor = 'a.kind = s.kind and a.value = s.value and a.key = s.key';
  await client.query(
    `delete from tierline.key_anchors a
      where not exists (select from pg_temp.staged_anchors s where ${sameAnchor})`,
  );
  await client.query(
    `insert into tierline.key_anchors (kind, value, key)
     select distinct kind, value, key from pg_temp.staged_anchors
     on conflict do nothing`,
  );
}

const spreadStatements: readonly string[] = [
  `update tierline.records r
      set company_key = s.key
     from pg_temp.staged_memberships s
    where r.connection = s.connection and r.object = s.object and r.id = s.id
      and r.company_key is distinct from s.key`,
  `update tierline.records r
      set company_key = null
    where r.object in ('account', 'contact') and r.company_key is not null
      and not exists (
        select from pg_temp.staged_memberships s
         where s.connection = r.connection and s.object = r.object and s.id = r.id
      )`,
];
