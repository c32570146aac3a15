// People who are to be forgotten when the run at work is over: an address or a record each, gone with the person.
import { type Kysely, sql } from 'kysely';

const statements: readonly string[] = [
  `create table tierline.noted_forgettings (
     number bigint generated always as identity primary key,
     address text collate "C",
     connection text collate "C",
     object text collate "C",
     id text collate "C"
   )`,
];

export const notedForgettings = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
