// Tells listeners what happens to a run, whichever process carries it out. One stream of events a process, opened by the first
// who listens.
import type { Log } from '#ports/log.ts';
import type { QueuedRunState, RunEvent } from '#ports/queue.ts';
import { readProgress } from './job-progress.ts';
import { type JobEvents, makeEvents, type QueueBackend } from './queue-backend.ts';
import { CANCELLED, toRunProgress } from './to-queued-run.ts';

type Listener = (event: RunEvent) => void;

export interface RunWatch {
  subscribe(run: string, listener: Listener): Promise<() => void>;
  close(): Promise<void>;
}

export function createRunWatch(backend: QueueBackend, log: Log): RunWatch {
  const listeners = new Map<string, Set<Listener>>();
  let opening: Promise<JobEvents> | null = null;
  const tell = (event: RunEvent) => {
    for (const listener of listeners.get(event.run) ?? []) listener(event);
  };

  return {
    async subscribe(run, listener) {
      opening ??= open(backend, log, tell);
      await opening;
      const those = listeners.get(run) ?? new Set();
      listeners.set(run, those.add(listener));
      return () => {
        those.delete(listener);
        if (those.size === 0 && listeners.get(run) === those) listeners.delete(run);
      };
    },
    async close() {
      await (await opening)?.close();
    },
  };
}

async function open(backend: QueueBackend, log: Log, tell: Listener): Promise<JobEvents> {
  const events = makeEvents(backend, 'runs', log);
  const state = (run: string, to: QueuedRunState) => tell({ kind: 'state', run, state: to });
  events.on('waiting', ({ jobId }) => state(jobId, 'waiting'));
  events.on('delayed', ({ jobId }) => state(jobId, 'delayed'));
  events.on('active', ({ jobId }) => state(jobId, 'active'));
  events.on('completed', ({ jobId }) => state(jobId, 'done'));
  events.on('failed', ({ jobId, failedReason }) =>
    state(jobId, failedReason === CANCELLED ? 'cancelled' : 'failed'),
  );
  events.on('progress', ({ jobId, data }) => {
    const progress = toRunProgress(readProgress(data));
    if (progress !== null) tell({ kind: 'progress', run: jobId, progress });
  });
  await events.waitUntilReady();
  return events;
}
