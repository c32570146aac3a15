// The score and plan steps: one pass over all companies, each judged and compared with what the CRMs hold; with capacity on, a
// second over those that claim a slot. The plan and the new tier states are stored together before anything is sent.
import { limitTasks, type WaitingReason } from '#domain/task/limit-tasks.ts';
import type { TaskPolicy } from '#domain/task/task-policy.ts';
import type { CapacityPlace } from '#domain/tier/apply-capacity.ts';
import type { CrmOwner, RowError } from '#ports/crm.ts';
import type { CompanyDossier, PlanWriter, SourceLoadResult, Store } from '#ports/store.ts';
import { toConnectionFailure } from '../connection-failure.ts';
import type { ConnectionRun } from '../connection-run.ts';
import type { KeyStepOutcome } from '../keys/key-step.ts';
import type { LoadedSource } from '../load-sources.ts';
import { prepareScoring, type Scoring } from '../score/scoring.ts';
import type { Session } from '../session.ts';
import type { HeldReason } from '../sync-report.ts';
import { alertOfOverbooking } from './alert-of-overbooking.ts';
import { openCapacityRound, placeCompany } from './capacity-round.ts';
import { type JudgedCompany, judgeCompany } from './judge-company.ts';
import { ownerLoads } from './owner-loads.ts';
import { type CompanyPlan, planCompany } from './plan-company.ts';
import { planLeads } from './plan-leads.ts';
import type { PlanOutcome } from './plan-outcome.ts';
import { createPlanTally, type PlanTally } from './plan-tally.ts';
import type { NewTask } from './plan-task.ts';

export interface PlanRequest {
  readonly run: string;
  readonly asOf: string;
  readonly sources: readonly LoadedSource[];
  readonly connections: readonly ConnectionRun[];
  /** Just these companies; null for all. */
  readonly keys: readonly string[] | null;
  /** The results become the companies' state; a dry run's do not. */
  readonly adopt: boolean;
  /** Company keys that wait hold the run: it is planned with the keys as they were. */
  readonly keyed: KeyStepOutcome;
}

