// The process dies in the middle of writing. What was in doubt is on record before it was sent, so the next run can tell what
// arrived: nothing is lost, nothing is doubled.
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CrmObject } from '#domain/record/objects.ts';
import type { Store } from '#ports/store.ts';
import type { FaultRule } from '#sandbox/http/faults.ts';
import { startCli } from '#test/cli/spawn-cli.ts';
import { CONNECTIONS, type ConnectionId } from '#test/flow/crm-view.ts';
import { AS_OF, type Flow } from '#test/flow/flow-fixture.ts';
import { changedSince, takeSnapshot } from '#test/flow/snapshot.ts';
import { finalState, startTroubledFlow, undisturbedState } from './troubled-market.ts';

let expected: object;

beforeAll(async () => {
  expected = await undisturbedState();
});

type WhichWrite = Pick<FaultRule, 'path' | 'after'>;

/** The writes of a first run, in the order in which they are sent. */
const WRITES: readonly (readonly [ConnectionId, CrmObject, WhichWrite])[] = [
  ['sf', 'account', { path: /\/composite\/sobjects/u, after: 0 }],
  ['sf', 'contact', { path: /\/composite\/sobjects/u, after: 1 }],
  ['sf', 'program', { path: /\/composite\/sobjects/u, after: 2 }],
  ['sf', 'task', { path: /\/composite\/sobjects/u, after: 3 }],
  ['hs', 'account', { path: /\/companies\/batch\/update$/u, after: 0 }],
  ['hs', 'contact', { path: /\/contacts\/batch\/update$/u, after: 0 }],
  ['hs', 'task', { path: /\/tasks\/batch\/create$/u, after: 0 }],
];

/** Longer than any test waits. */
const FOR_EVER_MS = 600_000;

const faultsOf = (flow: Flow, connection: ConnectionId) =>
  (connection === 'sf' ? flow.salesforce : flow.hubspot).faults;

const sentChanges = async (store: Store, connection: ConnectionId, object: CrmObject): Promise<number> => {
  const [run] = await store.runs.list(1);
  return run === undefined ? 0 : store.plans.count({ run: run.id, connection, object, status: 'sent' });
};

/** Starts a sync in a process of its own and kills it as soon as changes of the object are on their way and `seen` holds. */
async function killWhileSending(
  flow: Flow,
  connection: ConnectionId,
  object: CrmObject,
  seen: () => boolean,
): Promise<void> {
  const { child, ended } = startCli(['sync', '--workspace', flow.folder, '--as-of', AS_OF]);
  await flow.withSession(async ({ store }) => {
    while (!seen() || (await sentChanges(store, connection, object)) === 0) {
      if (child.exitCode !== null) throw new Error(`the sync ended by itself: ${(await ended).stderr}`);
      await sleep(5);
    }
  });
  child.kill('SIGKILL');
  expect((await ended).exitCode).toBeNull();
}

/** PostgreSQL frees the dead process's lock when it sees its connection gone, which may take a moment. */
async function syncAgain(flow: Flow): Promise<void> {
  await vi.waitFor(() => flow.sync(), { timeout: 20_000, interval: 100 });
}

async function expectNothingLeft(flow: Flow): Promise<void> {
  const before = takeSnapshot(flow);
  await flow.sync();
  expect(changedSince(before, flow)).toEqual([]);
}

describe.each(WRITES)('kill -9 in %s, while changes of %s are on their way', (connection, object, which) => {
  it('and never arrive', async () => {
    const flow = await startTroubledFlow();
    const faults = faultsOf(flow, connection);
    faults.inject({ ...which, fault: { kind: 'delay', ms: FOR_EVER_MS } });
    await killWhileSending(flow, connection, object, () => true);
    faults.clear();
    await syncAgain(flow);
    expect(finalState(flow)).toEqual(expected);
    await expectNothingLeft(flow);
  });

  it('and were committed without an answer', async () => {
    const flow = await startTroubledFlow();
    const faults = faultsOf(flow, connection);
    let committed = false;
    faults.inject({ ...which, fault: { kind: 'cut-after-commit' } });
    const untouched = partOf(flow, connection, object);
    const isCommitted = (): boolean => {
      if (committed || partOf(flow, connection, object) === untouched) return committed;
      committed = true;
      // Whatever the process does next, reading back or sending again, waits until it is dead.
      faults.inject({ times: Number.POSITIVE_INFINITY, fault: { kind: 'delay', ms: FOR_EVER_MS } });
      return committed;
    };
    await killWhileSending(flow, connection, object, isCommitted);
    faults.clear();
    await syncAgain(flow);
    expect(finalState(flow)).toEqual(expected);
    await expectNothingLeft(flow);
  });
});

function partOf(flow: Flow, connection: ConnectionId, object: CrmObject): string {
  const state = finalState(flow) as Record<ConnectionId, Record<string, unknown>>;
  return JSON.stringify(state[connection][`${object}s`]);
}

describe('before the first write leaves', () => {
  it.each(CONNECTIONS)(
    'all changes planned for %s are on record, and those under way are marked',
    async (connection) => {
      const flow = await startTroubledFlow();
      const path = connection === 'sf' ? /\/composite\/sobjects/u : /\/batch\/(?:update|create)$/u;
      faultsOf(flow, connection).inject({ path, fault: { kind: 'delay', ms: 1000 } });
      const running = flow.sync();
      const early = await flow.withSession(async ({ store }) => {
        while ((await sentChanges(store, connection, 'account')) === 0) await sleep(5);
        const [run] = await store.runs.list(1);
        const count = (status: 'planned' | 'sent' | 'written') =>
          store.plans.count({ run: run?.id ?? '', connection, status });
        const [planned, sent, written] = [
          await count('planned'),
          await count('sent'),
          await count('written'),
        ];
        return {
          planned,
          sent,
          written,
          tiered: flow
            .crm(connection)
            .accounts()
            .filter(({ tier }) => tier !== null).length,
        };
      });
      const { changes } = (await running).of(connection);
      const all =
        changes.account.update + changes.contact.update + changes.task.create + changes.program.create;
      expect(early).toEqual({
        planned: all - changes.account.update,
        sent: changes.account.update,
        written: 0,
        tiered: 0,
      });
    },
  );
});
