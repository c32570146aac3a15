// What a death or a cut line leaves: workers are processes of their own here, and what they did is counted in a table.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { administer } from '#test/store/store-fixture.ts';
import { BACKENDS, openTestQueue, REQUEST, type TestQueue } from './queue-fixture.ts';
import { findRedis, type TestRedis } from './redis-fixture.ts';

let redis: TestRedis | null = null;
beforeAll(async () => {
  redis = await findRedis();
});
afterAll(async () => {
  await redis?.stop();
});

const processes: ChildProcess[] = [];
afterEach(async () => {
  for (const child of processes.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exit;
  }
});

interface WorkerProcess {
  readonly pid: number;
  readonly begun: string[];
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

async function startProcess({ place }: TestQueue): Promise<WorkerProcess> {
  const { databaseUrl, redisUrl, workspaceId } = place;
  const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify({ databaseUrl, redisUrl, workspaceId })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  const begun: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the worker ended before it was ready')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') resolve();
      else begun.push(line.replace('begun ', ''));
    });
  });
  return {
    pid: child.pid ?? 0,
    begun,
    kill: (signal) =>
      new Promise((resolve) => {
        child.once('exit', (code) => resolve(code));
        child.kill(signal);
      }),
  };
}

const enqueue = async ({ queue }: TestQueue, count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1)
    ids.push((await queue.enqueue({ ...REQUEST, accounts: [`account ${number}`] })).run);
  return ids;
};

const effects = async (
  { place }: TestQueue,
  what: string,
): Promise<readonly { job: string; worker: number }[]> => {
  const client = new Client({ connectionString: place.databaseUrl });
  await client.connect();
  try {
    return (await client.query('select job, worker from effects where what = $1 order by job', [what])).rows;
  } finally {
    await client.end();
  }
};

const allFinished = (opened: TestQueue, ids: readonly string[]) =>
  vi.waitFor(
    async () => {
      const done = await effects(opened, 'finished');
      expect(done.map(({ job }) => job)).toEqual(ids.toSorted());
      return done;
    },
    { timeout: 30_000, interval: 100 },
  );

/** Those of one workspace: the server may be somebody else's as well. */
async function cutRedisLines(url: string, workspaceId: string): Promise<void> {
  const client = new Redis(url);
  const list = String(await client.call('CLIENT', 'LIST'));
  for (const line of list.split('\n').filter((one) => one.includes(workspaceId))) {
    const id = /^id=(?<id>\d+) /u.exec(line)?.groups?.['id'] ?? '';
    await client.call('CLIENT', 'KILL', 'ID', id);
  }
  client.disconnect();
}

describe.each(BACKENDS)('workers on %s', (name) => {
  const openQueue = async (context: { skip(): void }) => {
    if (name === 'Redis' && redis === null) context.skip();
    const opened = await openTestQueue(name === 'Redis' ? (redis?.url ?? null) : null);
    await administer(
      opened.place.databaseUrl,
      'create table effects (job text, what text, worker integer)',
      opened.place.databaseUrl,
    );
    return opened;
  };

  it('of three, one killed over a job: no job is lost and none is done twice (invariant Q2)', async (context) => {
    const opened = await openQueue(context);
    const workers = await Promise.all([1, 2, 3].map(() => startProcess(opened)));
    const ids = await enqueue(opened, 8);
    const victim = await vi.waitFor(
      () => {
        const busy = workers.find(({ begun }) => begun.length > 0);
        if (busy === undefined) throw new Error('no worker has begun yet');
        return busy;
      },
      { timeout: 15_000, interval: 2 },
    );
    await victim.kill('SIGKILL');
    await allFinished(opened, ids);
    const begun = await effects(opened, 'begun');
    const interrupted = victim.begun.at(-1);
    expect(begun.filter(({ job }) => job === interrupted).length).toBeGreaterThanOrEqual(1);
    expect(begun.length - ids.length).toBeLessThanOrEqual(1);
    expect(await opened.queue.counts()).toMatchObject({ waiting: 0, active: 0, failed: 0 });
  });

  it('go on when every line to the server was cut (invariant Q3)', async (context) => {
    const opened = await openQueue(context);
    await startProcess(opened);
    await allFinished(opened, await enqueue(opened, 1));
    if (name === 'Redis') {
      await cutRedisLines(redis?.url ?? '', opened.place.workspaceId);
    } else {
      await administer(
        opened.place.databaseUrl,
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and query not like '%effects%'`,
        opened.place.databaseUrl,
      );
    }
    const later = await vi.waitFor(() => enqueue(opened, 3), { timeout: 15_000, interval: 200 });
    await vi.waitFor(
      async () => {
        const done = (await effects(opened, 'finished')).map(({ job }) => job);
        expect(later.every((id) => done.includes(id))).toBe(true);
      },
      { timeout: 30_000, interval: 100 },
    );
  });

  it('end with code 0 when told to, and leave their job to the next', async (context) => {
    const opened = await openQueue(context);
    const first = await startProcess(opened);
    const ids = await enqueue(opened, 1);
    await vi.waitFor(() => expect(first.begun).toEqual(ids), { timeout: 15_000, interval: 2 });
    expect(await first.kill('SIGTERM')).toBe(0);
    await startProcess(opened);
    const done = await allFinished(opened, ids);
    expect(done).toHaveLength(1);
  });
});
