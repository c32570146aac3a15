// A worker of one workspace, over a store and a queue that somebody else opened and closes: what `worker` and `serve` have in common.

import type { Workspace } from '#config/load-workspace.ts';
import type { ConnectionSettings } from '#config/workspace-schema.ts';
import { TierlineError } from '#errors/errors.ts';
import { applySchedules } from '#jobs/apply-schedules.ts';
import { createPoller } from '#jobs/handlers/poll-changes.ts';
import { startScheduled } from '#jobs/handlers/start-scheduled.ts';
import { carryOutSync } from '#jobs/handlers/sync.ts';
import { carryOutTouched } from '#jobs/handlers/sync-touched.ts';
import type { WithSession } from '#jobs/handlers/with-session.ts';
import { makeQueue, type QueueBackend } from '#jobs/queue-backend.ts';
import { type RunningWorker, startWorker } from '#jobs/start-worker.ts';
import { type ScheduleSettings, wantedSchedules } from '#jobs/wanted-schedules.ts';
import type { Clock } from '#ports/clock.ts';
import type { Log } from '#ports/log.ts';
import type { OpenedStore } from '#store/open-store.ts';
import { type SessionParts, withSessionOn } from './open-session.ts';

export interface WorkspaceWorkerParts {
  readonly store: OpenedStore;
  readonly backend: QueueBackend;
  /** Short jobs side by side; runs go one at a time. */
  readonly concurrency: number;
  /** Reads the workspace's files as they are now: each job works with what they say when it begins. */
  readonly readParts: () => SessionParts;
}

export async function startWorkspaceWorker(parts: WorkspaceWorkerParts): Promise<RunningWorker> {
  const { store, backend, concurrency, readParts } = parts;
  const { clock, log } = readParts();
  const runs = makeQueue(backend, 'runs', log);
  const errands = makeQueue(backend, 'errands', log);
  const withSession: WithSession = async (around, work) =>
    withSessionOn(store, { ...readParts(), log, signal: around.signal, progress: around }, work);
  const poller = createPoller(withSession, runs, clock);
  const closeQueues = () => Promise.all([runs.close(), errands.close()]);
  try {
    const apply = () => applySchedules(errands, wantedSchedules(scheduleOf(readParts().workspace)));
    for (const { id, cron, timezone, next } of await apply())
      log.info('Scheduled', { schedule: id, cron, timezone, next });
    const worker = await startWorker({
      backend,
      handlers: {
        sync: (payload, context) => carryOutSync(withSession, payload, context),
        'sync-touched': (_payload, context) => carryOutTouched(withSession, context),
        'start-scheduled': (payload) => startScheduled(runs, clock, payload),
        'poll-changes': (payload, context) => poller.poll(payload, context),
      },
      concurrency,
      clock,
      log,
    });
    const stopped = new AbortController();
    const following = followFile(apply, { clock, log, signal: stopped.signal });
    return {
      async stop() {
        stopped.abort();
        await following;
        await worker.stop();
        await poller.close();
        await closeQueues();
      },
    };
  } catch (error) {
    await closeQueues();
    throw error;
  }
}

/** Also what brings schedules back that a Redis without persistence forgot. */
const FOLLOW_EVERY_MS = 60_000;

/** Takes up what changes in the file; one that cannot be read leaves the schedules as they are, and is told once. */
async function followFile(
  apply: () => Promise<unknown>,
  { clock, log, signal }: { readonly clock: Clock; readonly log: Log; readonly signal: AbortSignal },
): Promise<void> {
  let told = '';
  while (!signal.aborted) {
    await clock.sleep(FOLLOW_EVERY_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    try {
      await apply();
      told = '';
    } catch (error) {
      const reason = error instanceof TierlineError ? error.message : 'the queue does not answer';
      if (reason !== told) log.warn('The schedules stay as they were', { reason });
      told = reason;
    }
  }
}

function scheduleOf({ schedule, connections }: Workspace): ScheduleSettings {
  const { sync = null, full = null, changes = 'off', timezone = 'UTC' } = schedule ?? {};
  return {
    sync,
    full,
    changes: changes === 'off' ? null : changes,
    timezone,
    connections: connections.map((connection) => ({
      id: connection.id,
      sync: connection.schedule?.sync ?? null,
      full: connection.schedule?.full ?? null,
      isPolled: isPolled(connection),
    })),
  };
}

/** Only HubSpot sends webhooks, and only where they are set up. */
function isPolled(connection: ConnectionSettings): boolean {
  return connection.crm === 'salesforce' || connection.webhook === undefined;
}