export async function planCompanies(session: Session, request: PlanRequest): Promise<PlanOutcome> {
  const { store } = session;
  const scoring = await prepareScoring(session, request.asOf, request.sources);
  const planning = {
    run: request.run,
    scoring,
    connections: new Map(request.connections.map((connection) => [connection.connected.id, connection])),
  };
  const tally = createPlanTally(request.connections);
  const round = openCapacityRound(scoring);
  const newTasks: NewTask[] = [];
  const writer = await store.plans.openWriter(request.run);
  try {
    let done = 0;
    const planOne = async (dossier: CompanyDossier, judged: JudgedCompany, place: CapacityPlace | null) => {
      const placed = placeCompany(judged, place);
      const plan = planCompany(dossier, placed, planning);
      await keepPlan(writer, plan);
      newTasks.push(...plan.newTasks);
      tally.add(placed, plan);
      done += 1;
      session.progress.report('score and plan', done, null);
    };
    for await (const { dossier, judged } of judgeAll(session, request.keys, scoring)) {
      if (!round.defers(judged)) await planOne(dossier, judged, null);
    }
    // Whoever claims a slot is judged again, when it is known who else does.
    const { places, overbooked } = await round.givePlaces(store, request.keys);
    if (round.keys().length > 0) {
      for await (const { dossier, judged } of judgeAll(session, round.keys(), scoring)) {
        await planOne(dossier, judged, places.get(dossier.companyKey) ?? null);
      }
    }
    const waiting = await planTasks(session, writer, newTasks, request, scoring.policy.tasks);
    const leads = await planLeads(store, writer, request.run, request.connections, request.keys);
    for (const [connection, count] of leads.unchanged) {
      const counts = tally.counts.get(connection);
      if (counts !== undefined) counts.unchanged += count;
    }
    if (request.keys === null)
      await countStrays(store, request.connections, tally, request.keyed.held !== null);
    const held =
      request.keyed.held ??
      holdReason(tally, await unseenLoads(store, request.sources), scoring.policy.breaker);
    await writer.commit(request.adopt && held === null);
    // What waits is on record with its reason, like any other change that is not sent.
    if (waiting.length > 0) await store.plans.settle(request.run, waiting);
    const alerts = overbooked.map(alertOfOverbooking);
    return {
      counts: tally.counts,
      futureEvents: tally.futureEvents(),
      held,
      failures: request.keyed.failures,
      alerts,
    };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** Companies without accounts are left out: contacts alone are not tiered. */
async function* judgeAll(session: Session, keys: readonly string[] | null, scoring: Scoring) {
  for await (const dossier of session.store.dossiers.stream(keys === null ? {} : { keys })) {
    session.signal.throwIfAborted();
    const judged = judgeCompany(dossier, scoring);
    if (judged !== null) yield { dossier, judged };
  }
}

async function keepPlan(writer: PlanWriter, plan: CompanyPlan): Promise<void> {
  for (const change of plan.changes) await writer.addChange(change);
  await writer.addResult(plan.result);
}

/** Contacts that belong to no company are records too, and nothing about them changes; so are new accounts while keys wait. */
async function countStrays(
  store: Store,
  connections: readonly ConnectionRun[],
  tally: PlanTally,
  keysWait: boolean,
): Promise<void> {
  for (const { connected } of connections) {
    const count = tally.counts.get(connected.id);
    if (count === undefined) continue;
    const accounts = await store.records.count(connected.id, 'account');
    const contacts = await store.records.count(connected.id, 'contact');
    count.unchanged += accounts + contacts - tally.compared(connected.id);
    if (keysWait) {
      const counted = Object.values(count.tiers).reduce((sum, each) => sum + each, 0);
      count.tiers.Unscored += accounts - counted;
    }
  }
}

async function planTasks(
  session: Session,
  writer: PlanWriter,
  tasks: readonly NewTask[],
  request: PlanRequest,
  policy: TaskPolicy,
) {
  const waiting: { readonly changeId: string; readonly status: 'skipped'; readonly error: RowError }[] = [];
  for (const connection of request.connections) {
    const { connected } = connection;
    const wanted = tasks.filter((task) => task.connection === connected.id);
    if (wanted.length === 0) continue;
    const owners = await readOwners(session, connection);
    if (owners === null) continue;
    const loads = await ownerLoads(session.store, connected.id, request.asOf.slice(0, 10));
    const candidates = wanted.map((task) => ({
      task,
      key: task.change.idempotencyKey ?? task.change.id,
      rule: task.rule,
      priority: task.priority,
      owner:
        task.ownerId === null
          ? null
          : { id: task.ownerId, active: owners.get(task.ownerId)?.active ?? false },
    }));
    for (const { candidate, waits } of limitTasks(candidates, loads, policy)) {
      await writer.addChange(candidate.task.change);
      if (waits !== null) {
        waiting.push({ changeId: candidate.task.change.id, status: 'skipped', error: waitingError(waits) });
      }
    }
  }
  return waiting;
}

/** Null when the connection fails: its tasks wait for the next run, the others go on. */
async function readOwners(
  { signal }: Session,
  connection: ConnectionRun,
): Promise<ReadonlyMap<string, CrmOwner> | null> {
  if (connection.failure !== null) return null;
  const { connected } = connection;
  try {
    return new Map((await connected.crm.owners()).map((owner) => [owner.id, owner]));
  } catch (error) {
    signal.throwIfAborted();
    connection.failure = toConnectionFailure(connected.id, error);
    return null;
  }
}

const WAITING: Readonly<Record<WaitingReason, { readonly message: string; readonly next: string }>> = {
  no_owner: {
    message: 'the account has no owner',
    next: 'Give the account an owner; the next sync makes the task.',
  },
  inactive_owner: {
    message: "the account's owner is inactive",
    next: 'Give the account an active owner; the next sync makes the task.',
  },
  owner_day_full: {
    message: 'the owner already got the new tasks of a day',
    next: 'Nothing to do: it is made on a later day.',
  },
  owner_full: {
    message: 'the owner has as many open tasks of ours as one may have',
    next: 'Nothing to do: it is made once the owner finished some.',
  },
};

function waitingError(reason: WaitingReason): RowError {
  return { code: reason, field: null, retry: 'later', ...WAITING[reason] };
}

/**
 * Loads that no applied run has worked with yet. A held run or a plan may have made one: that the file is known by now does not
 * mean that somebody said yes to it. Before the first applied run nothing is held.
 */
async function unseenLoads(
  store: Store,
  sources: readonly LoadedSource[],
): Promise<readonly SourceLoadResult[]> {
  const last = await store.runs.lastApplied();
  if (last === null) return [];
  return sources.map(({ result }) => result).filter(({ loadedAt }) => loadedAt > last.startedAt);
}

/** The run breaker (policy section 10): a change of this size is more often a broken source than news. */
function holdReason(
  tally: PlanTally,
  loads: readonly SourceLoadResult[],
  breaker: {
    readonly fromAccounts: number;
    readonly changingShare: number;
    readonly sourceLossShare: number;
  },
): HeldReason | null {
  const tiered = tally.tiered();
  const share = tiered === 0 ? 0 : tally.changing() / tiered;
  if (tiered >= breaker.fromAccounts && share > breaker.changingShare) {
    return { reason: 'tiers changing', share, limit: breaker.changingShare };
  }
  for (const { previousRows, rows, source } of loads) {
    if (previousRows === null || previousRows === 0) continue;
    const loss = (previousRows - rows) / previousRows;
    if (loss >= breaker.sourceLossShare) {
      return {
        reason: `source ${source} has fewer rows than at its last load`,
        share: loss,
        limit: breaker.sourceLossShare,
      };
    }
  }
  return null;
}
