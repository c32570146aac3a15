// Time is set by hand: BullMQ asks the clock of the process, and timers go on as they are.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { applySchedules } from '#jobs/apply-schedules.ts';
import { startScheduled } from '#jobs/handlers/start-scheduled.ts';
import { makeQueue } from '#jobs/queue-backend.ts';
import { wantedSchedules } from '#jobs/wanted-schedules.ts';
import { silentLog } from '#test/store/store-fixture.ts';
import { BACKENDS, openTestQueue } from './queue-fixture.ts';
import { findRedis, type TestRedis } from './redis-fixture.ts';
import { clock } from './worker-settings.ts';

let redis: TestRedis | null = null;
beforeAll(async () => {
  redis = await findRedis();
});
afterAll(async () => {
  await redis?.stop();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const settings = (sync: string | null, timezone = 'UTC') => ({
  sync,
  full: null,
  changes: null,
  timezone,
  connections: [{ id: 'sf', sync: null, full: null, isPolled: true }],
});

const close = async ({
  errands,
  runs,
}: {
  errands: { close(): Promise<void> };
  runs: { close(): Promise<void> };
}) => {
  await errands.close();
  await runs.close();
};

describe.each(BACKENDS)('schedules on %s', (name) => {
  const openQueue = async (context: { skip(): void }) => {
    if (name === 'Redis' && redis === null) context.skip();
    const opened = await openTestQueue(name === 'Redis' ? (redis?.url ?? null) : null);
    const errands = makeQueue(opened.backend, 'errands', silentLog);
    const runs = makeQueue(opened.backend, 'runs', silentLog);
    const apply = (sync: string | null, timezone?: string) =>
      applySchedules(errands, wantedSchedules(settings(sync, timezone)));
    return { ...opened, errands, runs, apply };
  };

  it('starts a run that was missed once, not once for each night (invariant Q6)', async (context) => {
    vi.setSystemTime('2026-11-01T12:00:00Z');
    const opened = await openQueue(context);
    const [first] = await opened.apply('0 2 * * *');
    expect(first?.next).toBe('2026-11-02T02:00:00.000Z');

    vi.setSystemTime('2026-11-05T09:30:00Z');
    // A worker that comes back applies the file again, and the owed run is still owed.
    const [owed] = await opened.apply('0 2 * * *');
    expect(owed?.next).toBe('2026-11-02T02:00:00.000Z');
    let moments = 0;
    let runs = 0;
    await opened.startWorker({
      sync: async () => void (runs += 1),
      'start-scheduled': async (payload) => {
        moments += 1;
        await startScheduled(opened.runs, clock, payload);
      },
    });
    await vi.waitFor(() => expect(runs).toBe(1), { timeout: 10_000 });
    const [next] = await opened.apply('0 2 * * *');
    expect(next?.next).toBe('2026-11-06T02:00:00.000Z');
    expect({ moments, runs }).toEqual({ moments: 1, runs: 1 });
    await close(opened);
  });

  it('follows the file: a changed moment is stored, one that is gone is taken away', async (context) => {
    vi.setSystemTime('2026-11-01T12:00:00Z');
    const opened = await openQueue(context);
    await opened.apply('0 2 * * *');
    expect((await opened.apply('30 14 * * *'))[0]?.next).toBe('2026-11-01T14:30:00.000Z');
    expect((await opened.apply('30 14 * * *', 'Asia/Tokyo'))[0]?.next).toBe('2026-11-02T05:30:00.000Z');
    expect(await opened.apply(null)).toEqual([]);
    expect(await opened.errands.getJobSchedulers()).toEqual([]);
    expect(await opened.errands.getDelayedCount()).toBe(0);
    await close(opened);
  });

  it('keeps to the wall clock when it is put forward and back, and leaves no night out', async (context) => {
    const opened = await openQueue(context);
    vi.setSystemTime('2026-03-27T12:00:00Z');
    expect((await opened.apply('30 2 * * *', 'Europe/Berlin'))[0]?.next).toBe('2026-03-28T01:30:00.000Z');
    await opened.apply(null);
    // 02:30 does not exist on 29 March: the run starts when the clock has been put forward.
    vi.setSystemTime('2026-03-28T12:00:00Z');
    expect((await opened.apply('30 2 * * *', 'Europe/Berlin'))[0]?.next).toBe('2026-03-29T01:30:00.000Z');
    await opened.apply(null);
    vi.setSystemTime('2026-03-29T12:00:00Z');
    expect((await opened.apply('30 2 * * *', 'Europe/Berlin'))[0]?.next).toBe('2026-03-30T00:30:00.000Z');
    await opened.apply(null);
    // 02:30 comes twice on 25 October.
    vi.setSystemTime('2026-10-25T00:31:00Z');
    expect((await opened.apply('30 2 * * *', 'Europe/Berlin'))[0]?.next).toBe('2026-10-26T01:30:00.000Z');
    await close(opened);
  });

  it('says which schedule is none', async (context) => {
    const opened = await openQueue(context);
    await expect(opened.apply('61 2 * * *')).rejects.toThrow('schedule: "61 2 * * *" in UTC names no moment');
    await close(opened);
  });
});
