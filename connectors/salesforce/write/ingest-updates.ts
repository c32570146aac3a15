// Updates many records by bulk jobs and gives each its outcome; what a job leaves over goes on in small batches.
import type { ChangeOutcome, CrmChange } from '#ports/crm.ts';
import { rowErrorOf, toRowError } from '../errors.ts';
import { isLockCode } from '../row-advice.ts';
import { toLongId } from '../salesforce-id.ts';
import { fitsCsv, toIngestCsv } from './ingest-csv.ts';
import { IngestRefusedError, type IngestResult, runIngestJob } from './ingest-job.ts';
import { readBackUpdates } from './read-back.ts';
import { changeIdsOf, failed, type WriteParts } from './write-parts.ts';
import { estimateStamps } from './written-at.ts';

export interface Ingested {
  readonly outcomes: readonly ChangeOutcome[];
  /** Rows to be sent again one way or another. */
  readonly again: readonly CrmChange[];
}

/** From here on a job takes fewer calls than batches of 200, and Salesforce asks for it. */
export const BULK_FROM_ROWS = 2000;

export const ingestUpdates = async (parts: WriteParts, changes: readonly CrmChange[]): Promise<Ingested> => {
  const rows = sortByParent(changes.filter(fitsCsv));
  const others = changes.filter((change) => !fitsCsv(change));
  await parts.beforeSend(changeIdsOf(rows));
  try {
    const result = await runIngestJob(parts.client, {
      crmObject: parts.crmObject,
      csv: toIngestCsv(rows),
      rows: rows.length,
      signal: parts.signal,
    });
    const { outcomes, again } = await settle(parts, rows, result);
    return { outcomes, again: [...again, ...others] };
  } catch (error) {
    if (!(error instanceof IngestRefusedError)) throw error;
    parts.client.log.warn('writing in small batches instead of by bulk', {
      connection: parts.client.connection,
      object: parts.crmObject,
    });
    return { outcomes: [], again: changes };
  }
};

// Bulk works on several chunks at once: children of one parent in two chunks lock each other out.
const sortByParent = (changes: readonly CrmChange[]): readonly CrmChange[] =>
  changes.toSorted((left, right) => compare(parentKey(left), parentKey(right)));

const parentKey = ({ accountId, recordId }: CrmChange): string => `${accountId ?? ''} ${recordId ?? ''}`;

const compare = (left: string, right: string): number => Number(left > right) - Number(left < right);

const settle = async (
  parts: WriteParts,
  rows: readonly CrmChange[],
  result: IngestResult,
): Promise<Ingested> => {
  const stamps = estimateStamps(result.window, rows.length);
  const outcomes: ChangeOutcome[] = [];
  const again: CrmChange[] = [];
  const unmentioned: CrmChange[] = [];
  for (const [index, change] of rows.entries()) {
    const recordId = toLongId(change.recordId ?? '');
    const error = result.failed.get(recordId);
    if (error !== undefined) {
      if (isLockCode(error.code)) again.push(change);
      else outcomes.push(failed(change, toRowError(error)));
    } else if (result.unprocessed.has(recordId)) {
      again.push(change);
    } else if (result.written === null || result.written.has(recordId)) {
      const writtenAt = stamps[index] ?? null;
      outcomes.push({ changeId: change.changeId, status: 'written', recordId, writtenAt });
    } else {
      unmentioned.push(change);
    }
  }
  if (unmentioned.length > 0) {
    const { settled, open } = await readBackUpdates(parts, unmentioned);
    outcomes.push(...settled);
    again.push(...open);
  }
  if (result.job.state === 'JobComplete') return { outcomes, again };
  parts.client.log.warn('a bulk job did not complete', {
    connection: parts.client.connection,
    job: result.job.id,
    state: result.job.state,
    reason: result.job.errorMessage?.slice(0, 200) ?? null,
  });
  // A job that failed as a whole would fail again: few rows may go another way, many are reported.
  if (again.length < BULK_FROM_ROWS) return { outcomes, again };
  outcomes.push(...again.map((change) => failed(change, rowErrorOf('UNPROCESSED'))));
  return { outcomes, again: [] };
};
