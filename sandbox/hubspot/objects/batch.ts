// Carries out a batch of writes by HubSpot's rule: with a trace id on every input each row succeeds or fails by
// itself, without them one bad row refuses the whole batch. How a row is checked is the caller's.
import { ApiFailure, rowErrorOf } from '#sandbox/hubspot/answers/api-failure.ts';
import { invalidJson, invalidRequest, someNotFound } from '#sandbox/hubspot/answers/failures.ts';
import { isJsonObject, type JsonObject } from '#sandbox/hubspot/answers/read-request.ts';
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import { formatTimestamp } from '#sandbox/hubspot/properties/stored-value.ts';

export const BATCH_LIMIT = 100;

export type Result = Readonly<Record<string, unknown>>;

export type PlannedRow =
  | { readonly kind: 'write'; readonly commit: () => Result }
  /** No such record: reported by id, whatever the trace ids say. */
  | { readonly kind: 'missing'; readonly id: string }
  /** A merged-away id: HubSpot neither writes nor reports it. */
  | { readonly kind: 'dropped' };

export interface BatchAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface BatchOptions {
  readonly type: ObjectType;
  readonly inputs: readonly JsonObject[];
  readonly plan: (input: JsonObject) => PlannedRow;
  readonly successStatus: 200 | 201;
  readonly nowMs: number;
  /** False where HubSpot does not split a batch even with trace ids. */
  readonly mayBePartial?: boolean;
}

export const readInputs = (body: JsonObject, limit = BATCH_LIMIT): readonly JsonObject[] => {
  const inputs: unknown = body['inputs'];
  if (!Array.isArray(inputs)) throw invalidJson('Some required fields were not set: [inputs]');
  if (inputs.length === 0) throw invalidRequest('inputs must not be empty.');
  if (inputs.length > limit)
    throw invalidRequest(
      `The maximum number of inputs in one request is ${limit}, but was ${inputs.length}.`,
    );
  return inputs.map((input: unknown) => {
    if (!isJsonObject(input)) throw invalidJson('inputs must be objects');
    return input;
  });
};

export const runBatch = ({
  type,
  inputs,
  plan,
  successStatus,
  nowMs,
  mayBePartial = true,
}: BatchOptions): BatchAnswer => {
  const traceIds = inputs.map(traceIdOf);
  const partial = mayBePartial && traceIds.every((traceId) => traceId !== null);
  const results: Result[] = [];
  const errors: Result[] = [];
  const missing: string[] = [];
  const commits: (() => void)[] = [];

  for (const [position, input] of inputs.entries()) {
    const traceId = traceIds[position] ?? null;
    try {
      const row = plan(input);
      if (row.kind === 'missing') missing.push(row.id);
      if (row.kind !== 'write') continue;
      const commit = (): void => {
        results.push({ ...row.commit(), ...(traceId === null ? {} : { objectWriteTraceId: traceId }) });
      };
      // A row of a partial batch is written before the next is checked, so that it can collide with it.
      if (partial) commit();
      else commits.push(commit);
    } catch (error) {
      if (!partial || !(error instanceof ApiFailure)) throw error;
      errors.push(rowErrorOf(error, traceId));
    }
  }
  for (const commit of commits) commit();
  if (missing.length > 0) errors.push(rowErrorOf(someNotFound(type, missing), null));
  return batchAnswer(results, errors, successStatus, nowMs);
};

/** The results' order is no part of HubSpot's contract: here the last comes first, so that nobody counts on it. */
export const batchAnswer = (
  results: readonly Result[],
  errors: readonly Result[],
  successStatus: 200 | 201,
  nowMs: number,
): BatchAnswer => ({
  status: errors.length > 0 ? 207 : successStatus,
  body: {
    status: 'COMPLETE',
    results: results.toReversed(),
    ...(errors.length > 0 ? { numErrors: errors.length, errors } : {}),
    startedAt: formatTimestamp(nowMs),
    completedAt: formatTimestamp(nowMs),
  },
});

export const refuseDuplicates = (ids: readonly string[]): void => {
  const seen = new Set<string>();
  const repeated = ids.filter((id) => seen.size === seen.add(id).size);
  if (repeated.length > 0)
    throw invalidRequest(`Duplicate IDs found in batch input: [${[...new Set(repeated)].join(', ')}].`);
};

const traceIdOf = (input: JsonObject): string | null => {
  const traceId: unknown = input['objectWriteTraceId'];
  return typeof traceId === 'string' && traceId !== '' ? traceId : null;
};
