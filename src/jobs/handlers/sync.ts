// The job `sync`: one run as a person or the schedule asked for it, and what its report means for the job.
import { BudgetError, ConfigError, UnavailableError } from '#errors/errors.ts';
import { runSync } from '#pipeline/run-sync.ts';
import type { SyncReport } from '#pipeline/sync-report.ts';
import type { RunRecord, Store } from '#ports/store.ts';
import type { JobPayload } from '../catalogue.ts';
import type { JobContext } from '../start-worker.ts';
import type { WithSession } from './with-session.ts';

export async function carryOutSync(
  withSession: WithSession,
  { request }: JobPayload<'sync'>,
  context: JobContext,
): Promise<void> {
  await withSession(context, async (session) => {
    if (await isCarriedOut(session.store, context.id)) return;
    const result = await runSync(session, { ...request, nameRun: () => beginRun(session.store, context) });
    requireWholeRun(result.report);
  });
}

/** The promised id; a later try of the same job has a number behind it. Call while the run lock is held. */
export async function beginRun(store: Store, context: JobContext): Promise<string> {
  const { id } = context;
  let number = 1;
  while ((await store.runs.find(tryOf(id, number))) !== null) number += 1;
  const run = tryOf(id, number);
  await context.begun(run);
  return run;
}

/**
 * A worker can die, or the queue's server with it, between the end of a run and the end of its job: whoever takes the job up
 * finds the run stored, and does not do it twice.
 */
async function isCarriedOut(store: Store, id: string): Promise<boolean> {
  let latest: RunRecord | null = null;
  for (let number = 1; ; number += 1) {
    const found = await store.runs.find(tryOf(id, number));
    if (found === null) break;
    latest = found;
  }
  if (latest === null || (latest.status !== 'done' && latest.status !== 'held')) return false;
  const report = latest.report as unknown as SyncReport | null;
  return report !== null && failedConnections(report).length === 0;
}

function tryOf(id: string, number: number): string {
  return number === 1 ? id : `${id}-${number}`;
}

/**
 * A connection that failed as a whole makes the job fail, so that it is tried again or somebody looks; what the others did
 * stands, and the next try finds it done. Refused rows do not: the next run plans them again anyway.
 */
export function requireWholeRun(report: SyncReport): void {
  const failed = failedConnections(report);
  const [first] = failed;
  if (first === undefined) return;
  const message = failed
    .map(({ connection, message: reason }) => `Connection ${connection}: ${reason}`)
    .join('; ');
  const passing = failed.filter(({ retry }) => retry === 'later');
  if (passing.length === 0) throw new ConfigError(message, { next: first.next });
  if (passing.every(({ code }) => code === 'budget')) throw new BudgetError(message, { next: first.next });
  throw new UnavailableError(message, { next: first.next });
}

function failedConnections({ failures }: SyncReport): SyncReport['failures'] {
  return failures.filter(({ object }) => object === 'connection');
}
