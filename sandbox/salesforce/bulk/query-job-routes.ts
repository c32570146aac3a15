// Bulk API 2.0 query: a job runs a query in the background, its results come in CSV pages by locator.
import type { Access } from '../access/access.ts';
import { textIn } from '../org/json.ts';
import type { Org } from '../org/org.ts';
import type { Row } from '../org/row.ts';
import { apiError, notFound } from '../rest/api-error.ts';
import { type ApiHandler, jsonAnswer, noContent } from '../rest/api-message.ts';
import { type Route, route } from '../rest/api-router.ts';
import { readJson } from '../rest/read-body.ts';
import { type Column, hasCompound } from '../soql/compile-select.ts';
import { parseQuery } from '../soql/parse-query.ts';
import { checkQuery, runQuery } from '../soql/run-query.ts';
import { SoqlError } from '../soql/soql-error.ts';
import { printCsvLine } from './csv.ts';
import { createJobHead, createJobProgress, type JobHead, type JobProgress, printJobHead } from './job.ts';
import { printCell } from './print-cell.ts';
import { readCsvFormat } from './read-format.ts';

export interface QueryJobOptions {
  readonly pollsUntilDone: number;
  /** Rows of a result page when the client asks for no number. */
  readonly pageRows: number;
  readonly countJob: () => void;
}

type Outcome =
  | { readonly columns: readonly Column[]; readonly rows: readonly Row[] }
  | { readonly problem: string };

interface QueryJob {
  readonly head: JobHead;
  readonly progress: JobProgress;
  readonly outcome: () => Outcome;
}

const LOCATOR_START = 'M';

export const createQueryJobRoutes = (org: Org, options: QueryJobOptions): Route[] => {
  const jobs = new Map<string, QueryJob>();

  const find = (params: Readonly<Record<string, string>>): QueryJob => {
    const job = jobs.get(params['job'] ?? '');
    if (job === undefined) throw notFound();
    return job;
  };

  const create: ApiHandler = (request) => {
    const body = readJson(request);
    const soql = textIn(body, 'query');
    const operation = textIn(body, 'operation');
    if (soql === null) throw apiError(400, 'API_ERROR', 'The query is missing');
    if (operation !== 'query' && operation !== 'queryAll') {
      throw apiError(400, 'API_ERROR', `The operation ${operation ?? ''} is not supported`);
    }
    // A query that does not parse, or names what does not exist, makes no job.
    const parsed = parseQuery(soql);
    checkQuery({ org, access: request.caller.access, soql, includeDeleted: false });
    const head = createJobHead(org, {
      object: org.schema.find(parsed.from)?.name ?? parsed.from,
      operation,
      createdById: request.caller.userId,
      apiVersion: request.version,
      format: readCsvFormat(body),
    });
    let done: Outcome | null = null;
    const outcome = (): Outcome => {
      done ??= run(org, request.caller.access, soql, operation === 'queryAll');
      return done;
    };
    const progress = createJobProgress(options.pollsUntilDone, () =>
      'problem' in outcome() ? 'Failed' : 'JobComplete',
    );
    const job: QueryJob = { head, progress, outcome };
    jobs.set(head.id, job);
    options.countJob();
    return jsonAnswer(printJob(job, progress.shown));
  };

  const check: ApiHandler = (_request, params) => {
    const job = find(params);
    return jsonAnswer(printJob(job, job.progress.look()));
  };

  const abort: ApiHandler = (request, params) => {
    const job = find(params);
    if (readJson(request)['state'] !== 'Aborted') {
      throw apiError(400, 'INVALIDJOBSTATE', 'A query job can only be aborted');
    }
    job.progress.abort();
    return jsonAnswer(printJob(job, job.progress.shown));
  };

  const remove: ApiHandler = (_request, params) => {
    const job = find(params);
    if (job.progress.shown === 'InProgress') {
      throw apiError(400, 'INVALIDJOBSTATE', `Invalid job state for ${job.head.id}: InProgress`);
    }
    jobs.delete(job.head.id);
    return noContent();
  };

  const list: ApiHandler = () =>
    jsonAnswer({
      done: true,
      nextRecordsUrl: null,
      records: [...jobs.values()].map((job) => printJob(job, job.progress.shown)),
    });

  const results: ApiHandler = (request, params) => {
    const job = find(params);
    const outcome = job.progress.shown === 'JobComplete' ? job.outcome() : null;
    if (outcome === null || 'problem' in outcome) {
      throw apiError(400, 'INVALIDJOBSTATE', `Invalid job state for ${job.head.id}: ${job.progress.shown}`);
    }
    const from = readLocator(request.query.get('locator'));
    const asked = Number(request.query.get('maxRecords') ?? options.pageRows);
    if (!Number.isInteger(asked) || asked < 1) throw apiError(400, 'API_ERROR', 'Invalid maxRecords');
    const page = outcome.rows.slice(from, from + asked);
    const until = from + page.length;
    return {
      status: 200,
      headers: {
        'Sforce-Locator': until < outcome.rows.length ? toLocator(until) : 'null',
        'Sforce-NumberOfRecords': String(page.length),
      },
      text: { contentType: 'text/csv', chunks: printPage(job, outcome.columns, page) },
    };
  };

  return [
    route('POST', '/jobs/query', create),
    route('GET', '/jobs/query', list),
    route('GET', '/jobs/query/:job', check),
    route('PATCH', '/jobs/query/:job', abort),
    route('DELETE', '/jobs/query/:job', remove),
    route('GET', '/jobs/query/:job/results', results),
  ];
};

