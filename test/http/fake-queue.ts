// A run queue in memory that does what the port promises and carries nothing out: tests move the runs along themselves.
import { UnavailableError } from '#errors/errors.ts';
import type { QueuedRun, QueuedRunState, RunEvent, RunProgress, RunQueue, RunRequest } from '#ports/queue.ts';
import type { TouchedRecord } from '#ports/store.ts';

export interface FakeQueue extends RunQueue {
  readonly requests: readonly RunRequest[];
  readonly touched: readonly TouchedRecord[];
  move(run: string, state: QueuedRunState): void;
  progress(run: string, progress: RunProgress): void;
  /** From now on the server behind it does not answer. */
  breakDown(isBroken: boolean): void;
  /** Resolves when somebody watches the run. */
  watched(run: string): Promise<void>;
}

export function createFakeQueue(): FakeQueue {
  const runs = new Map<string, QueuedRun>();
  const listeners = new Map<string, Set<(event: RunEvent) => void>>();
  const requests: RunRequest[] = [];
  const touched: TouchedRecord[] = [];
  const waiting: { readonly run: string; readonly resolve: () => void }[] = [];
  let broken = false;
  const demand = () => {
    if (broken) throw new UnavailableError('The job queue does not answer');
  };
  const tell = (event: RunEvent) => {
    for (const listener of listeners.get(event.run) ?? []) listener(event);
  };
  const change = (run: string, more: Partial<QueuedRun>) => {
    const known = runs.get(run);
    if (known === undefined) throw new Error(`no run ${run}`);
    runs.set(run, { ...known, ...more });
  };
  const queue: FakeQueue = {
    requests,
    touched,
    async enqueue(request) {
      demand();
      requests.push(request);
      const run = `run-${requests.length}`;
      runs.set(run, {
        run,
        name: 'sync',
        state: 'waiting',
        request,
        storedRun: null,
        tries: 0,
        progress: null,
        failure: null,
        enqueuedAt: '2026-11-22T08:00:00.000Z',
        startedAt: null,
        finishedAt: null,
      });
      return { run, isNew: true };
    },
    touch: async (records) => {
      demand();
      touched.push(...records);
    },
    async find(run) {
      demand();
      return runs.get(run) ?? null;
    },
    async list({ states, limit }) {
      demand();
      return [...runs.values()].filter(({ state }) => states?.includes(state) ?? true).slice(0, limit);
    },
    async watch(run, listener) {
      const known = listeners.get(run) ?? new Set();
      listeners.set(run, known.add(listener));
      for (const waiter of waiting.splice(0)) waiter.resolve();
      return () => known.delete(listener);
    },
    async cancel(run) {
      const known = runs.get(run);
      if (known === undefined) return 'unknown';
      if (known.state === 'done') return 'over';
      if (known.state === 'active') return 'stopping';
      queue.move(run, 'cancelled');
      return 'cancelled';
    },
    async retry(run) {
      const known = runs.get(run);
      if (known === undefined || (known.state !== 'failed' && known.state !== 'cancelled')) return null;
      return queue.enqueue(known.request);
    },
    async counts() {
      demand();
      return { waiting: runs.size, delayed: 0, active: 0, failed: 0 };
    },
    ping: async () => demand(),
    close: async () => undefined,
    move(run, state) {
      change(run, { state });
      tell({ kind: 'state', run, state });
    },
    progress(run, progress) {
      change(run, { progress });
      tell({ kind: 'progress', run, progress });
    },
    breakDown(isBroken) {
      broken = isBroken;
    },
    watched(run) {
      if ((listeners.get(run)?.size ?? 0) > 0) return Promise.resolve();
      return new Promise((resolve) => waiting.push({ run, resolve }));
    },
  };
  return queue;
}
