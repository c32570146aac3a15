// Pages of companies by tier and priority, from the columns that a trigger keeps beside each company's state.
import type { Pool } from 'pg';
import { TIERS, type Tier } from '#domain/tier/tier.ts';
import type { AccountListStore, AccountQuery, ListedAccount } from '#ports/account-list.ts';
import { cleanText } from '../bulk/json-text.ts';
import { findAccounts } from './find-accounts.ts';

// Only the page's own documents are read: the inner query sees small columns.
const pageSql = `
  select p.tier_rank as rank, p.priority, p.company_key, p.run, r.evaluation, a.records
    from (
      select s.*
        from tierline.company_states s
       where s.tier_rank is not null
         and ($1::int is null or s.tier_rank = $1)
         and ($2::text is null or s.lower_name like $2 or s.company_key = any($3::text[]))
         and ($4::int is null
              or (s.tier_rank, -s.priority, s.company_key) > ($4::int, -$5::double precision, $6::text collate "C"))
         and exists (select from tierline.records x
                      where x.object = 'account' and x.company_key = s.company_key and not x.deleted)
       order by s.tier_rank, -s.priority, s.company_key
       limit $7
    ) p
    join tierline.results r on r.run = p.run and r.company_key = p.result_key
    cross join lateral (
      select json_agg(json_build_object('connection', x.connection, 'id', x.id, 'name', x.fields ->> 'name')
                      order by x.connection, x.id) as records
        from tierline.records x
       where x.object = 'account' and x.company_key = p.company_key and not x.deleted
    ) a
   order by p.tier_rank, -p.priority, p.company_key`;

export function createAccountListStore(pool: Pool): AccountListStore {
  return {
    async page(query) {
      const { rows } = await pool.query<AccountRow>(pageSql, await valuesOf(pool, query));
      return rows.map(toListedAccount);
    },

    async tiers() {
      const { rows } = await pool.query<{ rank: number; count: number }>(
        `select tier_rank as rank, count(*) as count
           from tierline.company_states s
          where tier_rank is not null
            and exists (select from tierline.records x
                         where x.object = 'account' and x.company_key = s.company_key and not x.deleted)
          group by 1`,
      );
      return Object.fromEntries(
        rows.flatMap(({ rank, count }) => (TIERS[rank] ? [[TIERS[rank], count]] : [])),
      );
    },
  };
}

async function valuesOf(pool: Pool, { tier, search, after, limit }: AccountQuery): Promise<unknown[]> {
  const named = search === null ? [] : await findAccounts(pool, search);
  return [
    tier === null ? null : TIERS.indexOf(tier),
    search === null ? null : `%${escapeLike(cleanText(search).trim().toLowerCase())}%`,
    named.flatMap(({ companyKey }) => companyKey ?? []),
    after?.rank ?? null,
    after?.priority ?? null,
    after?.companyKey ?? null,
    limit,
  ];
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/gu, String.raw`\$&`);
}

interface AccountRow {
  readonly rank: number;
  readonly priority: number;
  readonly company_key: string;
  readonly run: string;
  /** What the planning step stored; an older version may have left something out. */
  readonly evaluation: {
    readonly name?: string | null;
    readonly tier: Tier;
    readonly reason?: string | null;
    readonly nextStep?: string | null;
    readonly since?: string | null;
    readonly reviewDate?: string | null;
    readonly fit?: { readonly score?: number | null };
    readonly intent?: { readonly score?: number | null };
    readonly engagement?: { readonly score?: number | null };
  };
  readonly records: ListedAccount['records'];
}

function toListedAccount({
  rank,
  priority,
  company_key,
  run,
  evaluation,
  records,
}: AccountRow): ListedAccount {
  return {
    rank,
    priority,
    companyKey: company_key,
    run,
    name: evaluation.name ?? null,
    tier: evaluation.tier,
    reason: evaluation.reason ?? null,
    nextStep: evaluation.nextStep ?? null,
    since: evaluation.since ?? null,
    reviewDate: evaluation.reviewDate ?? null,
    fit: evaluation.fit?.score ?? null,
    intent: evaluation.intent?.score ?? null,
    engagement: evaluation.engagement?.score ?? null,
    records,
  };
}
