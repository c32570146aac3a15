// Plans that people look at before anything is written: dry runs, approvals, and what moved meanwhile.
import { beforeEach, describe, expect, it } from 'vitest';
import { castMarket } from './cast.ts';
import { type AccountView, CONNECTIONS, type ConnectionId, type ContactView } from './crm-view.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

let flow: Flow;

beforeEach(async () => {
  flow = await startFlow(
    castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_1' },
      { name: 'Bergamot', plays: 'tier_2', company: { crms: ['salesforce'] } },
      { name: 'Cobaltine', plays: 'tier_3', company: { crms: ['hubspot'] } },
      { name: 'Dovetail', plays: 'not_tiered', demoDaysAgo: 1 },
    ]),
  );
});

const SHOWN: Readonly<Record<string, keyof AccountView | keyof ContactView>> = {
  companyKey: 'key',
  tier: 'tier',
  tierReason: 'reason',
  tierSince: 'since',
  reviewDate: 'reviewDate',
  fit: 'fit',
  intent: 'intent',
  engagement: 'engagement',
  nextStep: 'nextStep',
  buyingRole: 'role',
};

/** The value of a canonical field as the CRM shows it; undefined for what the view does not show. */
function shownValue(connection: ConnectionId, object: string, id: string, field: string): unknown {
  const name = SHOWN[field];
  const view = flow.crm(connection);
  const records: readonly object[] = object === 'account' ? view.accounts() : view.contacts();
  const record = records.find((one) => (one as { id: string }).id === id);
  return name === undefined ? undefined : (record as Record<string, unknown> | undefined)?.[name];
}

const lines = ({ changes }: Awaited<ReturnType<Flow['plan']>>) =>
  changes.map(({ connection, object, recordId, field, now, after, why }) =>
    JSON.stringify({ connection, object, recordId, field, now, after, why }),
  );

describe('a dry run', () => {
  it('writes nothing, and a plan is what it leaves', async () => {
    const before = takeSnapshot(flow);
    let planned: Awaited<ReturnType<Flow['plan']>> | undefined;
    const calls = await flow.callsDuring(async () => {
      planned = await flow.plan();
    });
    expect(changedSince(before, flow)).toEqual([]);
    expect([...calls.sf, ...calls.hs].filter(({ kind }) => kind === 'write')).toEqual([]);
    expect(planned?.report.mode).toBe('dry-run');
    expect(planned?.changes.length).toBeGreaterThan(20);
    expect(planned?.of('sf').written).toBe(0);
  });

  it('shows for each field what the CRM holds now', async () => {
    const { changes } = await flow.plan();
    for (const { connection, object, recordId, field, now } of changes) {
      if (recordId === null) continue;
      const shown = shownValue(connection as ConnectionId, object, recordId, field);
      expect([field, now]).toEqual([field, shown === undefined ? now : shown]);
    }
  });

  it('plans the same twice', async () => {
    const first = await flow.plan();
    const second = await flow.plan();
    expect(lines(second)).toEqual(lines(first));
  });

  it('leaves the tiers of its companies to the run that is applied', async () => {
    await flow.sync({ dryRun: true, asOf: '2026-11-25T09:00:00.000Z' });
    await flow.sync();
    expect(new Set(flow.sf.accounts().map(({ since }) => since))).toEqual(new Set(['2026-11-20']));
  });
});

