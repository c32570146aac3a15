// Finds the rows for which HubSpot refused a whole batch, by sending its halves, and lets the others through.
import type { ChangeOutcome, CrmChange } from '#ports/crm.ts';
import { LockedRecordsError, RefusedCallError } from '../errors.ts';
import { isAboutProperty, ownRowError, toRowError } from './row-errors.ts';

export type SendBatch = (changes: readonly CrmChange[]) => AsyncIterable<readonly ChangeOutcome[]>;

/** Answers that speak of what was sent and not of the call: a row may be to blame. */
const BLAMES_ROWS: readonly number[] = [400, 404, 409, 422];

/**
 * Sends the batch; when it is refused as a whole, its halves, down to single rows. One bad row in 100 costs 14 calls more.
 * A `send` that throws a refusal before its first outcomes must have changed nothing.
 */
export async function* isolateRefusals(
  changes: readonly CrmChange[],
  send: SendBatch,
): AsyncGenerator<readonly ChangeOutcome[], void> {
  if (changes.length === 0) return;
  let answered = false;
  try {
    for await (const outcomes of send(changes)) {
      answered = true;
      yield outcomes;
    }
    return;
  } catch (error) {
    // A refusal of some later question about the batch: its rows have their outcomes and must not be sent again.
    if (answered) throw error;
    if (error instanceof LockedRecordsError) {
      yield changes.map(({ changeId }) => failed(changeId, ownRowError('RECORD_LOCKED')));
      return;
    }
    if (!(error instanceof RefusedCallError) || !BLAMES_ROWS.includes(error.problem.status)) throw error;
    const blamed = blamedRows(changes, error);
    if (blamed.length > 0) {
      yield blamed.map(({ changeId }) => failed(changeId, toRowError(error.problem)));
      yield* isolateRefusals(
        changes.filter((change) => !blamed.includes(change)),
        send,
      );
      return;
    }
  }
  const middle = Math.ceil(changes.length / 2);
  yield* isolateRefusals(changes.slice(0, middle), send);
  yield* isolateRefusals(changes.slice(middle), send);
}

export function failed(
  changeId: string,
  error: ReturnType<typeof toRowError>,
  movedTo?: string,
): ChangeOutcome {
  return { changeId, status: 'failed', error, ...(movedTo === undefined ? {} : { movedTo }) };
}

const blamedRows = (changes: readonly CrmChange[], { problem }: RefusedCallError): readonly CrmChange[] => {
  if (changes.length === 1) return changes;
  const { traceIds, property } = problem;
  if (traceIds.length > 0) return changes.filter(({ changeId }) => traceIds.includes(changeId));
  if (property === null || !isAboutProperty(problem)) return [];
  return changes.filter(({ fields }) => property in fields);
};