const run = (org: Org, access: Access, soql: string, includeDeleted: boolean): Outcome => {
  const query = parseQuery(soql);
  if (query.select.some((node) => node.kind === 'children')) {
    return { problem: 'FUNCTIONALITY_NOT_ENABLED: Nested queries are not supported in Bulk Query' };
  }
  if (query.offset > 0)
    return { problem: 'FUNCTIONALITY_NOT_ENABLED: OFFSET is not supported in Bulk Query' };
  try {
    const result = runQuery({ org, access, soql, includeDeleted });
    if (result.kind !== 'rows') {
      return { problem: 'FUNCTIONALITY_NOT_ENABLED: Aggregate Relationship not supported in Bulk Query' };
    }
    if (hasCompound(result.columns)) {
      return { problem: 'FUNCTIONALITY_NOT_ENABLED: Selecting compound data not supported in Bulk Query' };
    }
    return { columns: result.columns, rows: result.rows };
  } catch (error) {
    if (error instanceof SoqlError) return { problem: `${error.errorCode}: ${error.message}` };
    throw error;
  }
};

const printJob = (job: QueryJob, state: ReturnType<JobProgress['look']>): Record<string, unknown> => {
  const isOver = state === 'JobComplete' || state === 'Failed';
  const outcome = isOver ? job.outcome() : null;
  const rows = outcome !== null && !('problem' in outcome) ? outcome.rows.length : 0;
  return {
    ...printJobHead(job.head, state),
    jobType: 'V2Query',
    isPkChunkingSupported: true,
    numberRecordsProcessed: rows,
    retries: 0,
    totalProcessingTime: isOver ? rows : 0,
    ...(outcome !== null && 'problem' in outcome ? { errorMessage: outcome.problem } : {}),
  };
};

// Opaque to clients, and no number they could add to.
const toLocator = (from: number): string => LOCATOR_START + Buffer.from(`page:${from}`).toString('base64url');

const readLocator = (locator: string | null): number => {
  if (locator === null) return 0;
  const text = Buffer.from(locator.slice(1), 'base64url').toString();
  const from = Number(/^page:(\d+)$/.exec(text)?.[1] ?? Number.NaN);
  if (!locator.startsWith(LOCATOR_START) || !Number.isInteger(from)) {
    throw apiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  return from;
};

/** Lines a chunk: few enough to start sending at once, enough not to send line by line. */
const CHUNK_LINES = 500;

function* printPage(job: QueryJob, columns: readonly Column[], rows: readonly Row[]) {
  const { format } = job.head;
  let chunk = printCsvLine(
    columns.map((column) => column.names.join('.')),
    format,
  );
  for (const [index, row] of rows.entries()) {
    chunk += printCsvLine(
      columns.map((column) => printCell(column.path.field, column.read(row))),
      format,
    );
    if (index % CHUNK_LINES === CHUNK_LINES - 1) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}
