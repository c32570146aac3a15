// A worker: takes jobs, carries them out and sees to their end, whichever it is. What a job does stands in its handler; whether it
// is tried again in decide-retry.ts.
import { DelayedError, UnrecoverableError, WaitingError } from 'bullmq';
import { InterruptedError, RunInProgressError, TierlineError, UnavailableError } from '#errors/errors.ts';
import type { Clock } from '#ports/clock.ts';
import type { Log } from '#ports/log.ts';
import type { JobName } from '#ports/queue.ts';
import { CATALOGUE, type JobPayload, parsePayload, type QueueName } from './catalogue.ts';
import { decideRetry } from './decide-retry.ts';
import { createProgressKeeper } from './keep-progress.ts';
import {
  type JobQueue,
  type JobWorker,
  makeQueue,
  makeWorker,
  type Processor,
  type QueueBackend,
  type StoredJob,
} from './queue-backend.ts';
import { CANCELLED, isCancelled } from './to-queued-run.ts';

export interface JobContext {
  /** The job's id: for a run, the id that was promised to whoever asked. */
  readonly id: string;
  /** Aborts when the job is cancelled, takes too long, or the worker is to stop: end after the batch in hand. */
  readonly signal: AbortSignal;
  report(step: string, done: number, total: number | null): void;
  /** The run under which this try is stored. From now on the same request makes a job of its own. */
  begun(storedRun: string): Promise<void>;
}

export type JobHandlers = {
  readonly [Name in JobName]: (payload: JobPayload<Name>, context: JobContext) => Promise<void>;
};

export interface WorkerParts {
  readonly backend: QueueBackend;
  readonly handlers: JobHandlers;
  /** Errands side by side; runs go one at a time over all workers. */
  readonly concurrency: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly pace?: WorkerPace;
}

/** How soon a worker notices; milliseconds. */
export interface WorkerPace {
  /** A worker that died holds its job this long. A busy event loop (keys of a million records) must not look like death. */
  readonly lockMs: number;
  /** How often somebody looks for jobs of dead workers: one is found at the second look. */
  readonly stalledLookMs: number;
  readonly cancelLookMs: number;
  /** A command line holds the run lock: when to look again. */
  readonly lockRetryMs: number;
}

const PACE: WorkerPace = { lockMs: 60_000, stalledLookMs: 20_000, cancelLookMs: 1_000, lockRetryMs: 5_000 };
/** Deployments may kill a long run several times; each time another worker takes it up. */
const MOST_STALLS = 10;
const RECONNECT_MS = 2_000;

export interface RunningWorker {
  /** Takes no more jobs, ends the runs under way after their batch and gives them back to the queue. */
  stop(): Promise<void>;
}

