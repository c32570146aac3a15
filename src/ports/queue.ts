// What the edges (HTTP, command line) ask of the job queue: runs that are carried out by a worker, here or on another machine.
// Knows no backend: PostgreSQL and Redis behave alike.
//
// A run is asked for with `enqueue` and gets its id at once; that id is the one of `runs list`. A worker carries it out under
// the workspace's one run lock, so runs go one at a time, the most urgent first. A run that fails in a way that passes is
// tried again by itself: the second try is stored as `<id>-2`, the third as `<id>-3`; all of them are found by the first id.
// What was written stays written, whatever ends a try: every run is safe to repeat.

import type { TouchedRecord } from './store.ts';

/** Jobs by name; what each carries and how it is retried stands in the catalogue of src/jobs. */
export const JOB_NAMES = [
  /** A run as a person or the schedule asks for it. Takes the run lock. */
  'sync',
  /** A run of the records that webhooks and polls reported, and of nothing else. Takes the run lock. */
  'sync-touched',
  /** The schedule's moment has come: enqueues a `sync`. */
  'start-scheduled',
  /** Asks the CRMs without webhooks what changed, and reports it as touched. */
  'poll-changes',
] as const;
export type JobName = (typeof JOB_NAMES)[number];

export interface RunRequest {
  /** Connection ids; empty means all. */
  readonly connections: readonly string[];
  /** CRM ids, company keys, domains or exact names; empty means all. */
  readonly accounts: readonly string[];
  readonly full: boolean;
  readonly dryRun: boolean;
  /** ISO moment to score at; null is the moment the run starts. */
  readonly asOf: string | null;
  /** Run whose saved plan is applied; null for none. */
  readonly approve: string | null;
}

export interface EnqueuedRun {
  readonly run: string;
  /** False: the same request was waiting already, and `run` is that one's id. */
  readonly isNew: boolean;
}

/**
 * `waiting`: in line. `delayed`: waits for a moment (a retry, a lock held by a command line). `active`: under way.
 * `done`: over, with whatever the report says (held and row failures too). `failed`: given up; `failure` says why.
 */
export const QUEUED_RUN_STATES = ['waiting', 'delayed', 'active', 'done', 'failed', 'cancelled'] as const;
export type QueuedRunState = (typeof QUEUED_RUN_STATES)[number];

export interface RunProgress {
  readonly step: string;
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
}

export interface QueuedRun {
  /** As `enqueue` answered it. */
  readonly run: string;
  readonly name: JobName;
  readonly state: QueuedRunState;
  readonly request: RunRequest;
  /** The id under which the latest try is stored (`RunStore.find`); null before the first. */
  readonly storedRun: string | null;
  /** Tries begun. */
  readonly tries: number;
  readonly progress: RunProgress | null;
  /** Why it failed or is tried again: a message that holds no secret and no person's data; else null. */
  readonly failure: string | null;
  readonly enqueuedAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** In the order they happen; `state` after `active` may be `delayed` (tried again later) and `active` once more. */
export type RunEvent =
  | { readonly kind: 'state'; readonly run: string; readonly state: QueuedRunState }
  | { readonly kind: 'progress'; readonly run: string; readonly progress: RunProgress };

/** `stopping`: it is under way and ends after the batch in hand. `over`: it had ended before. */
export const CANCEL_RESULTS = ['cancelled', 'stopping', 'over', 'unknown'] as const;
export type CancelResult = (typeof CANCEL_RESULTS)[number];

export interface QueueCounts {
  readonly waiting: number;
  readonly delayed: number;
  readonly active: number;
  /** Kept failures; they are dropped after two weeks. */
  readonly failed: number;
}

export interface RunQueue {
  /**
   * Urgency follows from the request: named accounts before everything else that people ask for, that before the nightly
   * run, a full run last. A request that equals one still waiting adds nothing.
   * Throws UnavailableError when the queue's server does not answer.
   */
  enqueue(request: RunRequest): Promise<EnqueuedRun>;
  /**
   * Reports changed records (webhooks). Durable before it resolves; calls of a few seconds are carried out together as one
   * run, at the highest urgency, that reads these records alone. Repeats cost nothing.
   */
  touch(records: readonly TouchedRecord[]): Promise<void>;
  /** By the id that `enqueue` gave, or by the id of a later try. Null: never asked for here, or forgotten after two weeks. */
  find(run: string): Promise<QueuedRun | null>;
  /** Newest first; all states unless some are named. */
  list(options: {
    readonly states?: readonly QueuedRunState[];
    readonly limit: number;
  }): Promise<readonly QueuedRun[]>;
  /**
   * Tells what happens to a run from now on, whichever process carries it out; the answer stops it. Ask `find` after
   * subscribing, so that nothing in between is missed. Nothing comes after `done`, `failed` or `cancelled`.
   */
  watch(run: string, listener: (event: RunEvent) => void): Promise<() => void>;
  /** A waiting run is not begun; one under way stops after its batch, and what was written is stored. */
  cancel(run: string): Promise<CancelResult>;
  /** Asks for a failed or cancelled run again, under a new id. Null when there is none, or it has not ended that way. */
  retry(run: string): Promise<EnqueuedRun | null>;
  counts(): Promise<QueueCounts>;
  /** Rejects with UnavailableError when the queue's server does not answer: for readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
