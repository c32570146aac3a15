// The tier that each company was shown at a moment gone by, from the history of its changes.
import { sql } from 'kysely';
import type { Tier } from '#domain/tier/tier.ts';
import type { PastTier } from '#ports/store.ts';
import type { Database } from '../database.ts';
import { streamRows } from '../server-cursor.ts';

interface PastTierRow {
  readonly company_key: string;
  readonly tier: Tier;
  readonly rule: string;
}

export async function* streamTiersAsOf({ db, pool }: Database, asOf: string): AsyncGenerator<PastTier, void> {
  const query = sql<PastTierRow>`
    select distinct on (company_key) company_key, tier, rule
      from tierline.tier_history
     where as_of <= ${asOf}
     order by company_key, as_of desc, number desc`.compile(db);
  for await (const { company_key: companyKey, tier, rule } of streamRows(pool, query)) {
    yield { companyKey, tier, rule };
  }
}
