// What the list of accounts reads of a company: a run writes it in one statement, the trigger row by row; both say the same.
import { Client } from 'pg';
import { expect, it } from 'vitest';
import type { Json } from '#ports/store.ts';
import { openTestStore } from './store-fixture.ts';

const EVALUATIONS: readonly Json[] = [
  { tier: 'Tier 1', priority: 71.5, name: 'Abalone' },
  { tier: 'Excluded', priority: 0, name: null },
  { tier: 'no such tier', name: 'ÄRGER' },
  null,
];

it('is the same whether a run adopts it or another version moves the pointer', async () => {
  const store = await openTestStore();
  const writer = await store.plans.openWriter('run');
  for (const [index, evaluation] of EVALUATIONS.entries()) {
    await writer.addResult({ companyKey: `c${index}`, tierState: {}, evaluation });
  }
  await writer.commit(true);
  const client = new Client({ connectionString: store.databaseUrl });
  await client.connect();
  try {
    const listed = async () => {
      const sql = `select company_key, tier_rank, priority, lower_name from tierline.company_states order by company_key`;
      return (await client.query<Record<string, unknown>>(sql)).rows;
    };
    const adopted = await listed();
    expect(adopted).toEqual([
      { company_key: 'c0', tier_rank: 0, priority: 71.5, lower_name: 'abalone' },
      { company_key: 'c1', tier_rank: 5, priority: 0, lower_name: null },
      { company_key: 'c2', tier_rank: null, priority: 0, lower_name: 'ärger' },
      { company_key: 'c3', tier_rank: null, priority: 0, lower_name: null },
    ]);
    await client.query('update tierline.company_states set tier_rank = 9, priority = 9, lower_name = null');
    await client.query('update tierline.company_states set run = run');
    expect(await listed()).toEqual(adopted);
  } finally {
    await client.end();
  }
});
