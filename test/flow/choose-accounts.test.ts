// `--account` and `--connection`: which records a sync may touch.
import { beforeEach, describe, expect, it } from 'vitest';
import { castMarket } from './cast.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

let flow: Flow;

beforeEach(async () => {
  flow = await startFlow(
    castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_2' },
      { name: 'Bergamot', plays: 'tier_2' },
      { name: 'Cobaltine', plays: 'tier_2', company: { domain: 'cobaltine.com', country: 'US' } },
      { name: 'Cobaltine', plays: 'tier_2', company: { domain: 'cobaltine-stores.de', country: 'DE' } },
    ]),
  );
});

const named = (connection: 'sf' | 'hs', name: string) =>
  flow
    .crm(connection)
    .accounts()
    .filter((account) => account.name === name);

const keyed = () =>
  [...flow.sf.accounts(), ...flow.hs.accounts()].flatMap(({ name, tier }) => (tier === null ? [] : [name]));

describe('--account', () => {
  it.each([
    ['the name', () => 'Abalone'],
    ['the name in other case', () => 'ABALONE'],
    ['the domain', () => 'abalone.com'],
    ['a Salesforce id', () => named('sf', 'Abalone')[0]?.id ?? ''],
    ['a HubSpot id', () => named('hs', 'Abalone')[0]?.id ?? ''],
  ])('restricts a sync to the company meant by %s, in both CRMs', async (_what, account) => {
    const run = await flow.sync({ accounts: [account()] });
    expect(keyed()).toEqual(['Abalone', 'Abalone']);
    for (const { tiers, written, unchanged, skipped, failed, changes } of run.report.connections) {
      expect(Object.values(tiers).reduce((sum, count) => sum + count, 0)).toBe(1);
      const planned = 1 + 2 + changes.task.create + changes.program.create;
      expect(written + unchanged + skipped + failed).toBe(planned);
    }
  });

  it('restricts it to the company meant by its key', async () => {
    await flow.sync();
    const key = named('sf', 'Abalone')[0]?.key ?? '';
    for (const { id } of flow.sf.accounts())
      flow.salesforce.org.editAsHuman(
        'Account',
        id,
        { Type: 'Competitor' },
        { at: new Date(Date.now() + 2500) },
      );
    await flow.sync({ accounts: [key] });
    expect(
      flow.sf
        .accounts()
        .filter(({ tier }) => tier === 'excluded')
        .map(({ name }) => name),
    ).toEqual(['Abalone']);
  });

  it('may be given several times', async () => {
    await flow.sync({ accounts: ['Abalone', 'bergamot.com'] });
    expect(new Set(keyed())).toEqual(new Set(['Abalone', 'Bergamot']));
  });

  it('is refused with the list when several companies bear the name, and nothing is written', async () => {
    const before = takeSnapshot(flow);
    const refused = flow.sync({ accounts: ['Cobaltine'] });
    await expect(refused).rejects.toMatchObject({ exitCode: 2 });
    await expect(refused).rejects.toThrow(/Several accounts/u);
    for (const { id } of named('sf', 'Cobaltine')) await expect(refused).rejects.toThrow(new RegExp(id, 'u'));
    expect(changedSince(before, flow)).toEqual([]);
  });

  it('is refused when nobody bears the name', async () => {
    await expect(flow.sync({ accounts: ['Nobody Inc'] })).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('--connection', () => {
  it('writes to that CRM alone', async () => {
    const before = takeSnapshot(flow);
    const run = await flow.sync({ connections: ['hs'] });
    expect(run.report.connections.map(({ id }) => id)).toEqual(['hs']);
    expect(flow.hs.accounts().every(({ tier }) => tier !== null)).toBe(true);
    expect(changedSince(before, flow).filter((name) => name.startsWith('sf '))).toEqual([]);
  });

  it('is refused when there is none of that name', async () => {
    await expect(flow.sync({ connections: ['sap'] })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('sf, hs'),
    });
  });
});

it('goes on with the other connection when one does not answer', async () => {
  flow.salesforce.faults.inject({
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'status', status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'down' }] },
  });
  const run = await flow.sync();
  expect(run.exitCode).toBe(1);
  expect(run.report.failures).toMatchObject([{ connection: 'sf', object: 'connection', retry: 'later' }]);
  expect(flow.hs.accounts().every(({ tier }) => tier !== null)).toBe(true);

  flow.salesforce.faults.clear();
  expect((await flow.sync()).exitCode).toBe(0);
  expect(flow.sf.accounts().every(({ tier }) => tier !== null)).toBe(true);
});
