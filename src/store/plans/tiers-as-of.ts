// The tier that each company stood in at a moment gone by, from the results that runs left; what was cleared away as too old is gone.
import { sql } from 'kysely';
import type { Tier } from '#domain/tier/tier.ts';
import type { PastTier } from '#ports/store.ts';
import type { Database } from '../database.ts';
import { streamRows } from '../server-cursor.ts';

interface PastTierRow {
  readonly company_key: string;
  readonly tier: Tier;
  readonly reasons: readonly string[];
}

/** An approved run adopted what the run it approves computed; a held run or a plan alone adopted nothing. */
export async function* streamTiersAsOf({ db, pool }: Database, asOf: string): AsyncGenerator<PastTier, void> {
  const query = sql<PastTierRow>`
    with applied as (
      select coalesce(options ->> 'approve', id) as run, number
        from tierline.runs
       where mode <> 'dry-run' and status in ('done', 'failed', 'stopped', 'interrupted') and as_of <= ${asOf}
    )
    select distinct on (r.company_key)
           r.company_key, r.evaluation ->> 'tier' as tier, r.evaluation -> 'reasons' as reasons
      from tierline.results r
      join applied on applied.run = r.run
     order by r.company_key, applied.number desc`.compile(db);
  for await (const { company_key: companyKey, tier, reasons } of streamRows(pool, query)) {
    yield { companyKey, tier, reasons };
  }
}
