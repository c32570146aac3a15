// What people say of company keys, what the matcher would ask them, what became of keys, and assignments that wait for approval.
// Only new tables: an older version goes on beside them.
import { type Kysely, sql } from 'kysely';

const statements: readonly string[] = [
  // Never changed and never deleted: the newest word on a pair stands. Ids are those of the day; merges are followed when read.
  `create table tierline.key_judgements (
     number bigint generated always as identity primary key,
     a_connection text collate "C" not null,
     a_object text collate "C" not null,
     a_id text collate "C" not null,
     b_connection text collate "C" not null,
     b_object text collate "C" not null,
     b_id text collate "C" not null,
     verdict text collate "C" not null,
     made_by text not null,
     made_at timestamptz not null default now(),
     reason text,
     origin text collate "C" not null,
     asked text collate "C"
   )`,
  // Records whose key field held something that we did not write there when they were put; a later write may have mended it.
  `create table tierline.entered_keys (
     connection text collate "C",
     object text collate "C",
     id text collate "C",
     primary key (connection, object, id)
   )`,
  `create table tierline.key_reviews (
     pair text collate "C" primary key,
     a_connection text collate "C" not null,
     a_object text collate "C" not null,
     a_id text collate "C" not null,
     b_connection text collate "C" not null,
     b_object text collate "C" not null,
     b_id text collate "C" not null,
     reason text collate "C" not null
   )`,
  `create table tierline.key_changes (
     number bigint generated always as identity primary key,
     run text collate "C" not null,
     at timestamptz not null default now(),
     kind text collate "C" not null,
     key text collate "C",
     other_key text collate "C",
     connection text collate "C",
     object text collate "C",
     record_id text collate "C",
     reason text not null
   )`,
  `create index key_changes_by_time on tierline.key_changes (at)`,
  `create table tierline.key_proposals (
     run text collate "C" primary key,
     number bigint generated always as identity,
     status text collate "C" not null default 'waiting',
     moved bigint not null,
     keyed bigint not null,
     events json not null,
     matcher_version text collate "C" not null,
     changes bigint not null,
     same_as text collate "C"
   )`,
  `create table tierline.proposed_memberships (
     run text collate "C",
     connection text collate "C",
     object text collate "C",
     id text collate "C",
     key text collate "C",
     family text collate "C",
     evidence text[] not null,
     confidence double precision not null,
     review boolean not null,
     primary key (run, connection, object, id)
   )`,
];

export const keyJudgements = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
