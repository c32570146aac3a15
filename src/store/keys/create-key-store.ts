// Company keys: which record belongs to which company, since when, and what became of keys that were merged.
import { CompiledQuery, sql } from 'kysely';
import type { CrmObject } from '#domain/record/objects.ts';
import type { KeyedReference } from '#ports/judgements.ts';
import type { KeyStore, Membership } from '#ports/store.ts';
import type { Database } from '../database.ts';
import { streamRows } from '../server-cursor.ts';
import { assignKeys } from './assign-keys.ts';
import { streamFormerKeys } from './former-keys.ts';
import { keyLeads } from './key-leads.ts';
import { openMemory, type SeenChanges } from './match-memory.ts';
import { adoptProposal, proposeAgain, readProposal } from './propose-keys.ts';

export function createKeyStore({ db, pool }: Database): KeyStore {
  // What the last look at staleness had counted: changes made while the matcher works stay due.
  let seen: SeenChanges | null = null;
  const readState = async () => {
    const state = await db
      .selectFrom('key_state')
      .selectAll()
      .select(sql<string>`pg_current_snapshot()::text`.as('snapshot'))
      .executeTakeFirstOrThrow();
    const { match_changes: changes, listed_changes: listed, snapshot } = state;
    return { ...state, seen: { changes, unlisted: changes - listed, snapshot } };
  };

  return {
    async isStale(matcherVersion) {
      const state = await readState();
      seen = state.seen;
      return state.matcher_version !== matcherVersion || state.assigned_changes !== state.match_changes;
    },

    async *memberships(of) {
      yield* streamRows(pool, of === undefined ? allMemberships : membershipsOf(of));
    },

    async *minted(keys) {
      let query = db
        .selectFrom('company_keys')
        .select(['key', 'number as born', 'successor'])
        .orderBy('number');
      if (keys !== undefined) query = query.where('key', 'in', heirsOf(keys));
      yield* streamRows(pool, query.compile());
    },

    memory: (version) => openMemory(pool, version),

    formerKeys: (heirs) => streamFormerKeys(pool, heirs),

    async assign(
      run,
      matcherVersion,
      memberships,
      events,
      anchors,
      { questions, limit, removed, memory } = {},
    ) {
      const moves = await assignKeys(pool, {
        run,
        memberships,
        events,
        anchors,
        matcherVersion,
        questions: questions ?? null,
        limit: limit ?? null,
        removed: removed ?? null,
        memory: memory ?? null,
        seen: seen ?? (await readState()).seen,
      });
      seen = null;
      return moves;
    },

    async proposal(run) {
      const row = await db
        .selectFrom('key_proposals')
        .select('status')
        .where('run', '=', run)
        .executeTakeFirst();
      return row?.status ?? null;
    },

    async waitingProposal() {
      const row = await db
        .selectFrom('key_proposals')
        .select('run')
        .where('status', '=', 'waiting')
        .orderBy('number', 'desc')
        .executeTakeFirst();
      return row?.run ?? null;
    },

    proposeAgain: (run, matcherVersion, limit) => proposeAgain(pool, run, matcherVersion, limit),
    readProposal: (run, limit) => readProposal(pool, run, limit),
    keyLeads: (leads) => keyLeads(pool, leads),
    adoptProposal: (from, run) => adoptProposal(pool, from, run),

    async count(connection) {
      const { rows } = await pool.query<{ object: string; keyed: number; uncertain: number }>(
        `select r.object, count(*) as keyed, count(*) filter (where m.review) as uncertain
           from tierline.memberships m
           join tierline.records r on r.connection = m.connection and r.object = m.object and r.id = m.id
          where m.connection = $1 and m.key is not null and not r.deleted
          group by r.object`,
        [connection],
      );
      const keyed = (object: CrmObject) => rows.find((row) => row.object === object)?.keyed ?? 0;
      const uncertain = rows.reduce((sum, row) => sum + row.uncertain, 0);
      return { account: keyed('account'), contact: keyed('contact'), uncertain };
    },

    async resolve(key) {
      const { rows } = await pool.query<{ key: string }>(
        `with recursive successors (key, successor) as (
           select key, successor from tierline.company_keys where key = $1
           union
           select k.key, k.successor from tierline.company_keys k join successors s on k.key = s.successor
         )
         select key from successors where successor is null`,
        [key],
      );
      return rows[0]?.key ?? null;
    },
  };
}

const membershipColumns = 'm.connection, m.object, m.id, m.key, m.family, m.evidence, m.confidence, m.review';

const allMemberships: CompiledQuery<Membership> = CompiledQuery.raw(
  `select ${membershipColumns} from tierline.memberships m order by m.connection, m.object, m.id`,
);

/** Looked up one by one, whatever the planner believes of their number (`limit 1`). */
function membershipsOf(records: readonly KeyedReference[]): CompiledQuery<Membership> {
  return CompiledQuery.raw(
    `select ${membershipColumns}
       from unnest($1::text[], $2::text[], $3::text[]) as asked (connection, object, id)
      cross join lateral (
        select * from tierline.memberships held
         where held.connection = asked.connection and held.object = asked.object and held.id = asked.id
         limit 1
      ) m`,
    [
      records.map(({ connection }) => connection),
      records.map(({ object }) => object),
      records.map(({ id }) => id),
    ],
  );
}

/** The keys and those that took their place. */
function heirsOf(keys: readonly string[]) {
  return sql<string>`(
    with recursive heirs (key, successor) as (
      select key, successor from tierline.company_keys where key = any(${[...keys]}::text[])
      union
      select k.key, k.successor from tierline.company_keys k join heirs h on k.key = h.successor
    )
    select key from heirs
  )`;
}
