// Remembers every tier that was shown, for as long as the workspace lives: results are cleared away after a month, and whether the tiers
// are worth anything shows after a quarter. A row a change, some hundred bytes.
import { type Kysely, sql } from 'kysely';

const statements: readonly string[] = [
  `create table tierline.tier_history (
     number bigint generated always as identity primary key,
     company_key text collate "C" not null,
     as_of text collate "C" not null,
     tier text collate "C" not null,
     rule text collate "C" not null
   )`,
  `create index tier_history_by_company on tierline.tier_history (company_key, as_of desc, number desc)`,
];

export const tierHistory = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
