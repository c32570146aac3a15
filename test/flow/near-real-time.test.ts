// What somebody does at noon is on the rep's list soon after, and costs a handful of calls: polls, touched records, event sources.
import { beforeAll, describe, expect, it } from 'vitest';
import { compareSchema, requireUsable } from '#pipeline/compare-schema.ts';
import { findNews } from '#pipeline/find-news.ts';
import { newRunId } from '#pipeline/run-id.ts';
import { runTouched } from '#pipeline/run-touched.ts';
import type { Session } from '#pipeline/session.ts';
import type { SyncResult } from '#pipeline/sync-report.ts';
import type { TouchedRecord } from '#ports/store.ts';
import { serverUnavailable } from '#sandbox/salesforce/http/vendor-faults.ts';
import { castMarket, domainOf, jsonLines } from './cast.ts';
import type { ConnectionId } from './crm-view.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';
import { emailOf } from './market.ts';

const MEMBERS = [
  { name: 'Abalone', plays: 'tier_3', company: { crms: ['salesforce'] } },
  { name: 'Bergamot', plays: 'tier_3', company: { crms: ['salesforce'] } },
  { name: 'Cobaltine', plays: 'tier_3' },
  { name: 'Dovetail', plays: 'tier_1' },
] as const;

const cast = castMarket(AS_OF, MEMBERS);
const VISITS = String(cast.sources.find(({ id }) => id === 'web')?.content);

/** Minutes after the market's moment; time goes on while a connector waits. */
const at = (minutes: number) => {
  let ms = Date.parse(AS_OF) + minutes * 60_000;
  return {
    now: () => new Date(ms),
    sleep: async (pauseMs: number) => {
      ms += pauseMs;
    },
  };
};

const readableOf = async (session: Session, connection: ConnectionId) => {
  const connected = session.connections.find(({ id }) => id === connection);
  if (connected === undefined) throw new Error(`the workspace has no ${connection}`);
  return { connected, objects: requireUsable(connected, await compareSchema(connected)) };
};