describe('an approved plan', () => {
  it('is applied exactly as it was shown', async () => {
    const { report, changes } = await flow.plan();
    const before = takeSnapshot(flow);
    const applied = await flow.sync({ approve: report.run });
    expect(applied.exitCode).toBe(0);
    expect(applied.report.mode).toBe('approved');

    const objects = {
      sf: { account: 'Account', contact: 'Contact' },
      hs: { account: 'companies', contact: 'contacts' },
    };
    const updates = changes.filter(({ recordId }) => recordId !== null);
    const records = updates.map(
      ({ connection, object, recordId }) =>
        `${connection} ${objects[connection as ConnectionId][object as 'account' | 'contact']} ${recordId}`,
    );
    const updated = changedSince(before, flow).filter((name) =>
      /Account|Contact|companies|contacts/u.test(name),
    );
    expect(updated).toEqual([...new Set(records)].toSorted());
    for (const { connection, object, recordId, field, after } of updates) {
      const shown = shownValue(connection as ConnectionId, object, recordId ?? '', field);
      expect([recordId, field, shown ?? after]).toEqual([recordId, field, after]);
    }
    const creates = (connection: string, object: string) =>
      changes.filter(
        (change) =>
          change.connection === connection &&
          change.object === object &&
          /(?:task|program)Key/u.test(change.field),
      );
    expect(flow.sf.programs()).toHaveLength(creates('sf', 'program').length);
    for (const connection of CONNECTIONS) {
      expect(flow.crm(connection).tasks()).toHaveLength(creates(connection, 'task').length);
      const { written, changes: counted } = applied.of(connection);
      const planned =
        counted.account.update + counted.contact.update + counted.task.create + counted.program.create;
      expect(written).toBe(planned);
    }
  });

  it('leaves nothing to a sync after it', async () => {
    const { report } = await flow.plan();
    await flow.sync({ approve: report.run });
    const before = takeSnapshot(flow);
    await flow.sync();
    expect(changedSince(before, flow)).toEqual([]);
  });

  it.each(CONNECTIONS)(
    'skips a change whose value moved in %s meanwhile, and writes the others',
    async (connection) => {
      const { report } = await flow.plan();
      const [account, ...others] = flow.crm(connection).accounts();
      if (connection === 'sf')
        flow.salesforce.org.editAsHuman('Account', account?.id ?? '', { Tierline_Tier__c: 'Tier 2' });
      else flow.hubspot.portal.editAsHuman('companies', account?.id ?? '', { tierline_tier: 'tier_2' });

      const applied = await flow.sync({ approve: report.run });
      expect(applied.report.failures).toMatchObject([
        { connection, object: 'account', id: account?.id, field: 'tier', code: 'plan_stale' },
      ]);
      expect(applied.of(connection).skipped).toBe(1);
      const after = flow.crm(connection).accounts();
      expect(after.find(({ id }) => id === account?.id)).toMatchObject({
        tier: 'tier_2',
        reason: null,
        fit: null,
      });
      for (const { id } of others) expect(after.find((one) => one.id === id)?.reason).not.toBeNull();
    },
  );

  it('skips a record that is gone', async () => {
    const { report } = await flow.plan();
    const contact = flow.sf.contacts()[0];
    flow.salesforce.org.remove(contact?.id ?? '');
    const applied = await flow.sync({ approve: report.run });
    expect(applied.report.failures).toMatchObject([
      { object: 'contact', id: contact?.id, code: 'plan_stale' },
    ]);
    expect(applied.of('sf').failed).toBe(0);
  });

  it('makes nothing twice when it is approved twice', async () => {
    const { report } = await flow.plan();
    await flow.sync({ approve: report.run });
    const before = takeSnapshot(flow);
    const again = await flow.sync({ approve: report.run });
    expect(changedSince(before, flow)).toEqual([]);
    expect(new Set(again.report.failures.map(({ code }) => code))).toEqual(new Set(['plan_stale']));
    expect(again.report.connections.map(({ written, failed }) => ({ written, failed }))).toEqual([
      { written: 0, failed: 0 },
      { written: 0, failed: 0 },
    ]);
  });

  it('makes no task that a sync made in the meantime', async () => {
    const { report } = await flow.plan();
    await flow.sync();
    const tasks = () => [...flow.sf.tasks(), ...flow.hs.tasks()].map(({ key }) => key);
    const before = tasks();
    await flow.sync({ approve: report.run });
    expect(tasks()).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
  });

  it('must be a plan that waits', async () => {
    const { report } = await flow.sync();
    await expect(flow.sync({ approve: report.run })).rejects.toThrow(/only a held run or a saved plan/u);
    await expect(flow.sync({ approve: '20200101-000000-0000' })).rejects.toThrow(/There is no run/u);
  });
});

describe('an as-of before the last run', () => {
  it('is refused with what to do instead, before anything is read', async () => {
    await flow.sync();
    const calls = await flow.callsDuring(async () => {
      const refused = flow.sync({ asOf: '2026-11-19T09:00:00.000Z' });
      await expect(refused).rejects.toMatchObject({
        exitCode: 2,
        message: expect.stringContaining('2026-11-20'),
        next: expect.stringContaining('--dry-run'),
      });
    });
    expect([...calls.sf, ...calls.hs].filter(({ kind }) => kind !== 'other')).toEqual([]);
  });

  it('may be looked at', async () => {
    await flow.sync();
    const before = takeSnapshot(flow);
    const looked = await flow.plan({ asOf: '2026-11-19T09:00:00.000Z' });
    expect(looked.exitCode).toBe(0);
    expect(changedSince(before, flow)).toEqual([]);
    // The real present goes on where it was.
    await flow.sync();
    expect(changedSince(before, flow)).toEqual([]);
  });
});
