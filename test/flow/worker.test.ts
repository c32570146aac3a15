// A worker as `worker` and `serve` start it, over a whole workspace: what is enqueued, touched and looked for reaches the CRMs.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readEnvironment } from '#config/environment.ts';
import { loadWorkspace } from '#config/load-workspace.ts';
import { createRunQueue } from '#jobs/create-run-queue.ts';
import { makeQueue, openQueueBackend, type QueueBackend } from '#jobs/queue-backend.ts';
import type { RunningWorker } from '#jobs/start-worker.ts';
import type { Clock } from '#ports/clock.ts';
import type { QueuedRun, RunQueue, RunRequest } from '#ports/queue.ts';
import { serverUnavailable } from '#sandbox/salesforce/http/vendor-faults.ts';
import { type OpenedStore, openStore } from '#store/open-store.ts';
import { clock as realClock } from '#test/jobs/worker-settings.ts';
import { silentLog, systemClock } from '#test/store/store-fixture.ts';
import type { SessionParts } from '../../src/main/open-session.ts';
import { startWorkspaceWorker } from '../../src/main/start-workspace-worker.ts';
import { castMarket } from './cast.ts';
import { type Flow, startFlow } from './flow-fixture.ts';

const REQUEST: RunRequest = {
  connections: [],
  accounts: [],
  full: false,
  dryRun: false,
  asOf: null,
  approve: null,
};

/** A minute of waiting passes in a moment. */
const impatientClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => realClock.sleep(ms === 60_000 ? 100 : ms, signal),
};

describe('a worker', () => {
  let flow: Flow;
  let store: OpenedStore;
  let backend: QueueBackend;
  let queue: RunQueue;
  let worker: RunningWorker;

  beforeAll(async () => {
    const now = new Date().toISOString();
    flow = await startFlow({
      ...castMarket(now, [
        { name: 'Abalone', plays: 'tier_3', company: { crms: ['salesforce'] } },
        { name: 'Bergamot', plays: 'tier_3' },
      ]),
      settings: { schedule: { sync: '0 2 * * *', changes: 'off', timezone: 'Asia/Tokyo' } },
    });
    const readParts = (): SessionParts => ({
      workspace: loadWorkspace(flow.folder, readEnvironment({})),
      clock: impatientClock,
      log: silentLog,
      progress: { report() {} },
      signal: new AbortController().signal,
      secretKeys: null,
    });
    const { databaseUrl } = flow;
    store = await openStore({ databaseUrl, dataFolder: flow.folder, log: silentLog, clock: systemClock });
    const { workspaceId, touched } = store;
    backend = await openQueueBackend({ databaseUrl, redisUrl: null, workspaceId, log: silentLog });
    queue = createRunQueue({ backend, touched, clock: systemClock, log: silentLog });
    worker = await startWorkspaceWorker({ store, backend, concurrency: 2, readParts });
  });

  afterAll(async () => {
    await worker.stop();
    await queue.close();
    await backend.close();
    await store.close();
  });

  const ended = (run: string, state: QueuedRun['state'] = 'done') =>
    vi.waitFor(
      async () => {
        const found = await queue.find(run);
        expect(found?.state).toBe(state);
        return found;
      },
      { timeout: 30_000, interval: 50 },
    );
  const account = (name: string) => {
    const found = flow.sf.accounts().find((one) => one.name === name);
    if (found === undefined) throw new Error(`sf has no account ${name}`);
    return found;
  };
  const edit = (id: string, fields: Readonly<Record<string, string>>) =>
    flow.salesforce.org.editAsHuman('Account', id, fields, { at: new Date(Date.now() + 2500) });

  it('carries out a run that was asked for, under the id that was promised', async () => {
    const { run } = await queue.enqueue(REQUEST);
    expect(await ended(run)).toMatchObject({ storedRun: run, tries: 1, failure: null });
    expect(await store.runs.find(run)).toMatchObject({ status: 'done', mode: 'live' });
    expect([account('Abalone').tier, account('Bergamot').tier]).toEqual(['tier_3', 'tier_3']);
  });

  it('keeps the schedule of the file, and follows it when it changes', async () => {
    const errands = makeQueue(backend, 'errands', silentLog);
    expect(await errands.getJobSchedulers()).toMatchObject([
      { key: 'sync', pattern: '0 2 * * *', tz: 'Asia/Tokyo' },
    ]);
    const file = path.join(flow.folder, 'tierline.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('0 2 * * *', '30 4 * * *'));
    await vi.waitFor(
      async () => expect(await errands.getJobSchedulers()).toMatchObject([{ pattern: '30 4 * * *' }]),
      { timeout: 15_000, interval: 50 },
    );
    await errands.close();
  });

  it('makes one run of what was reported and what a look found, and writes it to every CRM', async () => {
    for (const name of ['Abalone', 'Bergamot']) {
      edit(account(name).id, { Tierline_Override_Tier__c: 'Excluded' });
    }
    await queue.touch([{ connection: 'sf', object: 'account', id: account('Bergamot').id }]);
    const errands = makeQueue(backend, 'errands', silentLog);
    await errands.add('poll-changes', { connections: ['sf'] });
    await errands.close();
    await vi.waitFor(
      async () => {
        const runs = (await queue.list({ limit: 50 })).filter(({ name }) => name === 'sync-touched');
        expect(runs.map(({ state }) => state)).toEqual(['done']);
      },
      { timeout: 30_000, interval: 100 },
    );
    const excluded = [...flow.sf.accounts(), ...flow.hs.accounts()].map(({ tier }) => tier);
    expect(excluded).toEqual(['excluded', 'excluded', 'excluded']);
  });

  it('tries again later when a CRM does not answer, and says what failed', async () => {
    flow.salesforce.faults.inject({ times: Number.POSITIVE_INFINITY, fault: serverUnavailable() });
    const { run } = await queue.enqueue({ ...REQUEST, accounts: ['abalone.com'] });
    const waiting = await ended(run, 'delayed');
    flow.salesforce.faults.clear();
    expect(waiting?.failure).toContain('Connection sf: ');
    expect(await store.runs.find(run)).toMatchObject({ status: 'failed' });
    expect(await queue.cancel(run)).toBe('cancelled');
    await ended(run, 'cancelled');
  });
});
