// Connecting a CRM in the browser: journeys that are under way, and which org or portal a connection's token belongs to.
import { type Kysely, sql } from 'kysely';

const statements: readonly string[] = [
  `alter table tierline.tokens add column organisation text collate "C"`,
  `create table tierline.pending_connections (
     state_hash text collate "C" primary key,
     connection text collate "C" not null,
     verifier text not null,
     redirect_uri text not null,
     person text collate "C" not null,
     expires_at timestamptz not null
   )`,
];

export const connecting = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
