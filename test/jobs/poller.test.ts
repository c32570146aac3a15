// The poller over fakes of what surrounds it: when it asks, and when it leaves a CRM alone.
import { describe, expect, it } from 'vitest';
import { AuthError } from '#errors/errors.ts';
import { createPoller } from '#jobs/handlers/poll-changes.ts';
import type { WithSession } from '#jobs/handlers/with-session.ts';
import { makeQueue } from '#jobs/queue-backend.ts';
import type { JobContext } from '#jobs/start-worker.ts';
import type { Session } from '#pipeline/session.ts';
import { silentLog } from '#test/store/store-fixture.ts';
import { openTestQueue } from './queue-fixture.ts';

const MINUTE = 60_000;

describe('the poller', () => {
  it('leaves a CRM that refuses us alone for ten minutes', async () => {
    const { store, backend } = await openTestQueue(null);
    const asked: string[] = [];
    const crmOf = (id: string) => ({
      id,
      mapping: new Map([['account', { crmObject: 'Account', fields: new Map(), optional: false }]]),
      crm: {
        describe: async () => {
          asked.push(id);
          throw new AuthError('The CRM refuses us');
        },
        usage: () => ({ read: 0, write: 0, other: 0, daily: null }),
      },
    });
    const session = { store, settings: { sources: [] }, connections: [crmOf('sf')] } as unknown as Session;
    const withSession: WithSession = async (_around, work) => work(session);
    let nowMs = 0;
    const clock = { now: () => new Date(nowMs), sleep: async () => {} };
    const runs = makeQueue(backend, 'runs', silentLog);
    const poller = createPoller(withSession, runs, clock);
    const context: JobContext = {
      id: 'poll',
      signal: new AbortController().signal,
      report: () => {},
      begun: async () => {},
    };
    const poll = () => poller.poll({ connections: ['sf'] }, context);

    await expect(poll()).rejects.toThrow('The CRM refuses us');
    for (nowMs = MINUTE; nowMs < 10 * MINUTE; nowMs += MINUTE) await poll();
    expect(asked).toEqual(['sf']);
    nowMs = 10 * MINUTE;
    await expect(poll()).rejects.toThrow('The CRM refuses us');
    expect(asked).toEqual(['sf', 'sf']);
    await poller.close();
    await runs.close();
  });
});
