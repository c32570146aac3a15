// /limits: what the org may use a day and what is left, and about how many records it holds.
import type { Org } from '../org/org.ts';
import { isDeleted } from '../org/row.ts';
import { type ApiHandler, jsonAnswer } from './api-message.ts';
import { type Route, route } from './api-router.ts';
import type { ApiUsage } from './api-usage.ts';
import { findObject } from './dml-call.ts';

export interface BulkUsage {
  readonly queryJobs: number;
  readonly ingestBatches: number;
}

const MAX_QUERY_JOBS = 10_000;
const MAX_INGEST_BATCHES = 15_000;
const MAX_RESULT_MB = 976_562;

const left = (max: number, used: number): { readonly Max: number; readonly Remaining: number } => ({
  Max: max,
  Remaining: Math.max(0, max - used),
});

export const createLimitRoutes = (org: Org, usage: ApiUsage, bulk: () => BulkUsage): Route[] => {
  const limits: ApiHandler = () => {
    const { queryJobs, ingestBatches } = bulk();
    return jsonAnswer({
      DailyApiRequests: left(usage.max, usage.used),
      DailyAsyncApexExecutions: left(250_000, 0),
      DailyBulkApiBatches: left(MAX_INGEST_BATCHES, ingestBatches),
      DailyBulkV2QueryFileStorageMB: left(MAX_RESULT_MB, 0),
      DailyBulkV2QueryJobs: left(MAX_QUERY_JOBS, queryJobs),
      DailyStreamingApiEvents: left(10_000, 0),
      DataStorageMB: left(1_024, 0),
      FileStorageMB: left(1_024, 0),
      SingleEmail: left(5_000, 0),
    });
  };
  /** Salesforce counts live rows now and then; here the count is exact. */
  const recordCount: ApiHandler = (request) => {
    const names = (request.query.get('sObjects') ?? '').split(',').filter((name) => name !== '');
    const sObjects = names.map((name) => {
      const object = findObject(org, request, name);
      const rows = [...org.table(object.name).rows()];
      return { name: object.name, count: rows.filter((row) => !isDeleted(row)).length };
    });
    return jsonAnswer({ sObjects });
  };
  return [route('GET', '/limits', limits), route('GET', '/limits/recordCount', recordCount)];
};
