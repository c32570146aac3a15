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

it('remembers each tier that was shown with its day and rule, and nothing twice', async () => {
  const store = await openTestStore();
  const night = async (run: string, asOf: string, tiers: Readonly<Record<string, string>>) => {
    await store.runs.start({
      id: run,
      mode: 'live',
      asOf,
      startedAt: asOf,
      policyHash: '',
      connections: [],
      options: {},
    });
    const writer = await store.plans.openWriter(run);
    for (const [companyKey, tier] of Object.entries(tiers)) {
      const reasons = tier === 'Excluded' ? ['EXCLUDED:competitor'] : [`RULE_OF_${run}`, 'DWELL'];
      await writer.addResult({ companyKey, tierState: {}, evaluation: { tier, reasons } });
    }
    await writer.commit(run !== 'held');
  };
  await night('first', '2026-01-01T02:00:00.000Z', { a: 'Tier 1', b: 'Tier 3' });
  await night('held', '2026-01-02T02:00:00.000Z', { a: 'Tier 3', b: 'Tier 1' });
  await night('second', '2026-01-03T02:00:00.000Z', { a: 'Tier 1', b: 'Excluded' });
  const tiersAsOf = (asOf: string) => Array.fromAsync(store.plans.tiersAsOf(asOf));
  expect(await tiersAsOf('2025-12-31T00:00:00.000Z')).toEqual([]);
  expect(await tiersAsOf('2026-01-02T12:00:00.000Z')).toEqual([
    { companyKey: 'a', tier: 'Tier 1', rule: 'RULE_OF_first' },
    { companyKey: 'b', tier: 'Tier 3', rule: 'RULE_OF_first' },
  ]);
  expect(await tiersAsOf('2026-01-03T02:00:00.000Z')).toEqual([
    { companyKey: 'a', tier: 'Tier 1', rule: 'RULE_OF_first' },
    { companyKey: 'b', tier: 'Excluded', rule: 'EXCLUDED' },
  ]);
});
