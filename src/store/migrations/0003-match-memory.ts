// What matching remembers between two runs, and which accounts and contacts changed since.
import { type Kysely, sql } from 'kysely';

const statements: readonly string[] = [
  // A cache of hundreds of megabytes: nothing of it is worth a write-ahead log. After a crash it is empty, and the next run reads
  // every record again. Not compressed: the bytes are read whole, every time.
  `create unlogged table tierline.match_memory (
     name text collate "C",
     number integer,
     data bytea not null,
     primary key (name, number)
   )`,
  'alter table tierline.match_memory alter column data set storage external',
  // By transaction: what commits while the matcher works stays due.
  `create table tierline.match_changes (
     connection text collate "C" not null,
     object text collate "C" not null,
     id text collate "C" not null,
     changed_in xid8 not null default pg_current_xact_id()
   )`,
  // An older version counts its changes in match_changes alone and lists none of them: then the two counts drift apart, and the
  // memory is not trusted.
  `alter table tierline.key_state
     add column listed_changes bigint not null default 0,
     add column assigned_history bigint,
     add column memory_version text collate "C",
     add column memory_parts integer,
     add column memory_assigned bigint,
     add column memory_unlisted bigint`,
];

export const matchMemory = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
