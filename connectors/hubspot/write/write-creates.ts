// Makes one batch of records (tasks), each with its company, and never one twice: before it sends again after a doubt it
// reads back what arrived.
import { OutcomeUnknownError } from '#connectors/calls/outcome-unknown.ts';
import { sleepOrStop, waitBeforeRetry } from '#connectors/calls/retry.ts';
import type { ChangeOutcome, CrmChange } from '#ports/crm.ts';
import { batchAnswer, expectShape, type HubspotRow } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { readProblem } from '../call/problem.ts';
import type { HubspotObjectType } from '../object-types.ts';
import { findCreated } from './find-created.ts';
import { failed, isolateRefusals } from './isolate.ts';
import { ownRowError, toRowError } from './row-errors.ts';
import { problemOf, toProperties, written } from './write-updates.ts';

/** HubSpot's own type of the association of a task with its company. */
const TASK_TO_COMPANY_TYPE_ID = 192;

/** How a batch of creates is sent; `random` spreads the waits. */
export interface CreateParts {
  readonly portal: Portal;
  readonly type: HubspotObjectType;
  readonly random: () => number;
  readonly signal: AbortSignal | undefined;
}

/** At most 100 changes. A change in doubt from an earlier run is looked for before anything is sent. */
export async function* writeCreates(
  parts: CreateParts,
  changes: readonly CrmChange[],
): AsyncGenerator<readonly ChangeOutcome[], void> {
  const doubtful = changes.filter(({ inDoubt }) => inDoubt === true);
  yield* sendMissing(parts, changes, doubtful, 1);
}

/** Sends those of `changes` that are not there yet; only those of `doubtful` may be. */
async function* sendMissing(
  parts: CreateParts,
  changes: readonly CrmChange[],
  doubtful: readonly CrmChange[],
  attempt: number,
): AsyncGenerator<readonly ChangeOutcome[], void> {
  const found = await findCreated(parts.portal, parts.type, doubtful, parts.signal);
  if (found.size > 0) yield changes.flatMap(({ changeId }) => foundOutcome(changeId, found));
  const missing = changes.filter(({ changeId }) => !found.has(changeId));
  yield* isolateRefusals(missing, (part) => sendUntilKnown(parts, part, attempt));
}

async function* sendUntilKnown(
  parts: CreateParts,
  changes: readonly CrmChange[],
  attempt: number,
): AsyncGenerator<readonly ChangeOutcome[], void> {
  const { portal, type, random, signal } = parts;
  const { retry } = portal.timings;
  try {
    yield* sendCreates(portal, type, changes, signal);
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError) || attempt >= retry.attempts) throw error;
    await sleepOrStop(portal.clock, waitBeforeRetry(error, attempt, retry, random) ?? 0, signal);
    // Without a key there is nothing to look for, and sending again could make it twice.
    const lost = changes.filter(({ idempotency }) => idempotency === undefined);
    if (lost.length > 0) yield lost.map(({ changeId }) => failed(changeId, ownRowError('OUTCOME_UNKNOWN')));
    const keyed = changes.filter(({ idempotency }) => idempotency !== undefined);
    yield* sendMissing(parts, keyed, keyed, attempt + 1);
  }
}

async function* sendCreates(
  portal: Portal,
  type: HubspotObjectType,
  changes: readonly CrmChange[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly ChangeOutcome[], void> {
  const path = portal.paths.batch(type.path, 'create');
  const answer = await portal.call({
    method: 'POST',
    path,
    body: { inputs: changes.map((change) => toInput(type, change)) },
    kind: 'write',
    repeatable: false,
    signal,
  });
  const { results, errors } = expectShape(batchAnswer, answer.body, `POST ${path}`);
  const problems = errors.map((error) => readProblem(answer.status, error));
  const outcomes: ChangeOutcome[] = [];
  const unanswered: CrmChange[] = [];
  for (const change of changes) {
    const row = results.find((result) => isRowOf(result, change));
    const problem = problemOf(change, problems);
    if (row !== undefined) outcomes.push(written(change.changeId, row, type));
    else if (problem !== undefined) outcomes.push(failed(change.changeId, toRowError(problem)));
    else unanswered.push(change);
  }
  yield outcomes;
  if (unanswered.length === 0) return;
  const found = await findCreated(portal, type, unanswered, signal);
  yield unanswered.map(
    ({ changeId }) => foundOutcome(changeId, found)[0] ?? failed(changeId, ownRowError('NOT_APPLIED')),
  );
}

const toInput = (type: HubspotObjectType, { changeId, fields, accountId }: CrmChange): object => ({
  objectWriteTraceId: changeId,
  properties: toProperties(fields),
  associations:
    accountId === undefined || accountId === null || type.path !== 'tasks'
      ? []
      : [
          {
            to: { id: accountId },
            types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: TASK_TO_COMPANY_TYPE_ID }],
          },
        ],
});

// Results come in no promised order: the key tells them apart, the trace id when the answer repeats it.
const isRowOf = (row: HubspotRow, { changeId, idempotency }: CrmChange): boolean =>
  row.objectWriteTraceId === changeId ||
  (idempotency !== undefined && row.properties[idempotency.field] === idempotency.value);

const foundOutcome = (changeId: string, found: ReadonlyMap<string, string>): readonly ChangeOutcome[] => {
  const recordId = found.get(changeId);
  return recordId === undefined ? [] : [{ changeId, status: 'written', recordId, writtenAt: null }];
};
