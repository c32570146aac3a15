// A larger market as the sandbox invents it, with duplicates, misspelt names, missing data and broken source rows, over a first
// sync and the nights after it: what must hold whatever the data.
import { beforeAll, describe, expect, it } from 'vitest';
import { simulatePolicy } from '#pipeline/simulate/simulate-policy.ts';
import { createWorld } from '#sandbox/world/create-world.ts';
import { CONNECTIONS } from './crm-view.ts';
import { type Flow, type FlowRun, startFlow } from './flow-fixture.ts';
import { inventedSources } from './invented-sources.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

const NIGHTS = [
  '2026-11-20',
  '2026-11-21',
  '2026-11-22',
  '2026-11-23',
  '2026-11-24',
  '2026-12-07',
  '2026-12-21',
];

let flow: Flow;
const runs: FlowRun[] = [];
/** Task keys in the order in which they were first seen, with the night. */
const seenKeys = new Map<string, string>();

beforeAll(async () => {
  const world = createWorld({ accounts: 90, seed: 11, asOf: new Date('2026-11-20T00:00:00.000Z') });
  flow = await startFlow({
    world,
    sources: await inventedSources(world),
    settings: { rates: { EUR: 1.08, GBP: 1.27, JPY: 0.0066, KRW: 0.00072 } },
  });
  for (const night of NIGHTS) {
    runs.push(await flow.sync({ asOf: `${night}T02:00:00.000Z` }));
    for (const { key } of [...flow.sf.tasks(), ...flow.hs.tasks()])
      if (!seenKeys.has(key)) seenKeys.set(key, night);
  }
}, 180_000);

const everything = () =>
  CONNECTIONS.flatMap((connection) =>
    flow
      .crm(connection)
      .accounts()
      .map((account) => ({ connection, ...account })),
  );

it('fails for nobody and writes in every night that something happened', () => {
  expect(runs.map(({ exitCode }) => exitCode)).toEqual(NIGHTS.map(() => 0));
  expect(runs.flatMap(({ report }) => report.connections.map(({ failed }) => failed))).toEqual(
    NIGHTS.flatMap(() => [0, 0]),
  );
});

it('accounts for every record in every night', () => {
  for (const run of runs) {
    for (const connection of CONNECTIONS) {
      const { written, unchanged, skipped, failed, tiers, changes } = run.of(connection);
      const accounts = flow.crm(connection).accounts().length;
      const contacts = flow.crm(connection).contacts().length;
      expect(Object.values(tiers).reduce((sum, count) => sum + count, 0)).toBe(accounts);
      const updates = changes.account.update + changes.contact.update;
      const made = changes.task.create + changes.task.close + changes.program.create + changes.program.update;
      expect(written + skipped + failed).toBe(updates + made);
      expect(unchanged).toBeGreaterThanOrEqual(accounts + contacts - updates);
    }
  }
});

