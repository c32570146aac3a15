// A worker that notices everything soon, for this process and for others.
import type { JobHandlers, WorkerPace } from '#jobs/start-worker.ts';
import type { Clock } from '#ports/clock.ts';

export const QUICK: WorkerPace = { lockMs: 1_500, stalledLookMs: 500, cancelLookMs: 50, lockRetryMs: 100 };

export const clock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new Error('aborted'));
      });
    }),
};

const nothing = async () => {};
export const NOTHING: JobHandlers = {
  sync: nothing,
  'sync-touched': nothing,
  'start-scheduled': nothing,
  'poll-changes': nothing,
};
