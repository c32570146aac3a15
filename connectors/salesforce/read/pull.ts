// One pull of one object: all of it, what changed since a cursor, or just some ids. Deleted rows come marked as such.
//
// A full pull reads deleted rows too (queryAll): only they say into which record they were merged, and the recycle bin that
// holds them is emptied after 15 days, so they are few.
import { ContractError } from '#errors/errors.ts';
import type { CrmIdentity, PullEnd, PullPage, PullRequest, RawRecord } from '#ports/crm.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import type { CrmWindow } from '../call/vendor-clock.ts';
import { missingFields } from '../errors.ts';
import { isSalesforceId, toLongId } from '../salesforce-id.ts';
import { findField } from '../schema/describe-answer.ts';
import type { SchemaReader } from '../schema/schema-reader.ts';
import { resolveTable, type Table } from './columns.ts';
import { changedSince, havingValue } from './conditions.ts';
import { countRows } from './count-rows.ts';
import { BULK_ABOVE_ROWS, readRows } from './read-rows.ts';
import { runQuery } from './run-query.ts';
import { soqlIn, toSoql } from './soql.ts';
import { readJsonPath, toRawRecord } from './to-raw-record.ts';

export interface PullParts {
  readonly client: SalesforceClient;
  readonly schema: SchemaReader;
  readonly identify: () => Promise<CrmIdentity>;
}

// Commits land with stamps older than ones already seen: long transactions, clocks of several servers.
const OVERLAP_MS = 10 * 60_000;
// 200 ids make an address of some 5,000 characters.
const IDS_A_CALL = 200;
const EPOCH = '1970-01-01T00:00:00.000Z';

export const pull = async function* (
  parts: PullParts,
  request: PullRequest,
): AsyncGenerator<PullPage, PullEnd> {
  const { client, schema } = parts;
  const { crmObject, fields, signal } = request;
  const table = await resolveTable(schema, { connection: client.connection, crmObject, fields });
  const where = await havingCondition(parts, request);

  if (request.ids !== undefined) {
    yield* pullIds(client, table, where, request.ids, signal);
    return { cursor: request.cursor ?? '', counted: null };
  }

  // An empty cursor comes from a pull by ids that had none.
  const since = request.cursor === null || request.cursor === '' ? null : request.cursor;
  const { stamp } = table;
  const incremental = since !== null && stamp !== null;
  let startedAt: string | null = null;
  const onWindow = (window: CrmWindow | null): void => {
    startedAt ??= window?.from ?? null;
  };
  let newest: string | null = null;
  const rows = readRows(client, {
    table,
    where: incremental ? [...where, await sinceCondition(parts, table, stamp, since, request)] : where,
    orderBy: incremental ? 'stamp' : 'id',
    expectedRows: incremental || where.length > 0 ? null : await expectRows(client, table, request, onWindow),
    signal,
    onWindow,
  });
  for (;;) {
    const step = await rows.next();
    if (step.done === true) {
      const cursor = cursorOf(startedAt ?? newest ?? since);
      return { cursor, counted: incremental ? null : step.value };
    }
    newest = newestOf(step.value.records, newest);
    yield step.value;
  }
};

// An org that does not tell: of these two objects it may hold many, and a job costs three calls more than one small page at
// worst. Of the others the first page tells.
const LARGE_OBJECTS: ReadonlySet<string> = new Set(['account', 'contact']);
const LARGE_GUESS = BULK_ABOVE_ROWS + 1;

const expectRows = async (
  client: SalesforceClient,
  table: Table,
  { object, signal }: PullRequest,
  onWindow: (window: CrmWindow | null) => void,
): Promise<number | null> => {
  const counted = await countRows(client, table.name, signal, onWindow);
  return counted ?? (LARGE_OBJECTS.has(object) ? LARGE_GUESS : null);
};

/** The CRM's clock when the pull began, less the overlap; without a clock, the newest stamp it gave. */
const cursorOf = (start: string | null): string =>
  start === null ? EPOCH : new Date(Date.parse(start) - OVERLAP_MS).toISOString();

const newestOf = (records: readonly RawRecord[], newest: string | null): string | null => {
  let latest = newest;
  for (const { modifiedAt } of records) {
    if (modifiedAt !== null && (latest === null || modifiedAt > latest)) latest = modifiedAt;
  }
  return latest;
};

const havingCondition = async (
  { client, schema }: PullParts,
  { crmObject, havingField }: PullRequest,
): Promise<readonly string[]> => {
  if (havingField === undefined) return [];
  const object = await schema.describe(crmObject);
  const field = object === null ? undefined : findField(object, havingField);
  if (field === undefined) throw missingFields(client.connection, crmObject, [havingField]);
  return [havingValue(field.name)];
};

const sinceCondition = async (
  { client, identify }: PullParts,
  table: Table,
  stamp: string,
  since: string,
  { skip, reread }: PullRequest,
): Promise<string> => {
  if (Number.isNaN(Date.parse(since)))
    throw new ContractError(`${client.connection}: "${since}" is no cursor of a Salesforce pull`, {
      next: 'Run a full sync.',
    });
  const canTell = skip.length > 0 && table.hasLastModifiedBy;
  const actor = canTell ? (await identify()).actor : null;
  return changedSince({ stamp, since: new Date(since).toISOString(), actor, skip, reread });
};

const pullIds = async function* (
  client: SalesforceClient,
  table: Table,
  where: readonly string[],
  ids: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<PullPage, void> {
  const wanted = [...new Set(ids.filter(isSalesforceId).map(toLongId))];
  for (let start = 0; start < wanted.length; start += IDS_A_CALL) {
    const chunk = wanted.slice(start, start + IDS_A_CALL);
    const soql = toSoql({ select: table.select, from: table.name, where: [soqlIn('Id', chunk), ...where] });
    const { rows } = await runQuery(client, soql, { kind: 'read', withDeleted: true, signal });
    const records = rows.map((row) => toRawRecord(table, readJsonPath(row)));
    if (records.length > 0) yield { records, total: wanted.length };
  }
};
