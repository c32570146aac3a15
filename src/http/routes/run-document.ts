// A run as the API shows it: what the queue knows of it and what the store holds, under the id it was asked for with.
import { z } from 'zod';
import { QUEUED_RUN_STATES, type QueuedRun } from '#ports/queue.ts';
import { RUN_MODES, RUN_STATUSES, type RunRecord } from '#ports/store.ts';
import type { ServiceParts } from '../service-parts.ts';

const moment = z.iso.datetime();
const configuration = z
  .record(z.string(), z.int())
  .describe('Version by file, of those that came from the database');

export const runSummarySchema = z.object({
  run: z.string(),
  mode: z.enum(RUN_MODES),
  status: z.enum(RUN_STATUSES),
  asOf: z.string(),
  startedAt: moment,
  finishedAt: moment.nullable(),
  policyHash: z.string(),
  configuration,
  connections: z.array(z.string()),
});

export const progressSchema = z.object({
  step: z.string(),
  done: z.number(),
  total: z.number().nullable(),
});

export const runSchema = z.object({
  run: z.string(),
  state: z
    .enum(QUEUED_RUN_STATES)
    .nullable()
    .describe('In the queue; null: the command line started it, or it is forgotten there'),
  storedRun: z
    .string()
    .nullable()
    .describe('Id of the latest try, as `runs list` shows it; null before the first'),
  tries: z.int().nullable(),
  progress: progressSchema.nullable(),
  failure: z.string().nullable().describe('Why it failed or is tried again'),
  mode: z.enum(RUN_MODES).nullable(),
  status: z.enum(RUN_STATUSES).nullable(),
  asOf: z.string().nullable(),
  enqueuedAt: moment.nullable(),
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  connections: z.array(z.string()),
  policyHash: z.string().nullable(),
  configuration,
  report: z.unknown().describe('The document of `sync --json`; null until it is over'),
});
export type RunDocument = z.input<typeof runSchema>;

export function toRunSummary(run: RunRecord): z.input<typeof runSummarySchema> {
  const { id, mode, status, asOf, startedAt, finishedAt, policyHash, connections } = run;
  return {
    run: id,
    mode,
    status,
    asOf,
    startedAt,
    finishedAt,
    policyHash,
    configuration: run.configuration ?? {},
    connections: [...connections],
  };
}

/** Null: neither of the two knows it. */
export async function findRun({ session, queue }: ServiceParts, id: string): Promise<RunDocument | null> {
  const queued = await queue.find(id);
  const stored = await session.store.runs.find(queued?.storedRun ?? id);
  return queued === null && stored === null ? null : describeRun(id, queued, stored);
}

function describeRun(id: string, queued: QueuedRun | null, stored: RunRecord | null): RunDocument {
  return {
    run: queued?.run ?? id,
    state: queued?.state ?? null,
    storedRun: stored?.id ?? null,
    tries: queued?.tries ?? null,
    progress: queued?.progress ?? null,
    failure: queued?.failure ?? null,
    mode: stored?.mode ?? null,
    status: stored?.status ?? null,
    asOf: stored?.asOf ?? queued?.request.asOf ?? null,
    enqueuedAt: queued?.enqueuedAt ?? null,
    startedAt: stored?.startedAt ?? queued?.startedAt ?? null,
    finishedAt: stored?.finishedAt ?? queued?.finishedAt ?? null,
    connections: [...(stored?.connections ?? queued?.request.connections ?? [])],
    policyHash: stored?.policyHash ?? null,
    configuration: stored?.configuration ?? {},
    report: stored?.report ?? null,
  };
}
