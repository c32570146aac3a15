// The report step: counts what became of every planned record and closes the run. Every number comes from what was stored.
import type { ChangeStatus, PlannedVerb } from '#domain/plan/planned-change.ts';
import type { CrmObject } from '#domain/record/objects.ts';
import type { Json, RunMode, RunStatus, Store } from '#ports/store.ts';
import type { ConnectionRun } from './connection-run.ts';
import type { LoadedSource } from './load-sources.ts';
import { noCounts, type PlanOutcome } from './plan/plan-outcome.ts';
import type { Session } from './session.ts';
import type { ConnectionReport, Failure, SyncReport, SyncResult } from './sync-report.ts';

export interface RunToReport {
  readonly run: string;
  readonly mode: RunMode;
  readonly asOf: string;
  readonly startedAt: Date;
  readonly sources: readonly LoadedSource[];
  readonly connections: readonly ConnectionRun[];
  readonly planned: PlanOutcome;
}

export async function reportRun(session: Session, facts: RunToReport): Promise<SyncResult> {
  const { store, clock } = session;
  const { run, mode, asOf, planned } = facts;
  const causes: number[] = [];
  const failures: Failure[] = [...planned.failures];
  for (const { code } of planned.alerts) session.log.warn('Somebody should look at this run', { code });
  for (const { failure } of facts.connections) {
    if (failure === null) continue;
    failures.push(failure.failure);
    causes.push(failure.exitCode);
  }
  failures.push(...(await rowFailures(store, run)));
  const connections: ConnectionReport[] = [];
  for (const connection of facts.connections)
    connections.push(await reportConnection(store, run, connection, planned));
  if (connections.some(({ failed }) => failed > 0)) causes.push(3);
  if (planned.held !== null) causes.push(6);

  const finishedAt = clock.now();
  const report: SyncReport = {
    schema: 'tierline.sync/1',
    run,
    mode,
    asOf,
    held: planned.held,
    ignored: {
      futureEvents: planned.futureEvents,
      sourceRows: facts.sources.reduce((sum, { result }) => sum + result.refused, 0),
    },
    connections,
    failures,
    ...(planned.alerts.length === 0 ? {} : { alerts: planned.alerts }),
    durationMs: finishedAt.getTime() - facts.startedAt.getTime(),
  };
  await store.runs.finish(run, statusOf(facts, causes), finishedAt.toISOString(), toJson(report));
  return { report, causes };
}

function statusOf({ planned, connections }: RunToReport, causes: readonly number[]): RunStatus {
  if (planned.held !== null) return 'held';
  if (causes.includes(7)) return 'stopped';
  return connections.some(({ failure }) => failure !== null) ? 'failed' : 'done';
}

async function reportConnection(
  store: Store,
  run: string,
  { connected, objects, pulled }: ConnectionRun,
  planned: PlanOutcome,
): Promise<ConnectionReport> {
  const connection = connected.id;
  const count = (object?: CrmObject, verb?: PlannedVerb, status?: ChangeStatus) =>
    store.plans.count({
      run,
      connection,
      ...(object === undefined ? {} : { object }),
      ...(verb === undefined ? {} : { verb }),
      ...(status === undefined ? {} : { status }),
    });
  const { tiers, unchanged } = planned.counts.get(connection) ?? noCounts();
  const { read, write } = connected.crm.usage();
  const hasLeads = objects?.has('lead') === true;
  const rows = (object: CrmObject) => pulled.find((one) => one.object === object)?.records ?? 0;
  return {
    id: connection,
    crm: connected.kind,
    pulled: {
      account: rows('account'),
      contact: rows('contact'),
      opportunity: rows('opportunity'),
      ...(hasLeads ? { lead: rows('lead') } : {}),
    },
    keyed: await store.keys.count(connection),
    tiers,
    changes: {
      account: { update: await count('account', 'update') },
      contact: { update: await count('contact', 'update') },
      ...(hasLeads ? { lead: { update: await count('lead', 'update') } } : {}),
      task: { create: await count('task', 'create'), close: await count('task', 'close') },
      program: { create: await count('program', 'create'), update: await count('program', 'update') },
    },
    written: await count(undefined, undefined, 'written'),
    unchanged,
    skipped: await count(undefined, undefined, 'skipped'),
    failed: await count(undefined, undefined, 'failed'),
    calls: { read, write },
  };
}

async function rowFailures(store: Store, run: string): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for (const status of ['failed', 'skipped'] as const) {
    for await (const { connection, object, recordId, accountId, error } of store.plans.stream({
      run,
      status,
    })) {
      if (error === null) continue;
      const { code, field, message, retry, next } = error;
      failures.push({ connection, object, id: recordId ?? accountId, field, code, message, retry, next });
    }
  }
  return failures;
}

function toJson(report: SyncReport): Json {
  return JSON.parse(JSON.stringify(report)) as Json;
}
