// The main job: sources → pull → key → score → plan → write-back → report. Strings the steps; decides nothing itself.
import {
  ConfigError,
  InterruptedError,
  RunInProgressError,
  UnavailableError,
  UsageError,
} from '#errors/errors.ts';
import type { RunMode } from '#ports/store.ts';
import { adoptPlan } from './adopt-plan.ts';
import { applyPlan } from './apply-plan.ts';
import { compareSchema, requireUsable } from './compare-schema.ts';
import type { ConnectedCrm, LiveObjects } from './connected-crm.ts';
import { toConnectionFailure } from './connection-failure.ts';
import type { ConnectionRun } from './connection-run.ts';
import { findAccountKeys } from './find-account-keys.ts';
import { approvesKeys, runKeyStep } from './keys/key-step.ts';
import { loadSources } from './load-sources.ts';
import { planCompanies } from './plan/plan-companies.ts';
import { pullConnection } from './pull-connection.ts';
import { refreshBeforeWriting } from './refresh-before-writing.ts';
import { reportRun } from './report-run.ts';
import { newRunId } from './run-id.ts';
import type { Session } from './session.ts';
import { settleDoubts } from './settle-doubts.ts';
import type { SyncResult } from './sync-report.ts';

export interface SyncOptions {
  /** Connection ids; empty means all. */
  readonly connections: readonly string[];
  /** CRM ids, company keys, domains or exact names; empty means all. */
  readonly accounts: readonly string[];
  readonly full: boolean;
  readonly dryRun: boolean;
  /** ISO moment; null is now. */
  readonly asOf: string | null;
  /** Run whose plan is applied. */
  readonly approve: string | null;
  /** Asked once the lock is held, for the id that the run is stored under; left out: a new one. */
  readonly nameRun?: () => Promise<string>;
}

export async function runSync(given: Session, options: SyncOptions): Promise<SyncResult> {
  const { store, clock } = given;
  const chosen = chooseConnections(given, options.connections);
  const startedAt = clock.now();
  const asOf = options.asOf ?? startedAt.toISOString();
  const mode: RunMode = options.dryRun ? 'dry-run' : options.approve === null ? 'live' : 'approved';
  const lost = new AbortController();
  const unlock = await store.runs.lock(() =>
    lost.abort(new UnavailableError('The connection that held the run lock was lost')),
  );
  if (unlock === null) {
    throw new RunInProgressError('Another run is at work on this workspace', {
      next: 'Wait until it is over (`tierline runs list`), or stop it.',
    });
  }
  // Without the lock another run may begin: this one ends after its batch.
  const session = { ...given, signal: AbortSignal.any([given.signal, lost.signal]) };
  let run = newRunId(startedAt);
  try {
    run = (await options.nameRun?.()) ?? run;
    await requireForwardTime(session, asOf, options.dryRun);
    await store.runs.start({
      id: run,
      mode,
      asOf,
      startedAt: startedAt.toISOString(),
      policyHash: session.rules.policyHash,
      connections: chosen.map(({ id }) => id),
      options: { accounts: options.accounts, full: options.full, approve: options.approve },
    });
    return await carryOut(session, options, { run, mode, asOf, startedAt, chosen });
  } catch (error) {
    const status = error instanceof InterruptedError ? 'interrupted' : 'failed';
    await store.runs
      .finish(run, status, clock.now().toISOString(), { error: messageOf(error) })
      .catch(() => undefined);
    throw error;
  } finally {
    await unlock();
  }
}

interface RunFacts {
  readonly run: string;
  readonly mode: RunMode;
  readonly asOf: string;
  readonly startedAt: Date;
  readonly chosen: readonly ConnectedCrm[];
}

async function carryOut(session: Session, options: SyncOptions, facts: RunFacts): Promise<SyncResult> {
  const { run, asOf, mode } = facts;
  const step = createStepLog(session);
  const keysOnly = await approvesKeys(session.store, options.approve);
  // Before the first call to a CRM: what is wrong with our own files costs nothing.
  const sources = await loadSources({ ...session, keyRules: session.rules.keys }, session.settings.sources);
  const connections = await Promise.all(
    facts.chosen.map((connected) => pullOne(session, run, connected, options.full)),
  );
  session.signal.throwIfAborted();
  step('sources and pull');
  await settleDoubts(session.store);
  const keyed = await runKeyStep(session, run, keysOnly ? options.approve : null);
  step('keys');
  await session.store.sources.resolve();
  step('resolve sources');

  const planned =
    options.approve === null || keysOnly
      ? await planCompanies(session, {
          run,
          asOf,
          sources,
          connections,
          keys: options.accounts.length === 0 ? null : await findAccountKeys(session.store, options.accounts),
          adopt: mode !== 'dry-run',
          keyed,
        })
      : await adoptPlan(session, options.approve, run, connections);
  step('score and plan');
  if (mode !== 'dry-run' && planned.held === null) await writeBack(session, run, connections);
  step('write back');
  return reportRun(session, { ...facts, sources, connections, planned });
}

function createStepLog({ clock, log }: Session): (step: string) => void {
  let since = clock.now().getTime();
  return (step) => {
    const now = clock.now().getTime();
    log.info('Step done', { step, ms: now - since });
    since = now;
  };
}

async function pullOne(
  session: Session,
  run: string,
  connected: ConnectedCrm,
  full: boolean,
): Promise<ConnectionRun> {
  const pulledAt = session.clock.now();
  let objects: LiveObjects | null = null;
  try {
    objects = requireUsable(connected, await compareSchema(connected));
    const pulled = await pullConnection(session, run, connected, objects, full);
    return { connected, objects, pulled, pulledAt, failure: null };
  } catch (error) {
    if (session.signal.aborted)
      throw new InterruptedError('The run was interrupted; what was read is stored');
    return { connected, objects, pulled: [], pulledAt, failure: toConnectionFailure(connected.id, error) };
  }
}

/** Connections are written side by side; one that fails leaves its changes planned, for the next run. */
async function writeBack(
  session: Session,
  run: string,
  connections: readonly ConnectionRun[],
): Promise<void> {
  await Promise.all(
    connections.map(async (connection) => {
      const { connected, objects } = connection;
      if (connection.failure !== null || objects === null) return;
      try {
        await refreshBeforeWriting(session, run, connection, objects);
        await applyPlan(session, run, connected, objects);
      } catch (error) {
        if (session.signal.aborted)
          throw new InterruptedError('The run was interrupted; what was written is stored');
        connection.failure = toConnectionFailure(connected.id, error);
      }
    }),
  );
}

function chooseConnections(session: Session, ids: readonly string[]): readonly ConnectedCrm[] {
  const known = session.connections.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new UsageError(`There is no connection "${unknown}"; there are: ${known.join(', ') || 'none'}`);
  }
  const chosen = session.connections.filter(({ id }) => ids.length === 0 || ids.includes(id));
  if (chosen.length === 0) {
    throw new ConfigError('The workspace has no connection', {
      next: 'Add one under `connections:` in tierline.yaml.',
    });
  }
  return chosen;
}

/** State only moves forward: an earlier moment may be looked at, not written. */
async function requireForwardTime(session: Session, asOf: string, dryRun: boolean): Promise<void> {
  const last = await session.store.runs.lastApplied();
  if (dryRun || last === null || last.asOf <= asOf) return;
  throw new UsageError(
    `--as-of ${asOf} is before the last run's ${last.asOf}: only a dry run may look back`,
    {
      next: 'Add --dry-run, or use `tierline plan`.',
    },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
