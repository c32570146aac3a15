// Runs: asked for here, carried out by a worker, looked at while they go and afterwards.
import { z } from 'zod';
import { CHANGE_STATUSES } from '#domain/plan/planned-change.ts';
import { CRM_OBJECTS } from '#domain/record/objects.ts';
import { linesOfPlan } from '#pipeline/read-plan.ts';
import type { RunRequest } from '#ports/queue.ts';
import { pageCursor, toPageCursor } from '../answer/page-cursor.ts';
import { type Refusal, refuse } from '../answer/refusal.ts';
import { type Call, defineRoute, json, type Route } from '../route.ts';
import { findRun, runSchema, runSummarySchema, toRunSummary } from './run-document.ts';

const runParams = z.object({ run: z.string() });
const startedSchema = z.object({ run: z.string().describe('Look at it with GET /api/runs/{run}') });
const changePosition = z.object({
  connection: z.string(),
  object: z.enum(CRM_OBJECTS),
  accountId: z.string().nullable(),
  id: z.string(),
});

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly(), z.null()]);

const lineSchema = z.object({
  id: z.string(),
  connection: z.string(),
  object: z.string(),
  recordId: z.string().nullable(),
  name: z.string().nullable(),
  field: z.string(),
  now: valueSchema,
  after: valueSchema,
  why: z.string(),
});

const NO_RUN = 'There is no run with this id.';