/** Resolves when the worker is ready to take jobs. */
export async function startWorker(parts: WorkerParts): Promise<RunningWorker> {
  const { backend, clock, log, handlers, concurrency } = parts;
  const pace = parts.pace ?? PACE;
  const shutdown = new AbortController();
  const underWay = new Map<string, AbortController>();
  const queues = { runs: makeQueue(backend, 'runs', log), errands: makeQueue(backend, 'errands', log) };
  await queues.runs.setGlobalConcurrency(1);

  const options = {
    lockDuration: pace.lockMs,
    stalledInterval: pace.stalledLookMs,
    maxStalledCount: MOST_STALLS,
    runRetryDelay: RECONNECT_MS,
    settings: {
      backoffStrategy: (_tries: number, _type?: string, error?: Error) =>
        error instanceof JobFailure && error.afterMs !== null ? error.afterMs : -1,
    },
  };
  const start = (name: QueueName, atOnce: number): JobWorker => {
    const processor: Processor = (job, token) => process(queues[name], job, token);
    const worker = makeWorker(backend, name, processor, { ...options, concurrency: atOnce }, log);
    worker.on('stalled', (id) => log.warn('A worker died over a job; it is taken up again', { job: id }));
    worker.on('lockRenewalFailed', (ids) => {
      for (const id of ids) underWay.get(id)?.abort(new InterruptedError('Another worker has the job'));
    });
    return worker;
  };
  const workers = [start('runs', 1), start('errands', concurrency)];
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));

  return {
    async stop() {
      // First close, then abort: a worker that is not closing would fetch what is given back.
      const closing = workers.map((worker) => worker.close());
      shutdown.abort(new InterruptedError('The worker stops'));
      await Promise.all(closing);
      await Promise.all([queues.runs.close(), queues.errands.close()]);
    },
  };

  async function process(queue: JobQueue, job: StoredJob, token: string): Promise<void> {
    const id = job.id ?? '';
    const { name } = job;
    if (isCancelled(job)) throw new UnrecoverableError(CANCELLED);
    const tries = job.attemptsMade + 1;
    const ended = new AbortController();
    underWay.set(id, ended);
    const over = new AbortController();
    void endWhenLate(name, ended, over.signal);
    void endWhenCancelled(queue, id, ended, over.signal);
    const progress = createProgressKeeper(job, tries, clock);
    const context: JobContext = {
      id,
      signal: AbortSignal.any([shutdown.signal, ended.signal]),
      report: (step, done, total) => progress.report(step, done, total),
      async begun(storedRun) {
        await progress.begun(storedRun);
        await job.removeDeduplicationKey();
      },
    };
    const startedAt = clock.now().getTime();
    try {
      shutdown.signal.throwIfAborted();
      await carryOut(name, job.data, context);
      log.info('Job done', { job: id, kind: name, ms: clock.now().getTime() - startedAt });
    } catch (error) {
      await settle(job, token, error, { tries, ended: ended.signal });
    } finally {
      over.abort();
      underWay.delete(id);
      await progress.flush();
    }
  }

  async function carryOut(name: JobName, data: unknown, context: JobContext): Promise<void> {
    // One line a job, so that each handler keeps the type of its own payload.
    if (name === 'sync') return handlers.sync(parsePayload(name, data), context);
    if (name === 'sync-touched') return handlers['sync-touched'](parsePayload(name, data), context);
    if (name === 'start-scheduled') return handlers['start-scheduled'](parsePayload(name, data), context);
    return handlers['poll-changes'](parsePayload(name, data), context);
  }

  /** Always throws: BullMQ takes the kind of error as the decision. */
  async function settle(
    job: StoredJob,
    token: string,
    error: unknown,
    { tries, ended }: { readonly tries: number; readonly ended: AbortSignal },
  ): Promise<never> {
    const fields = { job: job.id ?? '', kind: job.name };
    if (ended.aborted && ended.reason === CANCELLED) {
      log.info('Job cancelled', fields);
      throw new UnrecoverableError(CANCELLED);
    }
    if (shutdown.signal.aborted) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    if (error instanceof RunInProgressError) {
      await job.moveToDelayed(clock.now().getTime() + pace.lockRetryMs, token);
      throw new DelayedError();
    }
    const cause = ended.aborted && ended.reason instanceof TierlineError ? ended.reason : error;
    const decision = decideRetry(cause, tries);
    const afterMs = decision.again && CATALOGUE[job.name].isRetried ? decision.afterMs : null;
    const reason = reasonOf(cause);
    log[afterMs === null ? 'error' : 'warn']('Job failed', {
      ...fields,
      tries,
      reason,
      ...(afterMs === null ? {} : { againAfterMs: afterMs }),
      ...(cause instanceof TierlineError ? {} : { stack: framesOf(cause) }),
    });
    throw new JobFailure(reason, afterMs);
  }

  async function endWhenLate(name: JobName, ended: AbortController, over: AbortSignal): Promise<void> {
    const { timeoutMs } = CATALOGUE[name];
    await clock.sleep(timeoutMs, over).then(
      () => ended.abort(new UnavailableError(`The job took longer than ${timeoutMs / 60_000} minutes`)),
      () => undefined,
    );
  }

  /** The flag is stored with the job, so that whichever worker has it sees it, one that took it over included. */
  async function endWhenCancelled(
    queue: JobQueue,
    id: string,
    ended: AbortController,
    over: AbortSignal,
  ): Promise<void> {
    while (!over.aborted) {
      await clock.sleep(pace.cancelLookMs, over).catch(() => undefined);
      if (over.aborted) return;
      // A queue that is away for a moment is looked at again.
      const stored = await queue.getJob(id).catch(() => undefined);
      if (stored !== undefined && isCancelled(stored)) ended.abort(CANCELLED);
    }
  }
}

/** What BullMQ stores of a failure and asks for the time of the next try. */
class JobFailure extends Error {
  /** Null: never. */
  readonly afterMs: number | null;

  constructor(reason: string, afterMs: number | null) {
    super(reason);
    this.afterMs = afterMs;
  }
}

/** Our own messages hold no secret and no person's data; those of others are not shown to people. */
function reasonOf(error: unknown): string {
  if (error instanceof TierlineError) {
    return error.next === undefined ? error.message : `${error.message}. ${error.next}`;
  }
  const kind = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : '';
  return `Internal error (${kind}${code}); the worker's log says where`;
}

/** Where it happened, without the message. */
function framesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at /u.test(line))
    .join('\n');
}
