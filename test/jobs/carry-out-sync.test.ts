// What a job does that is taken up again after its run was stored: the session has no connection, so a run that began would fail.
import { describe, expect, it } from 'vitest';
import { ConfigError } from '#errors/errors.ts';
import { carryOutSync } from '#jobs/handlers/sync.ts';
import type { Session } from '#pipeline/session.ts';
import type { RunStatus, Store } from '#ports/store.ts';
import { openTestStore } from '../store/store-fixture.ts';
import { REQUEST } from './queue-fixture.ts';

const ID = '20261122-020000-9f3a61';

async function storeRun(store: Store, id: string, status: RunStatus, report: object): Promise<void> {
  const moment = '2026-11-22T02:00:00.000Z';
  await store.runs.start({
    id,
    mode: 'live',
    asOf: moment,
    startedAt: moment,
    policyHash: 'hash',
    connections: ['sf'],
    options: {},
  });
  await store.runs.finish(id, status, moment, JSON.parse(JSON.stringify(report)));
}

function takeUp(store: Store): Promise<void> {
  const session = { store, connections: [], clock: { now: () => new Date() } } as unknown as Session;
  return carryOutSync(
    async (_context, work) => work(session),
    { request: REQUEST, cancelled: false },
    { id: ID, signal: new AbortController().signal, report: () => {}, begun: async () => {} },
  );
}

const failedConnection = { object: 'connection', connection: 'sf', message: 'away', retry: 'later' };

describe('a job that is taken up again', () => {
  it.each<readonly [RunStatus, string]>([
    ['done', ID],
    ['held', ID],
    ['done', `${ID}-2`],
  ])('does no run again that was stored as %s (%s)', async (status, id) => {
    const store = await openTestStore();
    if (id !== ID) await storeRun(store, ID, 'failed', { failures: [] });
    await storeRun(store, id, status, { failures: [{ object: 'account', connection: 'sf' }] });
    await expect(takeUp(store)).resolves.toBeUndefined();
  });

  it.each<readonly [string, RunStatus, object]>([
    ['failed', 'failed', { error: 'x' }],
    ['was interrupted', 'interrupted', { error: 'x' }],
    ['left a connection out', 'done', { failures: [failedConnection] }],
  ])('runs again when its run %s', async (_, status, report) => {
    const store = await openTestStore();
    await storeRun(store, ID, status, report);
    await expect(takeUp(store)).rejects.toThrow(ConfigError);
  });

  it('runs when it never has', async () => {
    await expect(takeUp(await openTestStore())).rejects.toThrow(ConfigError);
  });
});
