// Puts runs into their queue: under a new run id, once for what is asked twice, at the urgency its catalogue says.
import type { EnqueuedRun, JobName, RunRequest } from '#ports/queue.ts';
import { CATALOGUE, type JobPayload, requestIdentity, TOUCHED_URGENCY, urgencyOf } from './catalogue.ts';
import type { JobQueue } from './queue-backend.ts';

/** Events of one burst (a merge, an import, a form that writes three objects) arrive within seconds of each other. */
const TOUCHED_DEBOUNCE_MS = 5_000;
const TOUCHED = 'touched';

export async function addSync(
  runs: JobQueue,
  id: string,
  request: RunRequest,
  origin: 'person' | 'schedule',
): Promise<EnqueuedRun> {
  return add(
    runs,
    id,
    'sync',
    { request, cancelled: false },
    {
      identity: requestIdentity(request),
      priority: urgencyOf(request, origin),
      delay: 0,
    },
  );
}

export async function addTouched(runs: JobQueue, id: string): Promise<EnqueuedRun> {
  return add(
    runs,
    id,
    'sync-touched',
    { cancelled: false },
    {
      identity: TOUCHED,
      priority: TOUCHED_URGENCY,
      delay: TOUCHED_DEBOUNCE_MS,
    },
  );
}

async function add<Name extends JobName>(
  runs: JobQueue,
  id: string,
  name: Name,
  payload: JobPayload<Name>,
  options: { readonly identity: string; readonly priority: number; readonly delay: number },
): Promise<EnqueuedRun> {
  const { identity, priority, delay } = options;
  const job = await runs.add(name, payload, {
    ...keepFor(name),
    jobId: id,
    priority,
    delay,
    // The key is taken away when a worker begins the job: what is asked from then on may not be seen by it any more.
    deduplication: { id: identity },
  });
  return { run: job.id ?? id, isNew: job.id === id };
}

/** The number of tries is decided by the error (decide-retry.ts), so BullMQ's own limit is out of reach. */
export function keepFor(name: JobName) {
  const age = CATALOGUE[name].keptDays * 24 * 3600;
  return {
    attempts: 1_000,
    backoff: { type: 'by error class' },
    removeOnComplete: { age },
    removeOnFail: { age },
    // Messages of drivers may hold values; what failed is said in the reason.
    stackTraceLimit: 0,
  };
}
