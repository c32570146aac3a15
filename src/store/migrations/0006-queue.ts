// What the job queue asks of the database besides its own schema: an id that tells workspaces apart which share a Redis, records
// reported as changed, and where polls go on.
import { type Kysely, sql } from 'kysely';

const statements: readonly string[] = [
  `create table tierline.workspace_identity (
     only_row boolean primary key default true check (only_row),
     id text collate "C" not null default substr(md5(gen_random_uuid()::text), 1, 12)
   )`,
  `insert into tierline.workspace_identity default values`,
  `create sequence tierline.touched_number`,
  `create table tierline.touched_records (
     connection text collate "C",
     object text collate "C",
     id text collate "C",
     number bigint not null default nextval('tierline.touched_number'),
     primary key (connection, object, id)
   )`,
  `create table tierline.poll_cursors (
     connection text collate "C",
     object text collate "C",
     cursor text not null,
     polled_at timestamptz not null,
     primary key (connection, object)
   )`,
];

export const queueTables = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