describe('between the nightly runs', () => {
  let flow: Flow;
  const poll = async (connection: ConnectionId = 'sf') =>
    flow.withSession(async (session) => {
      const { connected, objects } = await readableOf(session, connection);
      return findNews(session.store, connected, objects, session.signal);
    });
  const runWhatWasTouched = (minutes: number) =>
    flow.withSession(
      async (session): Promise<SyncResult | null> =>
        runTouched(session, async () => newRunId(session.clock.now())),
      {
        clock: at(minutes),
      },
    );
  const touch = (records: readonly TouchedRecord[]) =>
    flow.withSession(({ store }) => store.touched.add(records));
  const touched = () => flow.withSession(({ store }) => store.touched.list());
  const account = (connection: 'sf' | 'hs', name: string) => {
    const found = flow
      .crm(connection)
      .accounts()
      .find((one) => one.name === name);
    if (found === undefined) throw new Error(`${connection} has no account ${name}`);
    return found;
  };
  /** A second of its own: Salesforce stamps whole seconds, and our own writes are left out by theirs. */
  const edit = (id: string, fields: Readonly<Record<string, string | number>>) =>
    flow.salesforce.org.editAsHuman('Account', id, fields, { at: new Date(Date.now() + 2500) });
  const reads = async (work: () => Promise<unknown>) => {
    const calls = await flow.callsDuring(work);
    const count = (kind: string) => ({
      sf: calls.sf.filter((call) => call.kind === kind).length,
      hs: calls.hs.filter((call) => call.kind === kind).length,
    });
    return { read: count('read'), write: count('write') };
  };

  beforeAll(async () => {
    flow = await startFlow(cast);
    await flow.syncWith({ clock: at(0) });
  });

  it('a look finds no news in what we wrote ourselves, for one read an object (invariant Q7)', async () => {
    let news = -1;
    const calls = await reads(async () => {
      news = await poll();
    });
    expect(news).toBe(0);
    expect(calls.read.sf).toBeLessThanOrEqual(6);
    expect(calls.read.hs + calls.write.sf + calls.write.hs).toBe(0);
    expect(await touched()).toEqual([]);
  });

  it("finds none in HubSpot either, and there a person's edit", async () => {
    let news = -1;
    const calls = await reads(async () => {
      news = await poll('hs');
    });
    expect(news).toBe(0);
    expect(calls.read.hs).toBeLessThanOrEqual(4);
    expect(calls.read.sf + calls.write.sf + calls.write.hs).toBe(0);
    const { id } = account('hs', 'Cobaltine');
    flow.hubspot.portal.editAsHuman('companies', id, { numberofemployees: '1234' });
    expect(await poll('hs')).toBe(1);
    expect(await touched()).toMatchObject([{ connection: 'hs', object: 'account', id }]);
    await runWhatWasTouched(1);
    expect(await touched()).toEqual([]);
    expect(await poll('hs')).toBe(0);
  });

  it('makes no run when nothing was touched', async () => {
    expect(await runWhatWasTouched(1)).toBeNull();
  });

  it('a look reports a record that a person changed, once, and nothing else', async () => {
    const { id } = account('sf', 'Abalone');
    edit(id, { NumberOfEmployees: 4321 });
    expect(await poll()).toBe(1);
    expect(await touched()).toMatchObject([{ connection: 'sf', object: 'account', id }]);
    await poll();
    expect(await touched()).toHaveLength(1);
  });

  it('a run of touched records reads their companies alone, and is done with them (invariant Q8)', async () => {
    let result: SyncResult | null = null;
    const calls = await reads(async () => {
      result = await runWhatWasTouched(2);
    });
    expect(result).toMatchObject({ causes: [] });
    // The account, its contacts, its deals, roles, our task, our program rows: one call each, and no call to the other CRM.
    expect(calls.read.sf).toBeLessThanOrEqual(6);
    expect(calls.read.hs).toBe(0);
    expect(await touched()).toEqual([]);
    expect(await poll()).toBe(0);
  });

  it('writes to every CRM that has the company, over what people see now', async () => {
    const { id } = account('sf', 'Cobaltine');
    const override = { Tierline_Override_Tier__c: 'Excluded', Tierline_Override_Reason__c: 'Competitor' };
    edit(id, override);
    await poll();
    await runWhatWasTouched(3);
    expect([account('sf', 'Cobaltine').tier, account('hs', 'Cobaltine').tier]).toEqual([
      'excluded',
      'excluded',
    ]);
  });

  it('puts a demo request of a minute ago on the list of the rep', async () => {
    const email = emailOf('Lindqvist', domainOf(MEMBERS[1]));
    const before = flow.sf.tasks().length;
    const visit = { type: 'demo_request', occurred_at: '2026-11-20T09:03:30Z', email };
    flow.writeSource('data/visits.jsonl', VISITS + jsonLines([visit]));
    const calls = await reads(() => runWhatWasTouched(4));
    const tasks = flow.sf.tasks().filter(({ accountId }) => accountId === account('sf', 'Bergamot').id);
    expect(tasks.map(({ key }) => key.split(':')[2])).toContain('act_now');
    expect(flow.sf.tasks().length).toBe(before + 1);
    expect(calls.read.sf).toBeLessThanOrEqual(6);
    expect(await runWhatWasTouched(5)).toBeNull();
  });

  it('takes a reported record that HubSpot no longer shows for gone', async () => {
    const { id } = account('hs', 'Cobaltine');
    const [contact] = flow.hs.contacts().filter(({ accountId }) => accountId === id);
    const held = (object: 'account' | 'contact') =>
      flow.withSession(({ store }) => store.records.count('hs', object));
    const before = await held('contact');
    flow.hubspot.portal.archive('contacts', contact?.id ?? '');
    await touch([{ connection: 'hs', object: 'contact', id: contact?.id ?? '' }]);
    const result = await runWhatWasTouched(5.5);
    expect(result?.report.failures).toEqual([]);
    expect(await held('contact')).toBe(before - 1);
    expect(await touched()).toEqual([]);
  });

  it('keeps what was touched in a CRM that does not answer, for the next run', async () => {
    const { id } = account('sf', 'Dovetail');
    await touch([{ connection: 'sf', object: 'account', id }]);
    flow.salesforce.faults.inject({ times: 1_000, fault: serverUnavailable() });
    const result = await runWhatWasTouched(6);
    flow.salesforce.faults.clear();
    expect(result?.report.failures).toMatchObject([
      { connection: 'sf', object: 'connection', retry: 'later' },
    ]);
    expect(await touched()).toMatchObject([{ connection: 'sf', object: 'account', id }]);
    await runWhatWasTouched(7);
    expect(await touched()).toEqual([]);
  });
});
