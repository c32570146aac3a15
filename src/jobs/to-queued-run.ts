// A stored job as the edges see it.
import type { QueuedRun, QueuedRunState, RunProgress, RunRequest } from '#ports/queue.ts';
import { parsePayload } from './catalogue.ts';
import { type JobProgressNote, readProgress } from './job-progress.ts';
import type { StoredJob } from './queue-backend.ts';

/** What a job failed with when a person ended it. */
export const CANCELLED = 'cancelled';

/** @param readAgain reads the job as it stands now */
export async function toQueuedRun(
  known: StoredJob,
  readAgain: (id: string) => Promise<StoredJob | undefined>,
): Promise<QueuedRun> {
  const state = await known.getState();
  // It may have ended, or failed and been put off, between the reading of the job and that of its state: then what was read
  // says nothing of it.
  const lacksItsEnd = (state === 'completed' || state === 'failed') && known.finishedOn === undefined;
  const lacksItsFailure = state === 'delayed' && known.failedReason === undefined;
  const job = lacksItsEnd || lacksItsFailure ? ((await readAgain(known.id ?? '')) ?? known) : known;
  const progress = readProgress(job.progress);
  return {
    run: job.id ?? '',
    name: job.name,
    state: stateOf(job, state),
    request: requestOf(job),
    storedRun: progress.storedRun,
    tries: progress.tries,
    progress: toRunProgress(progress),
    failure: job.failedReason === undefined || job.failedReason === CANCELLED ? null : job.failedReason,
    enqueuedAt: new Date(job.timestamp).toISOString(),
    startedAt: momentOf(job.processedOn),
    finishedAt: momentOf(job.finishedOn),
  };
}

export function toRunProgress({ step, done, total }: JobProgressNote): RunProgress | null {
  return step === null ? null : { step, done, total };
}

function stateOf(job: StoredJob, stored: string): QueuedRunState {
  if (stored === 'completed') return 'done';
  if (stored === 'failed') return job.failedReason === CANCELLED ? 'cancelled' : 'failed';
  if (stored === 'active') return 'active';
  if (isCancelled(job)) return 'cancelled';
  return stored === 'delayed' ? 'delayed' : 'waiting';
}

/** Cancelled before it began: it still passes through a worker, which ends it at once. */
export function isCancelled(job: StoredJob): boolean {
  const { data } = job;
  return data !== null && typeof data === 'object' && 'cancelled' in data && data.cancelled === true;
}

const TOUCHED_RECORDS_ONLY: RunRequest = {
  connections: [],
  accounts: [],
  full: false,
  dryRun: false,
  asOf: null,
  approve: null,
};

function requestOf(job: StoredJob): RunRequest {
  return job.name === 'sync' ? parsePayload('sync', job.data).request : TOUCHED_RECORDS_ONLY;
}

function momentOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

/** The id that was promised, from the id of a later try: `…-9f3a-2` is the second of `…-9f3a`. */
export function promisedId(run: string): string {
  return /^(?<first>\d{8}-\d{6}-[0-9a-f]{6})-\d+$/u.exec(run)?.groups?.['first'] ?? run;
}
