// A queue for tests: real PostgreSQL or real Redis, workers of this process or of others, and handlers that a test gives.
import { Redis } from 'ioredis';
import { afterEach } from 'vitest';
import { createRunQueue } from '#jobs/create-run-queue.ts';
import { openQueueBackend, type QueueBackend, type QueuePlace } from '#jobs/queue-backend.ts';
import { type JobHandlers, type RunningWorker, startWorker } from '#jobs/start-worker.ts';
import type { RunQueue, RunRequest } from '#ports/queue.ts';
import type { OpenedStore } from '#store/open-store.ts';
import { openTestStore, silentLog } from '#test/store/store-fixture.ts';
import { clock, NOTHING, QUICK } from './worker-settings.ts';

export const BACKENDS = ['PostgreSQL', 'Redis'] as const;

export const REQUEST: RunRequest = {
  connections: [],
  accounts: [],
  full: false,
  dryRun: false,
  asOf: null,
  approve: null,
};

export interface TestQueue {
  readonly place: QueuePlace;
  readonly store: OpenedStore;
  readonly backend: QueueBackend;
  readonly queue: RunQueue;
  /** Handlers left out do nothing. */
  readonly startWorker: (
    handlers: Partial<JobHandlers>,
    options?: { readonly concurrency?: number },
  ) => Promise<RunningWorker>;
}

const open: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.stop();
});

/** @param redisUrl null: on PostgreSQL */
export async function openTestQueue(redisUrl: string | null): Promise<TestQueue> {
  const store = await openTestStore();
  const place = { databaseUrl: store.databaseUrl, redisUrl, workspaceId: store.workspaceId, log: silentLog };
  const backend = await openQueueBackend(place);
  if (redisUrl !== null) open.push({ stop: () => forgetKeys(redisUrl, backend.prefix) });
  open.push({ stop: () => backend.close() });
  const queue = createRunQueue({ backend, touched: store.touched, clock, log: silentLog });
  open.push({ stop: () => queue.close() });
  return {
    place,
    store,
    backend,
    queue,
    async startWorker(handlers, { concurrency = 2 } = {}) {
      const worker = await startWorker({
        backend,
        handlers: { ...NOTHING, ...handlers },
        concurrency,
        clock,
        log: silentLog,
        pace: QUICK,
      });
      open.push(worker);
      return worker;
    },
  };
}

/** The server may be somebody else's: nothing of a test stays there. */
async function forgetKeys(redisUrl: string, prefix: string): Promise<void> {
  const client = new Redis(redisUrl);
  for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1_000 })) {
    const found = keys as string[];
    if (found.length > 0) await client.del(...found);
  }
  client.disconnect();
}

/** A promise that a test resolves itself. */
export function createGate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}
