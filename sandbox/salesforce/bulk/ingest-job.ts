// An ingest job as it stands, and how it and its three result files are printed.
import type { DmlContext } from '../dml/dml-context.ts';
import { printCsvLine } from './csv.ts';
import { type JobHead, type JobProgress, type JobState, printJobHead } from './job.ts';
import { type IngestLine, type IngestOperation, type IngestResult, printRowErrors } from './run-ingest.ts';

export interface IngestJob {
  readonly head: JobHead;
  readonly operation: IngestOperation;
  readonly externalIdFieldName: string | null;
  readonly context: DmlContext;
  csv: string | null;
  /** Null until the client closed the upload. */
  progress: JobProgress | null;
  result: IngestResult | null;
  aborted: boolean;
}

export const stateOf = (job: IngestJob): JobState => {
  if (job.aborted) return 'Aborted';
  return job.progress === null ? 'Open' : job.progress.shown;
};

export const printJob = (job: IngestJob, state: JobState): Record<string, unknown> => {
  const head = printJobHead(job.head, state);
  const own = {
    ...(job.externalIdFieldName === null ? {} : { externalIdFieldName: job.externalIdFieldName }),
    contentUrl: `services/data/v${job.head.apiVersion}/jobs/ingest/${job.head.id}/batches`,
    jobType: 'V2Ingest',
  };
  if (state === 'Open') return { ...head, ...own };
  const isOver = state === 'JobComplete' || state === 'Failed';
  const lines = isOver && job.result !== null && !('problem' in job.result) ? job.result.lines : [];
  return {
    ...head,
    ...own,
    retries: 0,
    totalProcessingTime: isOver ? lines.length : 0,
    apiActiveProcessingTime: isOver ? lines.length : 0,
    apexProcessingTime: 0,
    numberRecordsProcessed: lines.length,
    numberRecordsFailed: lines.filter((line) => !line.outcome.success).length,
    ...(isOver && job.result !== null && 'problem' in job.result ? { errorMessage: job.result.problem } : {}),
  };
};

/** Batches run side by side: what comes back is not in the order of the upload. */
const shuffle = <T>(items: readonly T[]): T[] => [
  ...items.filter((_item, index) => index % 2 === 1).toReversed(),
  ...items.filter((_item, index) => index % 2 === 0),
];

export function* printSuccessful(job: IngestJob, header: readonly string[], lines: readonly IngestLine[]) {
  const { format } = job.head;
  yield printCsvLine(['sf__Id', 'sf__Created', ...header], format);
  for (const { cells, outcome } of shuffle(lines)) {
    if (outcome.success) yield printCsvLine([outcome.id, String(outcome.created), ...cells], format);
  }
}

export function* printFailed(job: IngestJob, header: readonly string[], lines: readonly IngestLine[]) {
  const { format } = job.head;
  yield printCsvLine(['sf__Id', 'sf__Error', ...header], format);
  for (const { cells, outcome } of shuffle(lines)) {
    if (!outcome.success)
      yield printCsvLine([outcome.id ?? '', printRowErrors(outcome.errors), ...cells], format);
  }
}

/** Lines no batch came to: those of a job that was aborted before it ran, or failed as a whole. */
export function* printUnprocessed(job: IngestJob, header: readonly string[], _lines: readonly IngestLine[]) {
  const wasRun = job.result !== null && !('problem' in job.result);
  if (wasRun) yield printCsvLine(header, job.head.format);
  else yield job.csv ?? '';
}
