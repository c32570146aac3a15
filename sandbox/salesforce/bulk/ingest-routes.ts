// Bulk API 2.0 ingest: create a job, upload once, close, poll, fetch results in an order of their own.
import type { ObjectDefinition } from '../objects/object-definition.ts';
import { type JsonObject, textIn } from '../org/json.ts';
import type { Org } from '../org/org.ts';
import { type ApiError, apiError, notFound } from '../rest/api-error.ts';
import {
  type ApiHandler,
  type ApiRequest,
  type ApiResponse,
  jsonAnswer,
  noContent,
} from '../rest/api-message.ts';
import { type Route, route } from '../rest/api-router.ts';
import { findObject, toDmlContext } from '../rest/dml-call.ts';
import { readJson } from '../rest/read-body.ts';
import {
  type IngestJob,
  printFailed,
  printJob,
  printSuccessful,
  printUnprocessed,
  stateOf,
} from './ingest-job.ts';
import { createJobHead, createJobProgress, type JobState } from './job.ts';
import { readCsvFormat } from './read-format.ts';
import { INGEST_OPERATIONS, type IngestLine, type IngestResult, runIngest } from './run-ingest.ts';

export interface IngestOptions {
  readonly pollsUntilDone: number;
  /** Counts the internal batches of a job against the day's. */
  readonly countBatches: (batches: number) => void;
}

const BATCH_ROWS = 10_000;
const DELETABLE: readonly JobState[] = ['UploadComplete', 'JobComplete', 'Aborted', 'Failed'];

export const createIngestRoutes = (org: Org, options: IngestOptions): Route[] => {
  const jobs = new Map<string, IngestJob>();

  const find = (params: Readonly<Record<string, string>>): IngestJob => {
    const job = jobs.get(params['job'] ?? '');
    if (job === undefined) throw notFound();
    return job;
  };

  const create: ApiHandler = (request) => {
    const body = readJson(request);
    const object = findJobObject(org, request, body);
    const operation = INGEST_OPERATIONS.find((one) => one === body['operation']);
    if (operation === undefined) throw apiError(400, 'INVALIDJOB', 'The operation is not supported');
    const externalIdFieldName = textIn(body, 'externalIdFieldName');
    if (operation === 'upsert' && externalIdFieldName === null) {
      throw apiError(400, 'INVALIDJOB', 'ExternalIdFieldName is required for upsert jobs');
    }
    const head = createJobHead(org, {
      object: object.name,
      operation,
      createdById: request.caller.userId,
      apiVersion: request.version,
      format: readCsvFormat(body),
    });
    const job: IngestJob = {
      head,
      operation,
      externalIdFieldName,
      context: toDmlContext(org, request),
      csv: null,
      progress: null,
      result: null,
      aborted: false,
    };
    jobs.set(head.id, job);
    return jsonAnswer(printJob(job, 'Open'));
  };

  const upload: ApiHandler = (request, params) => {
    const job = find(params);
    if (job.progress !== null || job.aborted) throw wrongState(job, stateOf(job));
    if (job.csv !== null) {
      throw apiError(
        400,
        'InvalidBatch',
        `Found multiple contents for job: <${job.head.id}>, please 'Close' / 'Abort' / 'Delete' the current Job ` +
          "then create a new Job and make sure you only do 'PUT' once on a given Job.",
      );
    }
    job.csv = request.body;
    return { status: 201 };
  };

  const change: ApiHandler = (request, params) => {
    const job = find(params);
    const { state } = readJson(request);
    if (state === 'Aborted') return abort(job);
    if (state !== 'UploadComplete') throw apiError(400, 'INVALIDJOBSTATE', 'The state is not supported');
    if (stateOf(job) !== 'Open') throw wrongState(job, stateOf(job));
    const finish = (): 'JobComplete' | 'Failed' => {
      job.result ??= run(org, job, options);
      return 'problem' in job.result ? 'Failed' : 'JobComplete';
    };
    job.progress = createJobProgress(options.pollsUntilDone, finish);
    // The rows are written soon after, whether or not anyone looks at the job again.
    setImmediate(() => {
      if (!job.aborted) finish();
    });
    return jsonAnswer(printJob(job, 'UploadComplete'));
  };

  const check: ApiHandler = (_request, params) => {
    const job = find(params);
    return jsonAnswer(printJob(job, job.progress === null ? stateOf(job) : job.progress.look()));
  };

  const remove: ApiHandler = (_request, params) => {
    const job = find(params);
    if (!DELETABLE.includes(stateOf(job))) throw wrongState(job, stateOf(job));
    job.aborted = true;
    jobs.delete(job.head.id);
    return noContent();
  };

  const list: ApiHandler = () =>
    jsonAnswer({
      done: true,
      nextRecordsUrl: null,
      records: [...jobs.values()].map((job) => printJob(job, stateOf(job))),
    });

  const results =
    (
      print: (job: IngestJob, header: readonly string[], lines: readonly IngestLine[]) => Iterable<string>,
    ): ApiHandler =>
    (_request, params) => {
      const job = find(params);
      const state = stateOf(job);
      if (state !== 'JobComplete' && state !== 'Failed' && state !== 'Aborted') throw wrongState(job, state);
      const result = job.result === null || 'problem' in job.result ? null : job.result;
      return {
        status: 200,
        text: { contentType: 'text/csv', chunks: print(job, result?.header ?? [], result?.lines ?? []) },
      };
    };

  return [
    route('POST', '/jobs/ingest', create),
    route('GET', '/jobs/ingest', list),
    route('PUT', '/jobs/ingest/:job/batches', upload),
    route('PATCH', '/jobs/ingest/:job', change),
    route('GET', '/jobs/ingest/:job', check),
    route('DELETE', '/jobs/ingest/:job', remove),
    route('GET', '/jobs/ingest/:job/successfulResults', results(printSuccessful)),
    route('GET', '/jobs/ingest/:job/failedResults', results(printFailed)),
    route('GET', '/jobs/ingest/:job/unprocessedrecords', results(printUnprocessed)),
  ];
};

const abort = (job: IngestJob): ApiResponse => {
  const state = stateOf(job);
  if (state === 'JobComplete' || state === 'Failed') throw wrongState(job, state);
  job.aborted = true;
  job.progress?.abort();
  return jsonAnswer(printJob(job, 'Aborted'));
};

const findJobObject = (org: Org, request: ApiRequest, body: JsonObject): ObjectDefinition => {
  const name = textIn(body, 'object') ?? '';
  try {
    return findObject(org, request, name);
  } catch {
    throw apiError(400, 'INVALIDJOB', `Unable to find object: ${name}`);
  }
};

const wrongState = (job: IngestJob, state: JobState): ApiError =>
  apiError(400, 'INVALIDJOBSTATE', `Invalid job state for ${job.head.id}: ${state}`);

const run = (org: Org, job: IngestJob, options: IngestOptions): IngestResult => {
  const object = org.schema.find(job.head.object);
  if (object === undefined) return { problem: `InvalidJob : Unable to find object: ${job.head.object}` };
  const result = runIngest({
    context: job.context,
    object,
    operation: job.operation,
    externalIdFieldName: job.externalIdFieldName,
    format: job.head.format,
    csv: job.csv ?? '',
  });
  if (!('problem' in result)) options.countBatches(Math.max(1, Math.ceil(result.lines.length / BATCH_ROWS)));
  return result;
};
