// Networks and gateways fail in the middle of a sync: every write once, or the first reads. The CRMs must end as if nothing had
// happened, in the same run.
import { beforeAll, describe, expect, it } from 'vitest';
import type { CallLog } from '#sandbox/http/call-log.ts';
import type { Fault, Faults } from '#sandbox/http/faults.ts';
import { proxyPageFault, unavailableFault } from '#sandbox/hubspot/vendor-faults.ts';
import { htmlInsteadOfJson, serverUnavailable } from '#sandbox/salesforce/http/vendor-faults.ts';
import { CONNECTIONS, type ConnectionId } from '#test/flow/crm-view.ts';
import type { Flow } from '#test/flow/flow-fixture.ts';
import { changedSince, takeSnapshot } from '#test/flow/snapshot.ts';
import { finalState, startTroubledFlow, undisturbedState } from './troubled-market.ts';

let expected: object;

beforeAll(async () => {
  expected = await undisturbedState();
});

const PATHS: Readonly<Record<ConnectionId, Readonly<Record<'read' | 'write', RegExp>>>> = {
  sf: { read: /\/query|\/jobs\/query/u, write: /\/composite\/sobjects/u },
  hs: {
    read: /\/crm\/objects\/[^/]+\/\w+(?:\?|$)|\/search$|\/batch\/read$/u,
    write: /\/batch\/(?:update|create)$/u,
  },
};

const WRITES = 30;
/** One fewer than the attempts that a call is given: reads go out side by side, and one of them may meet them all. */
const READS = 4;

/** Each write fails once and its repeat passes; or the first reads fail. */
function injectOften(connection: ConnectionId, faults: Faults, kind: 'read' | 'write', fault: Fault): void {
  const path = PATHS[connection][kind];
  // Salesforce is read back after a doubt: what was committed is not sent again, so there is no repeat to let pass.
  const isReadBack = connection === 'sf' && /cut-(?:after-commit|mid-body)/u.test(fault.kind);
  if (kind === 'read') faults.inject({ path, times: READS, fault });
  else if (isReadBack) faults.inject({ path, times: WRITES, fault });
  // A rule counts only the calls that no earlier rule took: the k-th one takes call 2k.
  else for (let call = 0; call < WRITES; call += 1) faults.inject({ path, after: call, times: 1, fault });
}

/** How often the fault was met, else a test would prove nothing. A page with status 200 looks well: its calls were repeated. */
function timesMet(calls: CallLog, kind: 'read' | 'write', fault: Fault): number {
  if (fault.kind === 'status' && fault.status === 200) return calls.count(kind) - 3;
  return calls.entries.filter((call) => call.kind === kind && (call.status === 0 || call.status >= 500))
    .length;
}

const sandboxOf = (flow: Flow, connection: ConnectionId) =>
  connection === 'sf' ? flow.salesforce : flow.hubspot;

const FAULTS: readonly (readonly [string, Readonly<Record<ConnectionId, Fault>>])[] = [
  ['is cut before it arrives', both({ kind: 'cut-before' })],
  ['is cut in the middle of its answer', both({ kind: 'cut-mid-body' })],
  ['is cut after the CRM committed it', both({ kind: 'cut-after-commit' })],
  ['meets a 503', { sf: serverUnavailable(), hs: unavailableFault(503) }],
  ["meets a gateway's page with status 502", both({ kind: 'html' })],
  ['meets a page of HTML with status 200', { sf: htmlInsteadOfJson(), hs: proxyPageFault() }],
];

function both(fault: Fault): Readonly<Record<ConnectionId, Fault>> {
  return { sf: fault, hs: fault };
}