it('gives every account a tier, a day, a key and a reason', () => {
  for (const { key, tier, since, reason } of everything()) {
    expect(key).not.toBeNull();
    expect(tier).not.toBeNull();
    expect(since).not.toBeNull();
    expect(reason?.length).toBeLessThanOrEqual(255);
    expect(reason).not.toMatch(/undefined|null|NaN|\[object/u);
  }
});

it('gives duplicates of a company one tier, in both CRMs', () => {
  const tierOf = new Map<string, string | null>();
  for (const { key, tier } of everything()) {
    expect(tierOf.get(key ?? '') ?? tier).toBe(tier);
    tierOf.set(key ?? '', tier);
  }
  expect(tierOf.size).toBeLessThan(everything().length);
});

it('gives every contact of an account its key and tier', () => {
  for (const connection of CONNECTIONS) {
    const accounts = flow.crm(connection).accounts();
    const wordOf = new Map(accounts.map(({ id, key, tier }) => [id, { key, tier }]));
    const contacts = flow
      .crm(connection)
      .contacts()
      .filter(({ accountId }) => accountId !== null);
    expect(contacts.map(({ id, key, tier }) => ({ id, key, tier }))).toEqual(
      contacts.map(({ id, accountId }) => ({ id, ...wordOf.get(accountId ?? '') })),
    );
  }
});

const openTasks = () =>
  CONNECTIONS.flatMap((connection) =>
    flow
      .crm(connection)
      .tasks()
      .filter(({ isDone }) => !isDone)
      .map((task) => ({ connection, ...task })),
  );

describe('tasks', () => {
  it('never share a key', () => {
    const keys = CONNECTIONS.flatMap((connection) =>
      flow
        .crm(connection)
        .tasks()
        .map(({ key }) => key),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThan(0);
  });

  it('stand open at most once a company', () => {
    const keyOf = new Map(everything().map(({ connection, id, key }) => [`${connection} ${id}`, key]));
    const companies = openTasks().map(({ connection, accountId }) => keyOf.get(`${connection} ${accountId}`));
    expect(new Set(companies).size).toBe(companies.length);
  });

  it('belong to the owner of their account', () => {
    const ownerOf = new Map(everything().map(({ connection, id, owner }) => [`${connection} ${id}`, owner]));
    for (const { connection, accountId, owner } of openTasks())
      expect(owner).toBe(ownerOf.get(`${connection} ${accountId}`));
  });

  it('are at most five new ones an owner and night, and ten open ones', () => {
    const perNight = new Map<string, number>();
    const perOwner = new Map<string, number>();
    for (const connection of CONNECTIONS) {
      for (const { key, owner, isDone } of flow.crm(connection).tasks()) {
        const night = `${connection} ${owner} ${seenKeys.get(key)}`;
        perNight.set(night, (perNight.get(night) ?? 0) + 1);
        if (!isDone)
          perOwner.set(`${connection} ${owner}`, (perOwner.get(`${connection} ${owner}`) ?? 0) + 1);
      }
    }
    expect(Math.max(...perNight.values())).toBeLessThanOrEqual(5);
    expect(Math.max(0, ...perOwner.values())).toBeLessThanOrEqual(10);
  });
});

it('offers programs on one record a company, at Tier 1 and 2 alone', () => {
  const accountOf = new Map(everything().map((account) => [`${account.connection} ${account.id}`, account]));
  const recordOf = new Map<string, string>();
  for (const connection of CONNECTIONS) {
    for (const { accountId, status } of flow.crm(connection).programs()) {
      const account = accountOf.get(`${connection} ${accountId}`);
      if (status !== 'Offered' || account === undefined) continue;
      expect(['tier_1', 'tier_2']).toContain(account.tier);
      const record = `${connection} ${accountId}`;
      expect(recordOf.get(account.key ?? '') ?? record).toBe(record);
      recordOf.set(account.key ?? '', record);
    }
  }
  expect(recordOf.size).toBeGreaterThan(0);
});

const keys = () => everything().map(({ connection, id, key }) => [connection, id, key]);

it('keeps the keys it gave', async () => {
  const before = keys();
  await flow.sync({ asOf: '2026-12-22T02:00:00.000Z', full: true });
  expect(keys()).toEqual(before);
});

it('writes nothing more in the same night', async () => {
  const before = takeSnapshot(flow);
  const again = await flow.sync({ asOf: '2026-12-22T02:00:00.000Z' });
  expect(again.exitCode).toBe(0);
  expect(changedSince(before, flow)).toEqual([]);
});

it('moves nobody by the same policy, whatever is held or overruled (invariant T22)', async () => {
  const tally = await flow.withSession(async (session) => {
    const simulation = await simulatePolicy(session, session.rules, () => Promise.resolve());
    return simulation.tally;
  });
  expect(tally.companies()).toBe(new Set(everything().map(({ key }) => key)).size);
  expect(tally.moved()).toBe(0);
});