export const runRoutes: readonly Route[] = [
  defineRoute({
    method: 'post',
    path: '/api/runs',
    summary: 'Start a sync, or with dryRun a plan; a worker carries it out.',
    role: 'marketer',
    effect: 'changes',
    body: z.strictObject({
      connections: z.array(z.string()).default([]).describe('Connection ids; empty: all'),
      accounts: z
        .array(z.string().min(1))
        .max(10_000)
        .default([])
        .describe('CRM ids, company keys, domains or exact names; empty: all'),
      full: z.boolean().default(false).describe('Read everything again instead of what changed'),
      dryRun: z.boolean().default(false).describe('Compute and store the plan, write nothing'),
      asOf: z.iso.datetime().nullable().default(null).describe('Score as if it were this moment'),
    }),
    answer: json(startedSchema, 202),
    async handle(call) {
      const known = call.parts.session.connections.map(({ id }) => id);
      const unknown = call.body.connections.find((id) => !known.includes(id));
      if (unknown !== undefined) {
        const message = `there is no connection "${unknown}"; there are: ${known.join(', ') || 'none'}`;
        return refuse('bad-request', `body.connections: ${message}`, {
          errors: [{ path: 'body.connections', message }],
        });
      }
      return start(call, { ...call.body, approve: null });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/runs',
    summary: 'The latest runs, and what waits in the queue; newest first.',
    role: 'viewer',
    effect: 'reads',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(20) }),
    answer: json(
      z.object({
        runs: z.array(runSummarySchema),
        queued: z.array(z.object({ run: z.string(), state: z.string() })),
      }),
    ),
    async handle({ query, parts }) {
      const [stored, queued] = await Promise.all([
        parts.session.store.runs.list(query.limit),
        parts.queue.list({ states: ['waiting', 'delayed', 'active'], limit: query.limit }),
      ]);
      return {
        runs: stored.map(toRunSummary),
        queued: queued.map(({ run, state }) => ({ run, state })),
      };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/runs/:run',
    summary: 'One run: how far it is, and when it is over its report.',
    role: 'viewer',
    effect: 'reads',
    params: runParams,
    answer: json(runSchema),
    handle: async ({ params, parts }) => (await findRun(parts, params.run)) ?? refuse('not-found', NO_RUN),
  }),
  defineRoute({
    method: 'get',
    path: '/api/runs/:run/changes',
    summary: 'What the run planned: every record and field, now → after, and why; page by page.',
    role: 'viewer',
    effect: 'reads',
    params: runParams,
    query: z.strictObject({
      connection: z.string().optional(),
      object: z.enum(CRM_OBJECTS).optional(),
      status: z.enum(CHANGE_STATUSES).optional(),
      cursor: pageCursor(changePosition).optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(200).describe('Records a page'),
    }),
    answer: json(
      z.object({
        schema: z.literal('tierline.plan/1'),
        run: z.string(),
        changes: z.array(lineSchema),
        next: z.string().nullable(),
      }),
    ),
    async handle({ params, query, parts }) {
      const found = await findRun(parts, params.run);
      if (found === null) return refuse('not-found', NO_RUN);
      const { connection, object, status, cursor, limit } = query;
      const run = found.storedRun ?? params.run;
      const changes: z.input<typeof lineSchema>[] = [];
      let records = 0;
      for await (const change of parts.session.store.plans.stream({
        run,
        ...(connection === undefined ? {} : { connection }),
        ...(object === undefined ? {} : { object }),
        ...(status === undefined ? {} : { status }),
        ...(cursor === undefined ? {} : { after: cursor }),
      })) {
        changes.push(...linesOfPlan(change));
        records += 1;
        if (records < limit) continue;
        const { connection: of, object: kind, accountId, id } = change;
        const next = toPageCursor({ connection: of, object: kind, accountId, id });
        return { schema: 'tierline.plan/1' as const, run, changes, next };
      }
      return { schema: 'tierline.plan/1' as const, run, changes, next: null };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/runs/:run/approve',
    summary: 'Apply a held run or a saved plan as it was shown.',
    role: 'admin',
    effect: 'changes',
    params: runParams,
    answer: json(startedSchema, 202),
    async handle(call) {
      const stored = await findRun(call.parts, call.params.run);
      if (stored === null) return refuse('not-found', NO_RUN);
      if (stored.status !== 'held' && !(stored.mode === 'dry-run' && stored.status === 'done')) {
        return refuse(
          'conflict',
          `This run is ${stored.status ?? stored.state ?? 'not begun'}; only a held run or a saved plan can be approved.`,
        );
      }
      return start(call, {
        connections: [],
        accounts: [],
        full: false,
        dryRun: false,
        asOf: null,
        approve: stored.storedRun ?? call.params.run,
      });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/runs/:run/repeat',
    summary: 'Ask for a run that failed or was cancelled again, under a new id.',
    role: 'marketer',
    effect: 'changes',
    params: runParams,
    answer: json(startedSchema, 202),
    async handle({ params, parts, record }) {
      if ((await findRun(parts, params.run)) === null) return refuse('not-found', NO_RUN);
      const again = await parts.queue.retry(params.run);
      if (again === null) {
        return refuse('conflict', 'Only a run of the queue that failed or was cancelled can be repeated.');
      }
      const { run } = again;
      await record({ action: 'run.repeat', subject: `run:${params.run}`, before: null, after: { run } });
      return { run };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/runs/:run/cancel',
    summary: 'Stop a run: before it begins, or after the batch in hand. What was written stays.',
    role: 'marketer',
    effect: 'changes',
    params: runParams,
    answer: json(z.object({ result: z.enum(['cancelled', 'stopping']) }), 202),
    async handle({ params, parts, record }) {
      const before = await parts.queue.find(params.run);
      const result = await parts.queue.cancel(params.run);
      if (result === 'unknown') {
        return refuse('not-found', 'No run with this id is in the queue.', {
          next: 'A run of the command line is stopped there, with Ctrl-C.',
        });
      }
      if (result === 'over') return refuse('conflict', 'The run is over.');
      await record({
        action: 'run.cancel',
        subject: `run:${params.run}`,
        before: { state: before?.state ?? null },
        after: { state: result },
      });
      return { result };
    },
  }),
];

async function start(
  { parts, record }: Call<unknown, unknown, unknown>,
  request: RunRequest,
): Promise<Refusal | { run: string }> {
  const { run } = await parts.queue.enqueue(request);
  const { connections, accounts, full, dryRun, asOf, approve } = request;
  await record({
    action: approve === null ? 'run.start' : 'run.approve',
    subject: `run:${approve ?? run}`,
    before: null,
    after: { run, connections: [...connections], accounts: accounts.length, full, dryRun, asOf },
  });
  return { run };
}
