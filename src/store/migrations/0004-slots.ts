// What a company claims of a limited tier stands beside its result: a run of a few accounts has to know the slots of all others.
import { type Kysely, sql } from 'kysely';

const statements: readonly string[] = [
  // Null for most companies, and for those of older versions. An older version writes its rows without it.
  `alter table tierline.results add column slot json`,
  `create index results_with_slot on tierline.results (run, company_key) where slot is not null`,
];

export const slots = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
