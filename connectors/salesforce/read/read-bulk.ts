// Reads rows by a Bulk 2.0 query job, driven by hand: the client's own job reader crashes on a second result page and its
// poll time-out deletes the job. Three calls for a job of up to 50,000 rows.
import { ContractError, UnavailableError } from '#errors/errors.ts';
import type { PullPage, RawRecord } from '#ports/crm.ts';
import { readJobInfo, waitForJob } from '../bulk/bulk-job.ts';
import { readCsvRows } from '../bulk/csv-rows.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import type { CrmWindow } from '../call/vendor-clock.ts';
import { RefusedCallError } from '../errors.ts';
import type { Table } from './columns.ts';
import { toSoql } from './soql.ts';
import { toRawRecord } from './to-raw-record.ts';

export interface BulkRead {
  readonly table: Table;
  readonly where: readonly string[];
  /** A guess: sets the first look. */
  readonly expectedRows: number;
  readonly signal: AbortSignal | undefined;
  readonly onWindow: (window: CrmWindow | null) => void;
}

/** The org does not let us run this query as a job; the same rows can still be read page by page. */
export class BulkRefusedError extends UnavailableError {}

// Bounds the text of one result page in memory to some ten megabytes.
const ROWS_A_RESULT = 50_000;
const ROWS_A_PAGE = 2000;
// Create, two looks, one result.
const CALLS_A_JOB = 4;

/** Yields pages and returns how many rows the job says it read. */
export const readBulk = async function* (
  client: SalesforceClient,
  request: BulkRead,
): AsyncGenerator<PullPage, number | null> {
  const { table, expectedRows, signal } = request;
  client.assertRoomFor(CALLS_A_JOB + Math.floor(expectedRows / ROWS_A_RESULT));
  const path = `/jobs/query/${await createJob(client, request)}`;
  const { job } = await waitForJob(client, { path, kind: 'read', rows: expectedRows, signal });
  if (job.state !== 'JobComplete')
    throw new BulkRefusedError(`${client.connection}: the bulk query ${job.id} ended as ${job.state}`);

  const total = job.numberRecordsProcessed ?? null;
  let locator: string | null = null;
  do {
    const at: string = locator === null ? '' : `&locator=${encodeURIComponent(locator)}`;
    const answer = await client.call({
      method: 'GET',
      path: `${path}/results?maxRecords=${ROWS_A_RESULT}${at}`,
      kind: 'read',
      expects: 'csv',
      deadlineMs: client.timings.transferDeadlineMs,
      reserved: true,
      signal,
    });
    for await (const records of readPages(table, String(answer.body))) yield { records, total };
    const next: string | undefined = answer.headers['sforce-locator'];
    // The last page says so by the word null.
    locator = next === undefined || next === '' || next === 'null' ? null : next;
  } while (locator !== null);
  return total;
};

const createJob = async (
  client: SalesforceClient,
  { table, where, signal, onWindow }: BulkRead,
): Promise<string> => {
  // No ORDER BY: it would keep Salesforce from cutting the job into chunks.
  const query = toSoql({ select: table.select, from: table.name, where });
  try {
    const answer = await client.call({
      method: 'POST',
      path: '/jobs/query',
      kind: 'read',
      body: { operation: 'queryAll', query, columnDelimiter: 'COMMA', lineEnding: 'LF' },
      // A job made twice is read once; the other one only reads.
      repeatable: true,
      signal,
    });
    onWindow(answer.window);
    return readJobInfo(client, answer.body).id;
  } catch (error) {
    if (error instanceof RefusedCallError)
      throw new BulkRefusedError(`${client.connection}: no bulk query (${error.code})`, { cause: error });
    throw error;
  }
};

const readPages = async function* (table: Table, text: string): AsyncGenerator<readonly RawRecord[], void> {
  // A column left out without a word would read as null in every row, and null is a value.
  const onHeader = (has: (column: string) => boolean): void => {
    const missing = table.select.filter((path) => !has(path));
    if (missing.length > 0)
      throw new ContractError(`the bulk result of ${table.name} lacks the columns ${missing.join(', ')}`);
  };
  let page: RawRecord[] = [];
  for await (const row of readCsvRows(text, { onHeader })) {
    page.push(toRawRecord(table, row.cell));
    if (page.length < ROWS_A_PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
};
