// What query and ingest jobs of Bulk 2.0 have in common: their description, and waiting for the end with few looks.
import { z } from 'zod';
import { ContractError, UnavailableError } from '#errors/errors.ts';
import { sleepOrStop } from '../../calls/retry.ts';
import type { CallKind } from '../../calls/usage-counter.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import type { CrmWindow } from '../call/vendor-clock.ts';
import { nextPollMs } from './poll-pace.ts';

const JobAnswer = z.object({
  id: z.string(),
  state: z.string(),
  numberRecordsProcessed: z.number().optional(),
  numberRecordsFailed: z.number().optional(),
  errorMessage: z.string().nullish(),
});
export type JobInfo = z.infer<typeof JobAnswer>;

export interface JobWait {
  /** `/jobs/query/750…` or `/jobs/ingest/750…` */
  readonly path: string;
  readonly kind: CallKind;
  readonly rows: number;
  readonly signal: AbortSignal | undefined;
}

export interface EndedJob {
  readonly job: JobInfo;
  /** The look that saw the end. */
  readonly window: CrmWindow | null;
}

export const readJobInfo = (client: SalesforceClient, body: unknown): JobInfo => {
  const parsed = JobAnswer.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ContractError(`${client.connection}: a bulk job was described in an unknown form`, {
    cause: parsed.error,
  });
};

const END_STATES = new Set(['JobComplete', 'Failed', 'Aborted']);

/** Looks until the job has ended, one way or another. A job that outlasts our patience goes on without us. */
export const waitForJob = async (
  client: SalesforceClient,
  { path, kind, rows, signal }: JobWait,
): Promise<EndedJob> => {
  const { timings } = client;
  let waitedMs = 0;
  for (let look = 1; waitedMs < timings.bulkPatienceMs; look += 1) {
    const waitMs = nextPollMs(timings, rows, look);
    await sleepOrStop(client.clock, waitMs, signal);
    waitedMs += waitMs;
    const { body, window } = await client.call({ method: 'GET', path, kind, reserved: true, signal });
    const job = readJobInfo(client, body);
    if (END_STATES.has(job.state)) return { job, window };
  }
  throw new UnavailableError(
    `${client.connection}: the bulk job ${path} is still running after ${timings.bulkPatienceMs} ms`,
    { next: 'Look at Setup > Bulk Data Load Jobs, then run again.' },
  );
};
