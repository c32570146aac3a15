// Versions of the configuration, what is in force, and which versions a run went by.
import { type Kysely, sql } from 'kysely';

const statements: readonly string[] = [
  `create table tierline.configuration_versions (
     number bigint generated always as identity primary key,
     status text collate "C" not null,
     author_kind text collate "C" not null,
     author_id text not null,
     request_id text,
     person text collate "C" not null,
     reason text not null,
     created_at timestamptz not null,
     rolls_back_to bigint,
     decided_by_kind text collate "C",
     decided_by_id text,
     decided_request_id text,
     decided_at timestamptz,
     decision_reason text,
     in_force_at timestamptz,
     -- The how-manieth that came into force; approvals may come in another order than proposals.
     revision bigint unique
   )`,
  `create table tierline.configuration_files (
     version bigint not null references tierline.configuration_versions,
     path text collate "C" not null,
     content text,
     base bigint,
     primary key (version, path)
   )`,
  `create index configuration_files_by_path on tierline.configuration_files (path, version)`,
  `create table tierline.configuration_in_force (
     path text collate "C" primary key,
     version bigint not null references tierline.configuration_versions
   )`,
  `create table tierline.configuration_state (
     only_row boolean primary key default true check (only_row),
     revision bigint not null default 0
   )`,
  `insert into tierline.configuration_state default values`,
  `create function tierline.refuse_configuration_change() returns trigger language plpgsql as $$
   begin
     raise exception 'the files of a version are never changed';
   end $$`,
  `create trigger configuration_files_are_kept before update or delete or truncate on tierline.configuration_files
     for each statement execute function tierline.refuse_configuration_change()`,
  `alter table tierline.runs add column configuration json`,
];

export const configuration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
