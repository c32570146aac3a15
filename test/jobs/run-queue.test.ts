import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AuthError, RunInProgressError, UnavailableError } from '#errors/errors.ts';
import type { RunEvent, RunQueue } from '#ports/queue.ts';
import { BACKENDS, createGate, openTestQueue, REQUEST } from './queue-fixture.ts';
import { findRedis, type TestRedis } from './redis-fixture.ts';

let redis: TestRedis | null = null;
beforeAll(async () => {
  redis = await findRedis();
});
afterAll(async () => {
  await redis?.stop();
});

const ended = (queue: RunQueue, run: string) =>
  vi.waitFor(
    async () => {
      const found = await queue.find(run);
      expect(['done', 'failed', 'cancelled']).toContain(found?.state);
      return found;
    },
    { timeout: 15_000, interval: 50 },
  );

describe.each(BACKENDS)('the queue on %s', (name) => {
  const openQueue = async (context: { skip(): void }) => {
    if (name === 'Redis' && redis === null) context.skip();
    return await openTestQueue(name === 'Redis' ? (redis?.url ?? null) : null);
  };

  it('carries out a run under the id it promised, and tells its progress to whoever watches', async (context) => {
    const { queue, startWorker } = await openQueue(context);
    const { run, isNew } = await queue.enqueue({ ...REQUEST, full: true });
    expect(isNew).toBe(true);
    expect(await queue.find(run)).toMatchObject({ state: 'waiting', tries: 0, request: { full: true } });
    const events: RunEvent[] = [];
    await queue.watch(run, (event) => events.push(event));
    await startWorker({
      sync: async ({ request }, job) => {
        expect(request.full).toBe(true);
        await job.begun(job.id);
        job.report('read account', 3, 7);
      },
    });
    expect(await ended(queue, run)).toMatchObject({
      state: 'done',
      storedRun: run,
      tries: 1,
      progress: { step: 'read account', done: 3, total: 7 },
    });
    await vi.waitFor(() => expect(events.at(-1)).toEqual({ kind: 'state', run, state: 'done' }));
    expect(events).toContainEqual({
      kind: 'progress',
      run,
      progress: { step: 'read account', done: 3, total: 7 },
    });
  });

  it('takes the most urgent run first: an account, a whole sync, a full one', async (context) => {
    const { queue, startWorker } = await openQueue(context);
    await queue.enqueue({ ...REQUEST, full: true });
    await queue.enqueue({ ...REQUEST, dryRun: true });
    await queue.enqueue({ ...REQUEST, accounts: ['acme.test'] });
    const order: string[] = [];
    await startWorker({
      sync: async ({ request }) => {
        order.push(request.full ? 'full' : request.accounts.length > 0 ? 'account' : 'whole');
      },
    });
    await vi.waitFor(() => expect(order).toEqual(['account', 'whole', 'full']), { timeout: 10_000 });
  });

  it('makes one job of what is asked twice while it waits, and another one once it has begun', async (context) => {
    const { queue, startWorker } = await openQueue(context);
    const first = await queue.enqueue({ ...REQUEST, accounts: ['a', 'b'] });
    const second = await queue.enqueue({ ...REQUEST, accounts: ['b', 'a'] });
    expect(second).toEqual({ run: first.run, isNew: false });
    const gate = createGate();
    let begun = 0;
    await startWorker({
      sync: async (_payload, job) => {
        await job.begun(job.id);
        begun += 1;
        await gate.opened;
      },
    });
    await vi.waitFor(() => expect(begun).toBe(1), { timeout: 10_000 });
    const third = await queue.enqueue({ ...REQUEST, accounts: ['a', 'b'] });
    expect(third.isNew).toBe(true);
    gate.open();
    await ended(queue, third.run);
    expect(begun).toBe(2);
  });

  it('carries out one run at a time, however many workers there are (invariant Q1)', async (context) => {
    const { queue, startWorker } = await openQueue(context);
    let now = 0;
    let most = 0;
    let done = 0;
    const sync = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      done += 1;
    };
    for (let count = 0; count < 6; count += 1) await queue.enqueue({ ...REQUEST, accounts: [`a${count}`] });
    await Promise.all([startWorker({ sync }), startWorker({ sync }), startWorker({ sync })]);
    await vi.waitFor(() => expect(done).toBe(6), { timeout: 20_000 });
    expect(most).toBe(1);
  });

  it('waits, and does not fail, while a command line holds the run lock', async (context) => {
    const { queue, startWorker } = await openQueue(context);
    const { run } = await queue.enqueue(REQUEST);
    let looks = 0;
    await startWorker({
      sync: async () => {
        looks += 1;
        if (looks < 3) throw new RunInProgressError('Another run is at work on this workspace');
      },
    });
    expect(await ended(queue, run)).toMatchObject({ state: 'done', tries: 1, failure: null });
    expect(looks).toBe(3);
  });

  it('tries again later what passes, and never what does not', async (context) => {
    const { queue, startWorker } = await openQueue(context);
    const later = await queue.enqueue({ ...REQUEST, accounts: ['later'] });
    const never = await queue.enqueue({ ...REQUEST, accounts: ['never'] });
    const bug = await queue.enqueue({ ...REQUEST, accounts: ['bug'] });
    await startWorker({
      sync: async ({ request }) => {
        if (request.accounts[0] === 'later') throw new UnavailableError('The CRM is away');
        if (request.accounts[0] === 'never') throw new AuthError('The CRM refuses us', { next: 'Log in' });
        throw new TypeError('somebody@example.com is not a function');
      },
    });
    expect(await ended(queue, never.run)).toMatchObject({
      state: 'failed',
      failure: 'The CRM refuses us. Log in',
    });
    expect(await ended(queue, bug.run)).toMatchObject({
      state: 'failed',
      failure: "Internal error (TypeError); the worker's log says where",
    });
    await vi.waitFor(async () =>
      expect(await queue.find(later.run)).toMatchObject({
        state: 'delayed',
        tries: 1,
        failure: 'The CRM is away',
      }),
    );
    expect(await queue.counts()).toEqual({ waiting: 0, delayed: 1, active: 0, failed: 2 });
    expect((await queue.list({ states: ['failed'], limit: 10 })).map(({ run }) => run).toSorted()).toEqual(
      [never.run, bug.run].toSorted(),
    );
  });

  it('stops a run under way when somebody cancels it, and asks for it again when told so', async (context) => {
    const { queue, startWorker } = await openQueue(context);
    const { run } = await queue.enqueue(REQUEST);
    const begun = createGate();
    let stopped = 0;
    await startWorker({
      sync: async (_payload, job) => {
        begun.open();
        await new Promise((resolve) => {
          job.signal.addEventListener('abort', resolve);
        });
        stopped += 1;
        job.signal.throwIfAborted();
      },
    });
    await begun.opened;
    expect(await queue.cancel(run)).toBe('stopping');
    expect(await ended(queue, run)).toMatchObject({ state: 'cancelled', failure: null });
    expect(await queue.cancel(run)).toBe('over');
    expect(stopped).toBe(1);
    const again = await queue.retry(run);
    expect(again).toMatchObject({ isNew: true });
    await queue.cancel(again?.run ?? '');
    await ended(queue, again?.run ?? '');
  });

  it('never begins a run that was cancelled while it waited', async (context) => {
    const { queue, startWorker } = await openQueue(context);
    const { run } = await queue.enqueue(REQUEST);
    expect(await queue.cancel(run)).toBe('cancelled');
    expect(await queue.find(run)).toMatchObject({ state: 'cancelled' });
    const asked = await queue.enqueue(REQUEST);
    expect(asked.isNew).toBe(true);
    const begun: string[] = [];
    await startWorker({ sync: async (_payload, job) => void begun.push(job.id) });
    await ended(queue, asked.run);
    await ended(queue, run);
    expect(begun).toEqual([asked.run]);
    expect(await queue.cancel('20260101-000000-0000')).toBe('unknown');
  });

  it('gives a run back when its worker stops, for another worker to take', async (context) => {
    const { queue, startWorker } = await openQueue(context);
    const { run } = await queue.enqueue(REQUEST);
    const begun = createGate();
    const first = await startWorker({
      sync: async (_payload, job) => {
        begun.open();
        await new Promise((resolve) => {
          job.signal.addEventListener('abort', resolve);
        });
        job.signal.throwIfAborted();
      },
    });
    await begun.opened;
    await first.stop();
    expect(await queue.find(run)).toMatchObject({ state: 'waiting', failure: null });
    await startWorker({});
    expect(await ended(queue, run)).toMatchObject({ state: 'done', tries: 1 });
  });

  it('makes one run of many reports within seconds', async (context) => {
    const { queue, store } = await openQueue(context);
    const touch = (id: string) => queue.touch([{ connection: 'hs', object: 'contact', id }]);
    await Promise.all(['1', '2', '1', '3'].map(touch));
    const jobs = await queue.list({ limit: 10 });
    expect(jobs.map(({ name: job, state }) => ({ job, state }))).toEqual([
      { job: 'sync-touched', state: 'delayed' },
    ]);
    expect((await store.touched.list()).map(({ id }) => id).toSorted()).toEqual(['1', '2', '3']);
  });
});
