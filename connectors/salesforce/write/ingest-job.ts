// Runs one Bulk 2.0 ingest job by hand: create, upload, close, look, fetch what failed. Nothing is processed before it is
// closed, so every doubt before that is answered by throwing the job away.
import { UnavailableError } from '#errors/errors.ts';
import { OutcomeUnknownError } from '../../calls/outcome-unknown.ts';
import { type EndedJob, type JobInfo, readJobInfo, waitForJob } from '../bulk/bulk-job.ts';
import { readCsvRows } from '../bulk/csv-rows.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import type { CrmWindow } from '../call/vendor-clock.ts';
import { RefusedCallError, type VendorError } from '../errors.ts';
import { toLongId } from '../salesforce-id.ts';
import { joinWindows } from './written-at.ts';

export interface IngestRequest {
  readonly crmObject: string;
  readonly csv: string;
  readonly rows: number;
  readonly signal: AbortSignal | undefined;
}

export interface IngestResult {
  readonly job: JobInfo;
  /** From the closing of the job to the look that saw its end. */
  readonly window: CrmWindow | null;
  /** By record id. */
  readonly failed: ReadonlyMap<string, VendorError>;
  readonly unprocessed: ReadonlySet<string>;
  /** Ids reported as written; null when the counts prove that all others were. */
  readonly written: ReadonlySet<string> | null;
}

/** The org does not take the job; the rows can still go in small batches. */
export class IngestRefusedError extends UnavailableError {}

// Create, upload, close, two looks, three result sets.
const CALLS_A_JOB = 8;
const UPLOADS = 3;

export const runIngestJob = async (
  client: SalesforceClient,
  request: IngestRequest,
): Promise<IngestResult> => {
  client.assertRoomFor(CALLS_A_JOB);
  const path = await uploadJob(client, request);
  const closing = await closeJob(client, path, request.signal);
  const ended = await waitForJob(client, { path, kind: 'write', rows: request.rows, signal: request.signal });
  return {
    job: ended.job,
    window: joinWindows(closing, ended.window),
    ...(await fetchResults(client, path, request, ended)),
  };
};

const uploadJob = async (client: SalesforceClient, request: IngestRequest): Promise<string> => {
  for (let attempt = 1; ; attempt += 1) {
    const path = `/jobs/ingest/${await createJob(client, request)}`;
    try {
      await client.call({
        method: 'PUT',
        path: `${path}/batches`,
        kind: 'write',
        body: request.csv,
        expects: 'nothing',
        repeatable: false,
        deadlineMs: client.timings.transferDeadlineMs,
        reserved: true,
        signal: request.signal,
      });
      return path;
    } catch (error) {
      await abortJob(client, path);
      if (!(error instanceof OutcomeUnknownError) || attempt >= UPLOADS) throw error;
    }
  }
};

const createJob = async (
  client: SalesforceClient,
  { crmObject, signal, rows }: IngestRequest,
): Promise<string> => {
  try {
    const { body } = await client.call({
      method: 'POST',
      path: '/jobs/ingest',
      kind: 'write',
      body: { object: crmObject, operation: 'update', contentType: 'CSV', lineEnding: 'LF' },
      // A job without data does nothing.
      repeatable: true,
      reserved: true,
      signal,
    });
    const { id } = readJobInfo(client, body);
    client.log.info('opened a bulk job', { connection: client.connection, job: id, object: crmObject, rows });
    return id;
  } catch (error) {
    if (error instanceof RefusedCallError)
      throw new IngestRefusedError(`${client.connection}: no bulk update (${error.code})`, { cause: error });
    throw error;
  }
};

const abortJob = async (client: SalesforceClient, path: string): Promise<void> => {
  try {
    await setState(client, path, 'Aborted', undefined);
  } catch (error) {
    // An open job does nothing and Salesforce clears it away by itself.
    client.log.warn('an unfinished bulk job could not be aborted', {
      connection: client.connection,
      job: path,
      error: error instanceof Error ? error.name : 'unknown',
    });
  }
};

