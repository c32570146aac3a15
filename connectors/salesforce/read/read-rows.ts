// Reads all rows that match, page by page over REST or by a bulk job, whichever takes fewer calls for what is left.
import { UnavailableError } from '#errors/errors.ts';
import type { PullPage, RawRecord } from '#ports/crm.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import type { CrmWindow } from '../call/vendor-clock.ts';
import { RefusedCallError } from '../errors.ts';
import type { Table } from './columns.ts';
import { behind, type RowKey } from './conditions.ts';
import { BulkRefusedError, readBulk } from './read-bulk.ts';
import { type QueryPage, runQuery } from './run-query.ts';
import { toSoql } from './soql.ts';
import { readJsonPath, toRawRecord } from './to-raw-record.ts';

/** Salesforce's page. */
export const ROWS_A_CALL = 2000;
/** More rows than this take more pages than a job takes calls: create, one look, one result. */
export const BULK_ABOVE_ROWS = ROWS_A_CALL * 3;

export interface RowsRequest {
  readonly table: Table;
  readonly where: readonly string[];
  /** By id alone, or by stamp and id. */
  readonly orderBy: 'id' | 'stamp';
  /** Rows to expect, when somebody knows. */
  readonly expectedRows: number | null;
  readonly signal: AbortSignal | undefined;
  /** Told the CRM's clock at each answer. */
  readonly onWindow: (window: CrmWindow | null) => void;
}

/** Yields pages; returns the rows that the CRM says match. */
export const readRows = async function* (
  client: SalesforceClient,
  request: RowsRequest,
): AsyncGenerator<PullPage, number | null> {
  const { table } = request;
  let total: number | null = null;
  let seen = 0;
  let last: RowKey | null = null;
  let way: 'cheaper' | 'pages' | 'bulk' = 'cheaper';

  for (;;) {
    const where: readonly string[] = last === null ? request.where : [...request.where, behind(table, last)];
    const left = (total ?? request.expectedRows ?? 0) - seen;
    if (way === 'bulk' || (way === 'cheaper' && left > BULK_ABOVE_ROWS)) {
      try {
        const rest: number | null = yield* byBulk(client, { ...request, where, expectedRows: left }, total);
        return total ?? rest;
      } catch (error) {
        if (!(error instanceof BulkRefusedError) || way === 'bulk') throw error;
        const { connection } = client;
        client.log.warn('reading page by page instead of by bulk', { connection, object: table.name });
        way = 'pages';
      }
    }

    // The first page asks for all, to learn how many there are; later ones leave no open cursor in the org.
    const limit: number | null = total === null ? null : ROWS_A_CALL;
    const page = await readPage(client, request, where, limit);
    if (page === null) {
      if (way === 'pages') throw tooSlow(client, table);
      way = 'bulk';
      continue;
    }
    request.onWindow(page.window);
    total ??= page.totalSize;
    const records = page.rows.map((row) => toRawRecord(table, readJsonPath(row)));
    seen += records.length;
    if (records.length > 0) yield { records, total };
    const isLast = page.done && (limit === null || records.length < limit);
    // Rows that came up meanwhile carry stamps behind the next cursor.
    if (isLast || records.length === 0 || seen >= total) return total;
    last = keyOf(records, request.orderBy);
  }
};

/** Null when Salesforce gave the query up as too slow for a page. */
const readPage = async (
  client: SalesforceClient,
  { table, orderBy, signal }: RowsRequest,
  where: readonly string[],
  limit: number | null,
): Promise<QueryPage | null> => {
  const soql = toSoql({
    select: table.select,
    from: table.name,
    where,
    orderBy: orderBy === 'stamp' && table.stamp !== null ? [table.stamp, 'Id'] : ['Id'],
    ...(limit === null ? {} : { limit }),
  });
  try {
    return await runQuery(client, soql, { kind: 'read', withDeleted: true, signal });
  } catch (error) {
    if (error instanceof RefusedCallError && error.code === 'QUERY_TIMEOUT') return null;
    throw error;
  }
};

const tooSlow = (client: SalesforceClient, table: Table): UnavailableError =>
  new UnavailableError(`${client.connection}: Salesforce gives up reading ${table.name}`, {
    next: 'Enable the Bulk API for the connected user, or ask Salesforce support for an index on SystemModstamp of this object.',
  });

const keyOf = (records: readonly RawRecord[], orderBy: 'id' | 'stamp'): RowKey | null => {
  const record = records.at(-1);
  if (record === undefined) return null;
  return { id: record.id, stamp: orderBy === 'stamp' ? record.modifiedAt : null };
};

const byBulk = async function* (
  client: SalesforceClient,
  request: Parameters<typeof readBulk>[1],
  total: number | null,
): AsyncGenerator<PullPage, number | null> {
  const pages = readBulk(client, request);
  for (;;) {
    const step = await pages.next();
    if (step.done === true) return step.value;
    yield { records: step.value.records, total: total ?? step.value.total };
  }
};
