// Where the queues live: in the workspace's PostgreSQL, or in Redis when one is named. The only file that knows there are two.
import {
  type BackendFactory,
  type IQueueBackend,
  Queue,
  QueueEvents,
  type QueueOptions,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import type { Log } from '#ports/log.ts';
import type { JobName } from '#ports/queue.ts';
import type { QueueName } from './catalogue.ts';
import { openPostgresBackend } from './postgres-backend.ts';
import { openRedisBackend } from './redis-backend.ts';

/** What an ended job answers, and what is stored with every job: parsed by the catalogue before it is believed. */
export type JobQueue = Queue<unknown, unknown, JobName, unknown, unknown, JobName, IQueueBackend, string>;
export type JobWorker = Worker<unknown, void, JobName, IQueueBackend, JobProgress, string>;
export type JobEvents = QueueEvents<unknown, IQueueBackend, string>;
export type StoredJob = Awaited<ReturnType<JobQueue['add']>>;
export type JobProgress = string | boolean | number | object;

export interface QueuePlace {
  /** Of the server that holds the workspace's store. Holds the password: never for a log. */
  readonly databaseUrl: string;
  /** Null: the queue lives in PostgreSQL. May hold a password as well. */
  readonly redisUrl: string | null;
  /** Tells workspaces apart that share one Redis. */
  readonly workspaceId: string;
  readonly log: Log;
}

/** How the queue classes of BullMQ are made and reached, whatever is behind them. */
export interface QueueBackend {
  readonly factory: BackendFactory<IQueueBackend, string>;
  /** Before every key; PostgreSQL has a schema instead. */
  readonly prefix: string;
  /** Rejects when the server does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Throws a ConfigError when the server cannot be used, and an UnavailableError when it does not answer. */
export async function openQueueBackend(place: QueuePlace): Promise<QueueBackend> {
  return place.redisUrl === null
    ? openPostgresBackend(place.databaseUrl)
    : openRedisBackend(place.redisUrl, place.workspaceId, place.log);
}

// BullMQ wants a connection in the options; ours is in the factory.
const GIVEN_BY_FACTORY = 'given by the factory';

export function makeQueue(backend: QueueBackend, name: QueueName, log: Log): JobQueue {
  const options: QueueOptions<string> = { connection: GIVEN_BY_FACTORY, prefix: backend.prefix };
  const queue: JobQueue = new Queue(name, options, backend.factory);
  queue.on('error', createComplaint(log, name, queue).tell);
  return queue;
}

export function makeEvents(backend: QueueBackend, name: QueueName, log: Log): JobEvents {
  const events: JobEvents = new QueueEvents(
    name,
    { connection: GIVEN_BY_FACTORY, prefix: backend.prefix },
    backend.factory,
  );
  events.on('error', createComplaint(log, name, events).tell);
  return events;
}

export type Processor = (job: StoredJob, token: string, signal: AbortSignal) => Promise<void>;

export function makeWorker(
  backend: QueueBackend,
  name: QueueName,
  processor: Processor,
  options: Omit<WorkerOptions<string>, 'connection' | 'prefix'>,
  log: Log,
): JobWorker {
  // BullMQ gives an abort signal only to processors that name three parameters.
  const process = async (job: StoredJob, token?: string, signal?: AbortSignal) =>
    processor(job, token ?? '', signal ?? new AbortController().signal);
  const worker: JobWorker = new Worker(
    name,
    process,
    { ...options, connection: GIVEN_BY_FACTORY, prefix: backend.prefix },
    backend.factory,
  );
  const complaint = createComplaint(log, name, worker);
  worker.on('error', complaint.tell);
  // A job that came is the end of the trouble: the next one is news again.
  worker.on('active', complaint.forget);
  return worker;
}

/** A server that is away makes one line, not one a retry; drivers' messages name hosts and no secret. */
function createComplaint(
  log: Log,
  queue: QueueName,
  owner: { readonly closing: Promise<void> | undefined },
): { readonly tell: (error: Error) => void; readonly forget: () => void } {
  let last = '';
  return {
    tell: (error) => {
      const reason = 'code' in error ? String(error.code) : error.message;
      // A line that ends with us is no news.
      if (reason === last || owner.closing !== undefined) return;
      last = reason;
      log.warn('The queue reports trouble', { queue, reason });
    },
    forget: () => {
      last = '';
    },
  };
}
