// What ingest and query jobs have in common: how they are described, and how their state shows over a few polls.
// The work is done at once; that it takes a while is what clients have to live with.
import type { Org } from '../org/org.ts';
import { toStamp } from '../org/stamp.ts';
import type { CsvFormat } from './csv.ts';

export const JOB_STATES = [
  'Open',
  'UploadComplete',
  'InProgress',
  'JobComplete',
  'Failed',
  'Aborted',
] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface JobHead {
  readonly id: string;
  readonly object: string;
  readonly operation: string;
  readonly createdById: string;
  readonly createdDate: string;
  readonly apiVersion: string;
  readonly format: CsvFormat;
}

export const createJobHead = (
  org: Org,
  head: Pick<JobHead, 'object' | 'operation' | 'createdById' | 'apiVersion' | 'format'>,
): JobHead => ({ ...head, id: org.mintId('750'), createdDate: toStamp(org.now()) });

export const printJobHead = (head: JobHead, state: JobState): Record<string, unknown> => ({
  id: head.id,
  operation: head.operation,
  object: head.object,
  createdById: head.createdById,
  createdDate: head.createdDate,
  systemModstamp: head.createdDate,
  state,
  concurrencyMode: 'Parallel',
  contentType: 'CSV',
  apiVersion: Number(head.apiVersion),
  lineEnding: head.format.lineEnding,
  columnDelimiter: head.format.delimiter,
});

export interface JobProgress {
  /** Counts a look at the job and says what it shows. */
  look(): JobState;
  readonly shown: JobState;
  abort(): void;
}

/**
 * UploadComplete until the first poll, then InProgress, and the outcome at poll number `pollsUntilDone`.
 * `finish` runs the job if that has not happened yet and says how it ended.
 */
export const createJobProgress = (
  pollsUntilDone: number,
  finish: () => 'JobComplete' | 'Failed',
): JobProgress => {
  let polls = 0;
  let aborted = false;
  const stateNow = (): JobState => {
    if (aborted) return 'Aborted';
    if (polls >= pollsUntilDone) return finish();
    return polls === 0 ? 'UploadComplete' : 'InProgress';
  };
  return {
    look() {
      polls += 1;
      return stateNow();
    },
    get shown() {
      return stateNow();
    },
    abort() {
      aborted = true;
    },
  };
};