describe.each(CONNECTIONS)('in %s', (connection) => {
  describe.each(['write', 'read'] as const)('a %s', (kind) => {
    it.each(FAULTS)('%s, and nothing is lost or doubled', async (_what, fault) => {
      const flow = await startTroubledFlow();
      const { faults, calls } = sandboxOf(flow, connection);
      injectOften(connection, faults, kind, fault[connection]);
      const run = await flow.sync();

      expect(run.report.failures).toEqual([]);
      expect(run.exitCode).toBe(0);
      expect(finalState(flow)).toEqual(expected);
      expect(timesMet(calls, kind, fault[connection])).toBeGreaterThanOrEqual(3);

      faults.clear();
      const before = takeSnapshot(flow);
      await flow.sync();
      expect(changedSince(before, flow)).toEqual([]);
    });
  });
});

/** Accounts and contacts alone: while one CRM is unread, tasks and programs of a company go to its record in the other. */
function peopleSee(state: object): object {
  const connections = Object.entries(state as Record<ConnectionId, { accounts: object; contacts: object }>);
  return connections.map(([connection, { accounts, contacts }]) => ({ connection, accounts, contacts }));
}

describe.each(CONNECTIONS)('when %s stays away', (connection) => {
  it.each(['read', 'write'] as const)(
    'for every %s, the other CRM is finished, the run says what to do, and the next run finishes the rest',
    async (kind) => {
      const flow = await startTroubledFlow();
      const { faults } = sandboxOf(flow, connection);
      const path = PATHS[connection][kind];
      faults.inject({ path, times: Number.POSITIVE_INFINITY, fault: { kind: 'cut-before' } });
      const run = await flow.sync();
      // Salesforce could still be read: there each row tells that it did not arrive.
      expect([1, 3]).toContain(run.exitCode);
      expect(run.report.failures.length).toBeGreaterThan(0);
      for (const failure of run.report.failures)
        expect(failure).toMatchObject({ connection, retry: 'later', next: expect.stringMatching(/\w/u) });
      const other = connection === 'sf' ? 'hs' : 'sf';
      expect(
        flow
          .crm(other)
          .accounts()
          .every(({ tier }) => tier !== null),
      ).toBe(true);
      expect(
        flow
          .crm(connection)
          .accounts()
          .every(({ tier }) => tier === null),
      ).toBe(true);

      faults.clear();
      expect((await flow.sync()).exitCode).toBe(0);
      expect(peopleSee(finalState(flow))).toEqual(peopleSee(expected));
    },
  );

  it('from some write on, what was written stays and the next run finishes the rest', async () => {
    const flow = await startTroubledFlow();
    const { faults } = sandboxOf(flow, connection);
    const path = PATHS[connection].write;
    faults.inject({ path, after: 1, times: Number.POSITIVE_INFINITY, fault: { kind: 'cut-before' } });
    const run = await flow.sync();
    expect([1, 3]).toContain(run.exitCode);
    expect(
      flow
        .crm(connection)
        .accounts()
        .every(({ tier }) => tier !== null),
    ).toBe(true);

    faults.clear();
    expect((await flow.sync()).exitCode).toBe(0);
    expect(finalState(flow)).toEqual(expected);
    const before = takeSnapshot(flow);
    await flow.sync();
    expect(changedSince(before, flow)).toEqual([]);
  });

  it('to tell its owners, its records wait and the other CRM is finished', async () => {
    const flow = await startTroubledFlow();
    const { faults } = sandboxOf(flow, connection);
    const path = connection === 'sf' ? /FROM(?:%20|\+)User/iu : /\/owners/u;
    faults.inject({ path, times: Number.POSITIVE_INFINITY, fault: { kind: 'cut-before' } });
    const run = await flow.sync();
    expect(run.exitCode).toBe(1);
    expect(run.report.failures).toMatchObject([{ connection, object: 'connection', retry: 'later' }]);
    const other = connection === 'sf' ? 'hs' : 'sf';
    expect(
      flow
        .crm(other)
        .accounts()
        .every(({ tier }) => tier !== null),
    ).toBe(true);
    faults.clear();
    expect((await flow.sync()).exitCode).toBe(0);
    expect(finalState(flow)).toEqual(expected);
  });
});
