// Limits and sessions: what the vendors say when we are too fast, too many or no longer known, and what a sync makes of it.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '#sandbox/http/faults.ts';
import {
  expiredTokenFault,
  lockedFault,
  migrationFault,
  rateLimitedFault,
} from '#sandbox/hubspot/vendor-faults.ts';
import {
  concurrentLimitExceeded,
  dailyLimitExceeded,
  queryTimeout,
  sessionExpired,
  tooManyRequests,
} from '#sandbox/salesforce/http/vendor-faults.ts';
import { CONNECTIONS, type ConnectionId } from '#test/flow/crm-view.ts';
import type { Flow } from '#test/flow/flow-fixture.ts';
import { changedSince, takeSnapshot } from '#test/flow/snapshot.ts';
import { finalState, startTroubledFlow, undisturbedState } from './troubled-market.ts';

let expected: object;

beforeAll(async () => {
  expected = await undisturbedState();
});

const sandboxOf = (flow: Flow, connection: ConnectionId) =>
  connection === 'sf' ? flow.salesforce : flow.hubspot;
const PATHS: Readonly<Record<ConnectionId, Readonly<Record<'read' | 'write', RegExp>>>> = {
  sf: { read: /\/query|\/jobs\/query/u, write: /\/composite\/sobjects/u },
  hs: {
    read: /\/crm\/objects\/[^/]+\/\w+(?:\?|$)|\/search$|\/batch\/read$/u,
    write: /\/batch\/(?:update|create)$/u,
  },
};
const WRITES = 20;
/** One fewer than the attempts that a call is given: reads go out side by side, and one of them may meet them all. */
const READS = 4;

/** Every write meets the fault once, and the first reads. */
function failOften(flow: Flow, connection: ConnectionId, fault: Fault, reads = READS): void {
  const { faults } = sandboxOf(flow, connection);
  const { read, write } = PATHS[connection];
  faults.inject({ path: read, times: reads, fault });
  // A rule counts only the calls that no earlier rule took: the k-th one takes call 2k.
  for (let call = 0; call < WRITES; call += 1) faults.inject({ path: write, after: call, times: 1, fault });
}

const callsRefused = (flow: Flow, connection: ConnectionId) =>
  sandboxOf(flow, connection).calls.entries.filter(({ status }) => status >= 400).length;

async function expectNothingLeft(flow: Flow): Promise<void> {
  const before = takeSnapshot(flow);
  await flow.sync();
  expect(changedSince(before, flow)).toEqual([]);
}

describe('a limit that passes', () => {
  it.each<readonly [ConnectionId, string, Fault]>([
    ['sf', 'REQUEST_LIMIT_EXCEEDED for concurrent calls', concurrentLimitExceeded()],
    ['hs', '429 TEN_SECONDLY_ROLLING', rateLimitedFault('TEN_SECONDLY_ROLLING')],
    ['hs', '429 SECONDLY', rateLimitedFault('SECONDLY')],
    ['hs', '423 LOCKED', lockedFault()],
    ['hs', '477 MIGRATION_IN_PROGRESS', migrationFault(5)],
  ])(
    'in %s, %s at each write and the first reads, is waited out in the same run',
    async (connection, _what, fault) => {
      const flow = await startTroubledFlow();
      failOften(flow, connection, fault);
      const run = await flow.sync();
      expect(run.report.failures).toEqual([]);
      expect(finalState(flow)).toEqual(expected);
      expect(callsRefused(flow, connection)).toBeGreaterThan(3);
      sandboxOf(flow, connection).faults.clear();
      await expectNothingLeft(flow);
    },
  );

  it('in sf, QUERY_TIMEOUT at the first queries, is waited out in the same run', async () => {
    const flow = await startTroubledFlow();
    flow.salesforce.faults.inject({ path: /\/query(?:All)?\?/u, times: READS, fault: queryTimeout() });
    const run = await flow.sync();
    expect(run.report.failures).toEqual([]);
    expect(finalState(flow)).toEqual(expected);
    expect(callsRefused(flow, 'sf')).toBeGreaterThan(3);
    sandboxOf(flow, 'sf').faults.clear();
    await expectNothingLeft(flow);
  });

  it('in sf, 429 with Retry-After, is waited out in the same run', async () => {
    const flow = await startTroubledFlow();
    failOften(flow, 'sf', tooManyRequests(3));
    const run = await flow.sync();
    expect(run.report.failures).toEqual([]);
    expect(finalState(flow)).toEqual(expected);
    expect(callsRefused(flow, 'sf')).toBeGreaterThan(3);
    sandboxOf(flow, 'sf').faults.clear();
    await expectNothingLeft(flow);
  });
});

