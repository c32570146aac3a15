// The queue as the edges see it (ports/queue.ts), over either backend.
import { UnavailableError } from '#errors/errors.ts';
import { newRunId } from '#pipeline/run-id.ts';
import type { Clock } from '#ports/clock.ts';
import type { Log } from '#ports/log.ts';
import {
  type CancelResult,
  QUEUED_RUN_STATES,
  type QueuedRun,
  type QueuedRunState,
  type RunQueue,
} from '#ports/queue.ts';
import type { TouchedStore } from '#ports/store.ts';
import { addSync, addTouched } from './add-run.ts';
import { parsePayload } from './catalogue.ts';
import { makeQueue, type QueueBackend, type StoredJob } from './queue-backend.ts';
import { CANCELLED, isCancelled, promisedId, toQueuedRun } from './to-queued-run.ts';
import { createRunWatch } from './watch-runs.ts';

export interface RunQueueParts {
  readonly backend: QueueBackend;
  readonly touched: TouchedStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** A person waits at the other end: rather an error than a request that hangs until the server is back. */
const ANSWER_WITHIN_MS = 10_000;

export function createRunQueue({ backend, touched, clock, log }: RunQueueParts): RunQueue {
  const runs = makeQueue(backend, 'runs', log);
  const watch = createRunWatch(backend, log);
  const newId = () => newRunId(clock.now());
  const find = async (run: string) => (await runs.getJob(promisedId(run))) ?? null;
  const describe = (job: StoredJob) => toQueuedRun(job, (id) => runs.getJob(id));
  const answer = <Result>(work: Promise<Result>): Promise<Result> => withinTime(clock, work);

  return {
    enqueue: (request) => answer(addSync(runs, newId(), request, 'person')),

    async touch(records) {
      if (records.length === 0) return;
      await touched.add(records);
      await answer(addTouched(runs, newId()));
    },

    find: (run) => answer(find(run).then(async (job) => (job === null ? null : await describe(job)))),

    list: ({ states = QUEUED_RUN_STATES, limit }) => answer(listRuns(states, limit)),

    watch: (run, listener) => watch.subscribe(promisedId(run), listener),

    cancel: (run) => answer(find(run).then(cancelJob)),

    async retry(run) {
      const job = await answer(find(run));
      if (job === null || job.name !== 'sync') return null;
      const { state, request } = await describe(job);
      if (state !== 'failed' && state !== 'cancelled') return null;
      return answer(addSync(runs, newId(), request, 'person'));
    },

    async counts() {
      const counts = await answer(runs.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed'));
      const of = (name: string) => counts[name] ?? 0;
      return {
        waiting: of('waiting') + of('prioritized'),
        delayed: of('delayed'),
        active: of('active'),
        failed: of('failed'),
      };
    },

    ping: () => answer(backend.ping()),

    async close() {
      await watch.close();
      await runs.close();
    },
  };

  async function listRuns(states: readonly QueuedRunState[], limit: number): Promise<readonly QueuedRun[]> {
    const stored = [...new Set(states.flatMap((state) => STORED_STATES[state]))];
    const jobs = await runs.getJobs(stored, 0, limit - 1, false);
    const found = await Promise.all(jobs.map(describe));
    return found
      .filter(({ state }) => states.includes(state))
      .toSorted((a, b) => (a.enqueuedAt < b.enqueuedAt ? 1 : -1))
      .slice(0, limit);
  }
}

async function cancelJob(job: StoredJob | null): Promise<CancelResult> {
  if (job === null) return 'unknown';
  const state = await job.getState();
  if (state === 'completed' || state === 'failed' || isCancelled(job)) return 'over';
  const payload = job.name === 'sync' ? parsePayload('sync', job.data) : {};
  await job.updateData({ ...payload, cancelled: true });
  if (state === 'active') return 'stopping';
  // What is asked from now on is a run of its own; and nobody should wait for the end of a delay to hear the end.
  await job.removeDeduplicationKey();
  if (state === 'delayed') await job.promote().catch(() => undefined);
  return 'cancelled';
}

/** `cancelled` is stored as a failure with that reason, or waits still to be met by a worker. */
const STORED_STATES: Readonly<
  Record<
    QueuedRunState,
    readonly ('waiting' | 'prioritized' | 'delayed' | 'active' | 'completed' | 'failed')[]
  >
> = {
  waiting: ['waiting', 'prioritized'],
  delayed: ['delayed'],
  active: ['active'],
  done: ['completed'],
  failed: ['failed'],
  [CANCELLED]: ['failed', 'waiting', 'prioritized', 'delayed'],
};

async function withinTime<Result>(clock: Clock, work: Promise<Result>): Promise<Result> {
  const answered = new AbortController();
  const late = clock.sleep(ANSWER_WITHIN_MS, answered.signal).then(
    () => {
      throw new UnavailableError('The job queue does not answer', {
        next: 'See whether its server (`redis:`, else `database:`) runs; what was enqueued before is kept.',
      });
    },
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    answered.abort();
  }
}
