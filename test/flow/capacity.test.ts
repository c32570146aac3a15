// Capacity over two days and both CRMs: who gets a rep's slots, who waits, who is let in, and what a manager is told.
import { beforeAll, describe, expect, it } from 'vitest';
import { type CastMember, castMarket } from './cast.ts';
import { AS_OF, type Flow, type FlowRun, startFlow } from './flow-fixture.ts';
import { shippedMapping } from './shipped-mapping.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

const NEXT_DAY = '2026-11-21T09:00:00.000Z';

/** Alike but for the size of the deal, which decides who comes first. */
const member = (name: string, amount: number, owner: number, crms?: CastMember['company']): CastMember => ({
  name,
  plays: 'tier_1',
  company: { owner, deals: [{ amount, stage: 'open', closesInDays: 60 }], ...crms },
});

let flow: Flow;
let first: FlowRun;

beforeAll(async () => {
  const cast = castMarket(AS_OF, [
    member('Abalone', 290_000, 0),
    member('Bergamot', 280_000, 0),
    member('Cobaltine', 270_000, 0),
    member('Dovetail', 260_000, 0),
    member('Elderwick', 250_000, 1),
    member('Foxglove', 240_000, 0, { crms: ['salesforce'] }),
    member('Hazelmere', 230_000, 1, { crms: ['salesforce'] }),
    { name: 'Gypsum', plays: 'tier_3', company: { owner: 0 } },
  ]);
  const mappings = {
    'policy.yaml': 'capacity: { enabled: true, perRep: { Tier 1: 2 }, tier1PerMarketer: 1 }\n',
    'salesforce/account.yaml': shippedMapping('salesforce/account.yaml').replace(
      '  companyKey:',
      '  marketer: { crm: AccountNumber, read: true }\n  companyKey:',
    ),
  };
  flow = await startFlow({ ...cast, mappings });
  for (const name of ['Foxglove', 'Hazelmere'])
    flow.salesforce.org.editAsHuman('Account', accountOf(name, 'sf').id, { AccountNumber: 'Mei' });
  first = await flow.sync();
});

const accountOf = (name: string, connection: 'sf' | 'hs' = 'hs') => {
  const found = flow
    .crm(connection)
    .accounts()
    .find((account) => account.name === name);
  if (found === undefined) throw new Error(`no account ${name}`);
  return found;
};
const tiers = (names: readonly string[]) => names.map((name) => accountOf(name).tier);
const NAMES = ['Abalone', 'Bergamot', 'Cobaltine', 'Dovetail', 'Elderwick'];

const explain = (name: string, connection: 'sf' | 'hs' = 'hs') =>
  flow.withSession(async ({ store }) => {
    const found = await store.plans.evaluation(accountOf(name, connection).key ?? '');
    return found?.evaluation as Readonly<Record<string, unknown>>;
  });

describe('capacity on the first day', () => {
  it("fills each rep's slots with the best and lets the rest wait, the records of a company counting once", () => {
    expect(first.exitCode).toBe(0);
    expect(tiers(NAMES)).toEqual(['tier_1', 'tier_1', 'tier_2', 'tier_2', 'tier_1']);
    for (const name of NAMES) expect(accountOf(name, 'sf').tier).toBe(accountOf(name).tier);
  });

  it('says so in the reason, in words without numbers, and in numbers in the explanation', async () => {
    expect(accountOf('Cobaltine').reason).toContain('Not T1: no free slot');
    expect(await explain('Cobaltine')).toMatchObject({
      tier: 'Tier 2',
      computedTier: 'Tier 1',
      tierUncapped: 'Tier 1',
      reasons: ['GOLDILOCKS_JUST_RIGHT', 'CAPACITY'],
      capacity: { limits: [{ tier: 'Tier 1', wanted: 4, cap: 2 }] },
    });
    expect(await explain('Abalone')).toMatchObject({ tierUncapped: null, capacity: { limits: [] } });
  });

  it('limits Tier 1 by the marketer whom a mapped field names', async () => {
    expect(accountOf('Foxglove', 'sf').tier).toBe('tier_1');
    expect(accountOf('Hazelmere', 'sf').tier).toBe('tier_2');
    expect(await explain('Hazelmere', 'sf')).toMatchObject({
      capacity: { limits: [{ tier: 'Tier 1', wanted: 2, cap: 1 }] },
    });
  });

  it('writes nothing when it is synced again', async () => {
    const before = takeSnapshot(flow);
    await flow.sync();
    expect(changedSince(before, flow)).toEqual([]);
  });

  it('knows the slots of the others when it looks at one account (invariant T17)', async () => {
    const before = takeSnapshot(flow);
    const run = await flow.sync({ accounts: ['dovetail.com'] });
    expect(run.exitCode).toBe(0);
    expect(changedSince(before, flow)).toEqual([]);
    expect(await explain('Dovetail')).toMatchObject({
      tier: 'Tier 2',
      capacity: { limits: [{ wanted: 4, cap: 2 }] },
    });
  });
});

describe('capacity on the second day', () => {
  it('gives a slot that became free to the first in line, who has been in the tier since that day', async () => {
    const other = accountOf('Elderwick').owner;
    flow.hubspot.portal.editAsHuman('companies', accountOf('Abalone').id, { hubspot_owner_id: other });
    // In the afternoon nobody is let in.
    await flow.sync();
    expect(tiers(NAMES)).toEqual(['tier_1', 'tier_1', 'tier_2', 'tier_2', 'tier_1']);
    // Those in line before an account are seen though the run looks at that account only.
    await flow.sync({ asOf: NEXT_DAY, accounts: ['dovetail.com'] });
    expect(accountOf('Dovetail').tier).toBe('tier_2');
    const run = await flow.sync({ asOf: NEXT_DAY });
    expect(tiers(NAMES)).toEqual(['tier_1', 'tier_1', 'tier_1', 'tier_2', 'tier_1']);
    expect(accountOf('Cobaltine')).toMatchObject({ since: '2026-11-21', reviewDate: '2027-02-20' });
    expect(accountOf('Abalone').since).toBe('2026-11-20');
    expect(run.report.alerts).toBeUndefined();
  });

  it('moves nobody down for a pin, and tells a manager', async () => {
    flow.hubspot.portal.editAsHuman('companies', accountOf('Dovetail').id, {
      tierline_override_tier: 'tier_1',
    });
    const run = await flow.sync({ asOf: NEXT_DAY });
    expect(tiers(NAMES)).toEqual(['tier_1', 'tier_1', 'tier_1', 'tier_1', 'tier_1']);
    expect(run.exitCode).toBe(0);
    expect(run.report.alerts).toEqual([
      {
        code: 'over_capacity',
        message: `owner hs:${accountOf('Bergamot').owner} has 3 Tier 1 accounts that keep their slot, limit 2`,
        next: expect.stringContaining('Nobody is moved down') as string,
      },
    ]);
    const before = takeSnapshot(flow);
    await flow.sync({ asOf: NEXT_DAY });
    expect(changedSince(before, flow)).toEqual([]);
  });
});