describe('a limit of the day', () => {
  const DAILY: Readonly<Record<ConnectionId, Fault>> = {
    sf: dailyLimitExceeded(),
    hs: rateLimitedFault('DAILY'),
  };

  it.each(CONNECTIONS)(
    'in %s stops its writes at once with exit code 7; the other CRM is finished, and the next run goes on',
    async (connection) => {
      const flow = await startTroubledFlow();
      const { faults, calls } = sandboxOf(flow, connection);
      const path = connection === 'sf' ? /\/composite\/sobjects/u : /\/batch\/(?:update|create)$/u;
      // The second write and all after it.
      faults.inject({ path, after: 1, times: Number.POSITIVE_INFINITY, fault: DAILY[connection] });
      const run = await flow.sync();
      expect(run.exitCode).toBe(7);
      expect(run.report.failures).toMatchObject([
        { connection, object: 'connection', code: 'budget', retry: 'later' },
      ]);
      const refused = calls.entries.filter(({ status }) => status === 403 || status === 429);
      expect(refused).toHaveLength(1);

      faults.clear();
      expect((await flow.sync()).exitCode).toBe(0);
      expect(finalState(flow)).toEqual(expected);
      await expectNothingLeft(flow);
    },
  );

  it('in Salesforce is not even reached when our share of it is used up', async () => {
    const flow = await startTroubledFlow();
    flow.salesforce.useApiCalls(50_001);
    const run = await flow.sync();
    expect(run.exitCode).toBe(7);
    expect(run.report.failures).toMatchObject([{ connection: 'sf', code: 'budget' }]);
    expect(flow.sf.accounts().every(({ tier }) => tier === null)).toBe(true);
    flow.salesforce.useApiCalls(100);
    expect((await flow.sync()).exitCode).toBe(0);
    expect(flow.sf.accounts().every(({ tier }) => tier !== null)).toBe(true);
  });
});

describe('a session that ends', () => {
  it('in Salesforce, at each write and the first read, is opened again', async () => {
    const flow = await startTroubledFlow();
    failOften(flow, 'sf', sessionExpired(), 1);
    const run = await flow.sync();
    expect(run.report.failures).toEqual([]);
    expect(finalState(flow)).toEqual(expected);
    flow.salesforce.faults.clear();
    await expectNothingLeft(flow);
  });

  it.each(['read account', 'update account', 'update contact', 'create program'])(
    'in Salesforce for real, after "%s", is opened again',
    async (step) => {
      const flow = await startTroubledFlow();
      let ended = 0;
      const progress = {
        report(name: string) {
          if (name !== `sf: ${step}` || ended > 0) return;
          ended += 1;
          flow.salesforce.expireSessions();
        },
      };
      const run = await flow.syncWith({ progress });
      expect(ended).toBe(1);
      expect(run.report.failures).toEqual([]);
      expect(finalState(flow)).toEqual(expected);
    },
  );

  it.each([false, true])(
    'in HubSpot is refreshed where an app is connected (rotating tokens: %s)',
    async (rotates) => {
      const flow = await startTroubledFlow({
        hubspot: { oauth: { rotatesRefreshTokens: rotates } },
        hubspotAuth: 'refresh-token',
      });
      let ended = 0;
      const progress = {
        report(name: string) {
          if (!/^hs: (?:read contact|update account|update contact)$/u.test(name)) return;
          ended += 1;
          flow.hubspot.portal.expireToken();
        },
      };
      const run = await flow.syncWith({ progress });
      expect(ended).toBeGreaterThan(2);
      expect(run.report.failures).toEqual([]);
      expect(finalState(flow)).toEqual(expected);
      // A rotated token was kept: the next session begins with it.
      await expectNothingLeft(flow);
    },
  );

  it('in HubSpot with a service key is a matter for people: exit code 4, and nothing is lost', async () => {
    const flow = await startTroubledFlow();
    const path = /\/batch\/(?:update|create)$/u;
    flow.hubspot.faults.inject({
      path,
      after: 1,
      times: Number.POSITIVE_INFINITY,
      fault: expiredTokenFault(),
    });
    const run = await flow.sync();
    expect(run.exitCode).toBe(4);
    expect(run.report.failures).toMatchObject([{ connection: 'hs', code: 'auth', retry: 'never' }]);
    expect(run.of('sf').failed).toBe(0);
    flow.hubspot.faults.clear();
    await flow.sync();
    expect(finalState(flow)).toEqual(expected);
  });
});
