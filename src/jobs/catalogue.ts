// The jobs there are: what each carries, in which queue it waits, how urgent it is and how long it may take. How it is carried
// out stands elsewhere, and whether it is tried again is decided in decide-retry.ts.
import { z } from 'zod';
import type { JobName, RunRequest } from '#ports/queue.ts';

/**
 * `runs` take the workspace's run lock and so go one at a time over all workers; `errands` are short, need no lock and go side
 * by side.
 */
export const QUEUE_NAMES = ['runs', 'errands'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

const runRequest = z.strictObject({
  connections: z.array(z.string()).readonly(),
  accounts: z.array(z.string()).readonly(),
  full: z.boolean(),
  dryRun: z.boolean(),
  asOf: z.string().nullable(),
  approve: z.string().nullable(),
}) satisfies z.ZodType<RunRequest>;

/** Set by whoever cancels; the worker that carries the job out looks for it. */
const cancelled = z.boolean().default(false);

const payloads = {
  sync: z.strictObject({ request: runRequest, cancelled }),
  'sync-touched': z.strictObject({ cancelled }),
  'start-scheduled': z.strictObject({ request: runRequest }),
  'poll-changes': z.strictObject({ connections: z.array(z.string()).readonly() }),
} satisfies Record<JobName, z.ZodType>;

export type JobPayload<Name extends JobName = JobName> = z.output<(typeof payloads)[Name]>;

export interface JobKind {
  readonly queue: QueueName;
  /** Calls to a CRM have deadlines of their own and a run ends by itself: this is for what hangs all the same. */
  readonly timeoutMs: number;
  /** Whether a failure that passes is a reason to try again; when is decided by decide-retry.ts. */
  readonly isRetried: boolean;
  /** Days that an ended job can still be looked up. */
  readonly keptDays: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const CATALOGUE: Readonly<Record<JobName, JobKind>> = {
  sync: { queue: 'runs', timeoutMs: 24 * HOUR, isRetried: true, keptDays: 14 },
  'sync-touched': { queue: 'runs', timeoutMs: 2 * HOUR, isRetried: true, keptDays: 2 },
  'start-scheduled': { queue: 'errands', timeoutMs: MINUTE, isRetried: true, keptDays: 14 },
  // The next one comes a minute later anyway.
  'poll-changes': { queue: 'errands', timeoutMs: 5 * MINUTE, isRetried: false, keptDays: 1 },
};

/** Lower goes first. Somebody waits for the first two; the full run is the longest, and no one does. */
const URGENCY = { touched: 1, account: 2, asked: 3, nightly: 4, full: 5 } as const;
export type Urgency = (typeof URGENCY)[keyof typeof URGENCY];

export const TOUCHED_URGENCY: Urgency = URGENCY.touched;

export function urgencyOf(request: RunRequest, origin: 'person' | 'schedule'): Urgency {
  if (request.accounts.length > 0) return URGENCY.account;
  if (request.full) return URGENCY.full;
  return origin === 'person' ? URGENCY.asked : URGENCY.nightly;
}

/** Two requests with one text ask for the same: the order of ids says nothing. */
export function requestIdentity(request: RunRequest): string {
  const { connections, accounts, full, dryRun, asOf, approve } = request;
  return JSON.stringify([connections.toSorted(), accounts.toSorted(), full, dryRun, asOf, approve]);
}

/** The payload as the catalogue has it; an unknown shape is a ZodError: another version of us enqueued it. */
export function parsePayload<Name extends JobName>(name: Name, data: unknown): JobPayload<Name> {
  return payloads[name].parse(data) as JobPayload<Name>;
}