const closeJob = async (
  client: SalesforceClient,
  path: string,
  signal: AbortSignal | undefined,
): Promise<CrmWindow | null> => {
  try {
    return await setState(client, path, 'UploadComplete', signal);
  } catch (error) {
    if (!(error instanceof RefusedCallError)) throw error;
    // A repeated closing is refused when the first one arrived after all.
    const { body, window } = await client.call({
      method: 'GET',
      path,
      kind: 'write',
      reserved: true,
      signal,
    });
    if (readJobInfo(client, body).state === 'Open') throw error;
    return window;
  }
};

const setState = async (
  client: SalesforceClient,
  path: string,
  state: 'UploadComplete' | 'Aborted',
  signal: AbortSignal | undefined,
): Promise<CrmWindow | null> => {
  const { window } = await client.call({
    method: 'PATCH',
    path,
    kind: 'write',
    body: { state },
    repeatable: true,
    reserved: true,
    signal,
  });
  return window;
};

type Results = Pick<IngestResult, 'failed' | 'unprocessed' | 'written'>;

/** Fetches only what the counts do not already tell: a job without failures needs no result set at all. */
const fetchResults = async (
  client: SalesforceClient,
  path: string,
  { rows, signal }: IngestRequest,
  { job }: EndedJob,
): Promise<Results> => {
  const { numberRecordsProcessed: processed, numberRecordsFailed: refused } = job;
  const complete = job.state === 'JobComplete' && processed !== undefined && refused !== undefined;
  const fetch = (set: string): Promise<string> => fetchSet(client, `${path}/${set}/`, signal);
  const failed = complete && refused === 0 ? new Map() : await readFailed(await fetch('failedResults'));
  const unprocessed =
    complete && processed >= rows
      ? new Set<string>()
      : await readIds(await fetch('unprocessedrecords'), 'Id');
  const adds =
    complete && failed.size === refused && processed - refused + failed.size + unprocessed.size === rows;
  const written = adds ? null : await readIds(await fetch('successfulResults'), 'sf__Id');
  return { failed, unprocessed, written };
};

const fetchSet = async (
  client: SalesforceClient,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string> => {
  const { body } = await client.call({
    method: 'GET',
    path,
    kind: 'write',
    expects: 'csv',
    deadlineMs: client.timings.transferDeadlineMs,
    reserved: true,
    signal,
  });
  return String(body);
};

const readFailed = async (csv: string): Promise<ReadonlyMap<string, VendorError>> => {
  const failed = new Map<string, VendorError>();
  for await (const row of readCsvRows(csv)) {
    // sf__Id is empty when the row itself was at fault; the column we sent is always there.
    const id = row.cell('Id') ?? row.cell('sf__Id') ?? '';
    failed.set(toLongId(id), readBulkError(row.cell('sf__Error') ?? ''));
  }
  return failed;
};

const readIds = async (csv: string, column: string): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>();
  for await (const row of readCsvRows(csv)) ids.add(toLongId(row.cell(column) ?? ''));
  return ids;
};

/** `CODE:message:Field,Field --`, the fields mostly missing; of several errors joined by `;` the first. */
export const readBulkError = (text: string): VendorError => {
  const [first = text] = text.split(/(?<=--);(?=[A-Z_]+:)/);
  const [, code, rest = ''] = /^([A-Z_]+):([\s\S]*)$/.exec(first) ?? [];
  if (code === undefined) return { code: 'UNKNOWN_EXCEPTION', message: first, fields: [] };
  const [, message = rest, fields = ''] = /^([\s\S]*?):([\w., ]*?)\s*--\s*$/.exec(rest) ?? [];
  return {
    code,
    message,
    fields: fields
      .split(',')
      .map((field) => field.trim())
      .filter((field) => field !== ''),
  };
};
