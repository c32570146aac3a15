// What a further sync does when nothing, or next to nothing, has changed.
import { beforeAll, describe, expect, it } from 'vitest';
import { castMarket } from './cast.ts';
import { AS_OF, type Flow, type FlowRun, startFlow } from './flow-fixture.ts';
import { drawCompanies, RATES, toSources, toWorld } from './random-market.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

const OBJECTS = { sf: 6, hs: 4 } as const;

describe('a sync right after a sync', () => {
  const companies = drawCompanies(7);
  let flow: Flow;
  let first: FlowRun;

  beforeAll(async () => {
    flow = await startFlow({
      world: toWorld(AS_OF, companies),
      sources: toSources(AS_OF, companies),
      settings: { rates: RATES },
    });
    first = await flow.sync();
  });

  it.each([
    ['as usual', {}],
    ['in full', { full: true }],
  ])('writes nothing, read %s', async (_how, options) => {
    const before = takeSnapshot(flow);
    let again: FlowRun | undefined;
    const calls = await flow.callsDuring(async () => {
      again = await flow.sync(options);
    });
    expect(changedSince(before, flow)).toEqual([]);
    expect(calls.sf.filter(({ kind }) => kind === 'write')).toEqual([]);
    expect(calls.hs.filter(({ kind }) => kind === 'write')).toEqual([]);
    for (const connection of ['sf', 'hs'] as const) {
      const was = first.of(connection);
      expect(again?.of(connection)).toMatchObject({
        written: 0,
        failed: 0,
        skipped: was.skipped,
        tiers: was.tiers,
      });
      expect(again?.of(connection).unchanged).toBe(was.written + was.unchanged);
    }
  });

  it('needs at most one read call an object', async () => {
    const calls = await flow.callsDuring(() => flow.sync());
    expect(calls.sf.filter(({ kind }) => kind === 'read').length).toBeLessThanOrEqual(OBJECTS.sf);
    expect(calls.hs.filter(({ kind }) => kind === 'read').length).toBeLessThanOrEqual(OBJECTS.hs);
  });

  it('counts as many calls as the CRMs answered', async () => {
    let run: FlowRun | undefined;
    const calls = await flow.callsDuring(async () => {
      run = await flow.sync({ full: true });
    });
    for (const connection of ['sf', 'hs'] as const) {
      const answered = calls[connection];
      expect(run?.of(connection).calls).toEqual({
        read: answered.filter(({ kind }) => kind === 'read').length,
        write: answered.filter(({ kind }) => kind === 'write').length,
      });
    }
  });
});

describe("a person's edit of one firmographic field", () => {
  let flow: Flow;

  beforeAll(async () => {
    const cast = castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_3', company: { crms: ['salesforce'], employees: 2000 } },
      { name: 'Bergamot', plays: 'tier_3', company: { crms: ['hubspot'], employees: 2000 } },
      { name: 'Cobaltine', plays: 'tier_3', company: { employees: 2000 } },
      { name: 'Dovetail', plays: 'not_tiered' },
    ]);
    flow = await startFlow(cast);
    await flow.sync();
  });

  it.each([
    ['sf', 'Abalone'],
    ['hs', 'Bergamot'],
  ] as const)('writes that account and nothing else of %s', async (connection, name) => {
    const account = flow
      .crm(connection)
      .accounts()
      .find((one) => one.name === name);
    const id = account?.id ?? '';
    const before = takeSnapshot(flow);
    if (connection === 'sf') flow.salesforce.org.editAsHuman('Account', id, { NumberOfEmployees: 5 });
    else flow.hubspot.portal.editAsHuman('companies', id, { numberofemployees: 5 });

    const calls = await flow.callsDuring(() => flow.sync());
    const record = connection === 'sf' ? `sf Account ${id}` : `hs companies ${id}`;
    expect(changedSince(before, flow)).toEqual([record]);
    expect(calls[connection].filter(({ kind }) => kind === 'read').length).toBeLessThanOrEqual(
      OBJECTS[connection],
    );
    expect(calls[connection].filter(({ kind }) => kind === 'write')).toHaveLength(1);
    const after = flow
      .crm(connection)
      .accounts()
      .find((one) => one.id === id);
    // Size weighs 15 of 100 and went from a match to a miss.
    expect({ was: account?.fit, is: after?.fit }).toEqual({ was: 100, is: 85 });
  });
});

describe('a person whose company is marked as a competitor', () => {
  it('is rewritten with the account, in both CRMs, and so is nobody else', async () => {
    const flow = await startFlow(
      castMarket(AS_OF, [
        { name: 'Abalone', plays: 'tier_3' },
        { name: 'Bergamot', plays: 'tier_3' },
      ]),
    );
    await flow.sync();
    const before = takeSnapshot(flow);
    const [abalone] = flow.sf.accounts().filter(({ name }) => name === 'Abalone');
    flow.salesforce.org.editAsHuman('Account', abalone?.id ?? '', { Type: 'Competitor' });
    await flow.sync();

    const ofAbalone = ['sf', 'hs'].flatMap((connection) => {
      const view = flow.crm(connection as 'sf' | 'hs');
      const accounts = view.accounts().filter(({ key }) => key === abalone?.key);
      const contacts = view.contacts().filter(({ key }) => key === abalone?.key);
      expect([...accounts, ...contacts].map(({ tier }) => tier)).toEqual([
        'excluded',
        'excluded',
        'excluded',
      ]);
      const names = connection === 'sf' ? ['Account', 'Contact'] : ['companies', 'contacts'];
      return [
        ...accounts.map(({ id }) => `${connection} ${names[0]} ${id}`),
        ...contacts.map(({ id }) => `${connection} ${names[1]} ${id}`),
      ];
    });
    expect(changedSince(before, flow)).toEqual(ofAbalone.toSorted());
  });
});
