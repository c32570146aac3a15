// Single rows that a CRM refuses among good ones: locks, rules, records that went away. One bad row costs itself and no other.
import { beforeAll, describe, expect, it } from 'vitest';
import { CONNECTIONS } from '#test/flow/crm-view.ts';
import { changedSince, takeSnapshot } from '#test/flow/snapshot.ts';
import { finalState, startTroubledFlow, undisturbedState } from './troubled-market.ts';

let expected: object;

beforeAll(async () => {
  expected = await undisturbedState();
});

describe('a row lock in Salesforce', () => {
  it.each(['Account', 'Contact'] as const)('on one %s is waited out in the same run', async (type) => {
    const flow = await startTroubledFlow();
    const [row] = flow.salesforce.org.records(type);
    flow.salesforce.org.lockRow(String(row?.['Id']), 2);
    const run = await flow.sync();
    expect(run.report.failures).toEqual([]);
    expect(finalState(flow)).toEqual(expected);
  });

  it('that never ends is one failed row with what to do, and the next run writes it', async () => {
    const flow = await startTroubledFlow();
    const [account, ...others] = flow.sf.accounts();
    const unlock = flow.salesforce.org.rowFaults.inject({
      id: account?.id ?? '',
      operation: 'update',
      times: Number.POSITIVE_INFINITY,
      error: { statusCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access', fields: [] },
    });
    const run = await flow.sync();
    expect(run.exitCode).toBe(3);
    expect(run.of('sf').failed).toBe(1);
    expect(run.report.failures).toMatchObject([
      { connection: 'sf', object: 'account', id: account?.id, code: 'UNABLE_TO_LOCK_ROW', retry: 'later' },
    ]);
    for (const { id } of others) expect(flow.sf.accounts().find((one) => one.id === id)?.tier).not.toBeNull();
    unlock();
    expect((await flow.sync()).exitCode).toBe(0);
    expect(finalState(flow)).toEqual(expected);
  });
});

describe('a row that the CRM refuses', () => {
  it('in Salesforce is told with code, field and next step; all others are written', async () => {
    const flow = await startTroubledFlow();
    const [contact, ...others] = flow.sf.contacts();
    flow.salesforce.org.rowFaults.inject({
      id: contact?.id ?? '',
      operation: 'update',
      error: {
        statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: 'Partners are edited by operations',
        fields: ['Tierline_Tier__c'],
      },
    });
    const run = await flow.sync();
    expect(run.exitCode).toBe(3);
    expect(run.report.failures).toMatchObject([
      {
        connection: 'sf',
        object: 'contact',
        id: contact?.id,
        field: 'Tierline_Tier__c',
        code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: expect.stringContaining('Partners are edited by operations'),
        next: expect.stringMatching(/\w/u),
      },
    ]);
    for (const { id } of others) expect(flow.sf.contacts().find((one) => one.id === id)?.tier).not.toBeNull();
    expect((await flow.sync()).exitCode).toBe(0);
    expect(finalState(flow)).toEqual(expected);
  });

  it('in HubSpot, where a batch answers 207, is told; all others are written', async () => {
    const flow = await startTroubledFlow();
    const [contact, ...others] = flow.hs.contacts();
    flow.hubspot.portal.refuseRow({
      type: 'contacts',
      id: contact?.id ?? '',
      times: Number.POSITIVE_INFINITY,
    });
    const run = await flow.sync();
    expect(run.exitCode).toBe(3);
    expect(run.of('hs').failed).toBe(1);
    expect(run.report.failures).toMatchObject([
      { connection: 'hs', object: 'contact', id: contact?.id, next: expect.stringMatching(/\w/u) },
    ]);
    for (const { id } of others) expect(flow.hs.contacts().find((one) => one.id === id)?.tier).not.toBeNull();
    flow.hubspot.portal.clearRefusals();
    expect((await flow.sync()).exitCode).toBe(0);
    expect(finalState(flow)).toEqual(expected);
  });

  it('is tried again by every run and never doubles a task', async () => {
    const flow = await startTroubledFlow();
    flow.hubspot.portal.refuseRow({ type: 'tasks', times: 1 });
    flow.salesforce.org.rowFaults.inject({
      object: 'Task',
      operation: 'insert',
      error: { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'no', fields: [] },
    });
    const run = await flow.sync();
    expect(run.report.failures.map(({ connection, object }) => `${connection} ${object}`).toSorted()).toEqual(
      ['hs task', 'sf task'],
    );
    await flow.sync();
    expect(finalState(flow)).toEqual(expected);
  });
});

describe('a record that goes away between reading and writing', () => {
  it.each(CONNECTIONS)('in %s costs itself and no other', async (connection) => {
    const flow = await startTroubledFlow();
    const [contact, ...others] = flow.crm(connection).contacts();
    const progress = {
      report(name: string) {
        if (name !== `${connection}: update account`) return;
        const id = contact?.id ?? '';
        if (connection === 'sf' && flow.salesforce.org.find('Contact', id)?.['IsDeleted'] !== true)
          flow.salesforce.org.remove(id);
        if (connection === 'hs' && flow.hubspot.portal.record('contacts', id)?.archived !== true)
          flow.hubspot.portal.archive('contacts', id);
      },
    };
    const run = await flow.syncWith({ progress });
    expect(run.report.failures).toMatchObject([{ connection, object: 'contact', id: contact?.id }]);
    for (const { id } of others)
      expect(
        flow
          .crm(connection)
          .contacts()
          .find((one) => one.id === id)?.tier,
      ).not.toBeNull();
    // It is no longer there to be planned for.
    const next = await flow.sync({ full: true });
    expect(next.report.failures).toEqual([]);
    const before = takeSnapshot(flow);
    await flow.sync();
    expect(changedSince(before, flow)).toEqual([]);
  });
});

describe('two records that people merge', () => {
  it.each(CONNECTIONS)('in %s leave the survivor with key, tier and one task', async (connection) => {
    const flow = await startTroubledFlow();
    await flow.sync();
    const [winner, loser] = flow
      .crm(connection)
      .accounts()
      .filter(({ tier }) => tier === 'tier_1');
    const tasks = () =>
      flow
        .crm(connection)
        .tasks()
        .filter(({ isDone }) => !isDone);
    let survivor = winner?.id ?? '';
    if (connection === 'sf') flow.salesforce.org.merge(survivor, [loser?.id ?? '']);
    else survivor = flow.hubspot.portal.merge('companies', survivor, loser?.id ?? '').id;
    await flow.sync({ full: true });
    const accounts = flow.crm(connection).accounts();
    expect(accounts.some(({ id }) => id === loser?.id)).toBe(false);
    expect(accounts.find(({ id }) => id === survivor)).toMatchObject({ tier: 'tier_1', since: '2026-11-20' });
    const keys = new Set(tasks().map(({ key }) => key));
    expect(keys.size).toBe(tasks().length);
    const before = takeSnapshot(flow);
    await flow.sync();
    expect(changedSince(before, flow)).toEqual([]);
  });
});
