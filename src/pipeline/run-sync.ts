// The main job: sources → pull → key → score → plan → write-back → report. Strings the steps; decides nothing itself.
import { ConfigError, UsageError } from '#errors/errors.ts';
import type { RunRequest } from '#ports/queue.ts';
import { adoptPlan } from './adopt-plan.ts';
import type { ConnectedCrm } from './connected-crm.ts';
import { readOf } from './connection-run.ts';
import { findAccountKeys } from './find-account-keys.ts';
import { type HeldRun, holdRun, type RunToHold } from './hold-run.ts';
import { approvesKeys, runKeyStep } from './keys/key-step.ts';
import { loadSources } from './load-sources.ts';
import { planCompanies } from './plan/plan-companies.ts';
import { pullConnection } from './pull-connection.ts';
import { readConnection } from './read-connection.ts';
import { reportRun } from './report-run.ts';
import type { Session } from './session.ts';
import { settleDoubts } from './settle-doubts.ts';
import type { SyncResult } from './sync-report.ts';
import { writeBack } from './write-back.ts';

export interface SyncOptions extends RunRequest {
  /** Asked once the lock is held, for the id that the run is stored under; left out: a new one. */
  readonly nameRun?: () => Promise<string>;
}

export async function runSync(session: Session, options: SyncOptions): Promise<SyncResult> {
  const chosen = chooseConnections(session, options.connections);
  const { accounts, full, dryRun, asOf, approve, nameRun } = options;
  const toHold: RunToHold = {
    mode: dryRun ? 'dry-run' : approve === null ? 'live' : 'approved',
    asOf,
    connections: chosen.map(({ id }) => id),
    options: { accounts, full, approve },
    nameRun,
    check: (moment) => requireForwardTime(session, moment, dryRun),
  };
  return holdRun(session, toHold, (held) => carryOut(options, chosen, held));
}

async function carryOut(
  options: SyncOptions,
  chosen: readonly ConnectedCrm[],
  held: HeldRun,
): Promise<SyncResult> {
  const { session, run, asOf, mode } = held;
  const step = createStepLog(session);
  const keysOnly = await approvesKeys(session.store, options.approve);
  // Before the first call to a CRM: what is wrong with our own files costs nothing.
  const sources = await loadSources({ ...session, keyRules: session.rules.keys }, session.settings.sources);
  const connections = await Promise.all(
    chosen.map((connected) =>
      readConnection(session, connected, (objects) =>
        pullConnection(session, run, connected, objects, options.full),
      ),
    ),
  );
  session.signal.throwIfAborted();
  step('sources and pull');
  await settleDoubts(session.store, readOf(connections));
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
  return reportRun(session, { ...held, sources, connections, planned });
}

function createStepLog({ clock, log }: Session): (step: string) => void {
  let since = clock.now().getTime();
  return (step) => {
    const now = clock.now().getTime();
    log.info('Step done', { step, ms: now - since });
    since = now;
  };
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
