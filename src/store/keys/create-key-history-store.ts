// What became of keys and records: the feed of changes, and each record's stays with its keys.
import type { KeyChangeEntry, KeyChangeKind, KeyHistoryStore, MembershipSpan } from '#ports/judgements.ts';
import type { Database } from '../database.ts';

export function createKeyHistoryStore({ pool }: Database): KeyHistoryStore {
  return {
    async changes({ since, kinds, run, limit }) {
      const { rows } = await pool.query<ChangeRow>(
        `select number, run, at, kind, key, other_key, connection, object, record_id, reason
           from tierline.key_changes
          where ($1::timestamptz is null or at >= $1) and ($2::text[] is null or kind = any($2))
            and ($4::text is null or run = $4)
          order by number desc
          limit $3`,
        [since ?? null, kinds === undefined ? null : [...kinds], limit, run ?? null],
      );
      return rows.map(toChange).toReversed();
    },

    async spans(record) {
      const { rows } = await pool.query<SpanRow>(
        `select connection, object, id, key, family, evidence, from_run, to_run
           from (
             select h.connection, h.object, h.id, h.key, h.family, h.evidence, h.from_run, h.to_run, h.number
               from tierline.membership_history h
              where h.connection = $1 and h.object = $2 and h.id = $3
             union all
             select m.connection, m.object, m.id, m.key, m.family, m.evidence, m.since_run, null, null
               from tierline.memberships m
              where m.connection = $1 and m.object = $2 and m.id = $3
           ) span
          order by number nulls last`,
        [record.connection, record.object, record.id],
      );
      return rows.map(toSpan);
    },

    async members(key) {
      const { rows } = await pool.query<SpanRow>(
        `select m.connection, m.object, m.id, m.key, m.family, m.evidence, m.since_run as from_run, null as to_run
           from tierline.records r
           join tierline.memberships m on m.connection = r.connection and m.object = r.object and m.id = r.id
          where r.object in ('account', 'contact') and r.company_key = $1 and not r.deleted
          order by m.object, m.connection, m.id`,
        [key],
      );
      return rows.map(toSpan);
    },

    async movedAccounts(run) {
      const { rows } = await pool.query<{ count: number }>(
        `select count(*)
           from tierline.memberships m
          where m.object = 'account' and m.since_run = $1
            and exists (
              select from tierline.membership_history h
               where h.connection = m.connection and h.object = 'account' and h.id = m.id
                 and h.to_run = $1 and h.key is not null
            )`,
        [run],
      );
      return rows[0]?.count ?? 0;
    },

    async relatives(family) {
      const { rows } = await pool.query<{ key: string }>(
        `select distinct key from tierline.memberships
          where object = 'account' and family = $1 and key is not null
          order by key`,
        [family],
      );
      return rows.map((row) => row.key);
    },

    async mergedInto(key) {
      const { rows } = await pool.query<{ key: string }>(
        `with recursive merged (key, number) as (
           select key, number from tierline.company_keys where successor = $1
           union
           select k.key, k.number from tierline.company_keys k join merged m on k.successor = m.key
         )
         select key from merged order by number`,
        [key],
      );
      return rows.map((row) => row.key);
    },
  };
}

interface ChangeRow {
  readonly number: number;
  readonly run: string;
  readonly at: string;
  readonly kind: KeyChangeKind;
  readonly key: string | null;
  readonly other_key: string | null;
  readonly connection: string | null;
  readonly object: 'account' | 'contact' | null;
  readonly record_id: string | null;
  readonly reason: string;
}

function toChange(row: ChangeRow): KeyChangeEntry {
  const { number, run, at, kind, key, connection, object, record_id: id, reason } = row;
  const record = connection === null || object === null || id === null ? null : { connection, object, id };
  return { number, run, at, kind, key, otherKey: row.other_key, record, reason };
}

interface SpanRow {
  readonly connection: string;
  readonly object: 'account' | 'contact';
  readonly id: string;
  readonly key: string | null;
  readonly family: string | null;
  readonly evidence: readonly string[];
  readonly from_run: string | null;
  readonly to_run: string | null;
}

function toSpan(row: SpanRow): MembershipSpan {
  const { connection, object, id, key, family, evidence } = row;
  return {
    record: { connection, object, id },
    key,
    family,
    evidence,
    fromRun: row.from_run,
    toRun: row.to_run,
  };
}
