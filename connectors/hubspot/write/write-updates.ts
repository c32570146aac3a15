// Sends one batch of updates and says of every row what became of it. Sending the same values twice changes nothing, so an
// unknown outcome is simply repeated.
import type { ChangeOutcome, CrmChange } from '#ports/crm.ts';
import { batchAnswer, expectShape, type HubspotRow } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { type HubspotProblem, readProblem } from '../call/problem.ts';
import { type HubspotObjectType, ID_PROPERTY } from '../object-types.ts';
import { findSurvivor } from '../read/find-survivor.ts';
import { toHubspotValue, toIsoUtc } from '../values.ts';
import { failed } from './isolate.ts';
import { ownRowError, toRowError } from './row-errors.ts';

/** At most 100 changes, each of another record. */
export async function* writeUpdates(
  portal: Portal,
  type: HubspotObjectType,
  changes: readonly CrmChange[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly ChangeOutcome[], void> {
  const path = portal.paths.batch(type.path, 'update');
  const answer = await portal.call({
    method: 'POST',
    path,
    // Without a trace id on every input one bad row fails them all; with it the answer is a 207 that names the row.
    body: {
      inputs: changes.map(({ changeId, recordId, fields }) => ({
        id: recordId,
        objectWriteTraceId: changeId,
        properties: toProperties(fields),
      })),
    },
    kind: 'write',
    signal,
  });
  const { results, errors } = expectShape(batchAnswer, answer.body, `POST ${path}`);
  const problems = errors.map((error) => readProblem(answer.status, error));
  const rows = new Map(results.map((row) => [row.id, row]));
  const outcomes: ChangeOutcome[] = [];
  const unanswered: CrmChange[] = [];
  for (const change of changes) {
    const row = rows.get(change.recordId ?? '');
    const problem = problemOf(change, problems);
    if (row !== undefined) outcomes.push(written(change.changeId, row, type));
    else if (problem !== undefined) outcomes.push(failed(change.changeId, toRowError(problem)));
    else unanswered.push(change);
  }
  yield outcomes;
  for (const change of unanswered) yield [await explainSilence(portal, type, change, signal)];
}

export function toProperties(fields: CrmChange['fields']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, toHubspotValue(value)]));
}

export function written(changeId: string, row: HubspotRow, type: HubspotObjectType): ChangeOutcome {
  const stamp = row.properties[type.modifiedProperty];
  return {
    changeId,
    status: 'written',
    recordId: row.id,
    // The property is what later searches filter by.
    writtenAt: toIsoUtc(typeof stamp === 'string' ? stamp : null) ?? toIsoUtc(row.updatedAt),
  };
}

export function problemOf(
  { changeId, recordId }: CrmChange,
  problems: readonly HubspotProblem[],
): HubspotProblem | undefined {
  return problems.find(
    ({ traceIds, ids }) => traceIds.includes(changeId) || (recordId !== null && ids.includes(recordId)),
  );
}

// A merged-away id is dropped from the answer without a word: 200, no error, no result.
const explainSilence = async (
  portal: Portal,
  type: HubspotObjectType,
  { changeId, recordId }: CrmChange,
  signal: AbortSignal | undefined,
): Promise<ChangeOutcome> => {
  const found = recordId === null ? null : await findSurvivor(portal, type, recordId, [ID_PROPERTY], signal);
  if (found === null) return failed(changeId, ownRowError('OBJECT_NOT_FOUND'));
  if (found.id === recordId) return failed(changeId, ownRowError('NOT_APPLIED'));
  return failed(changeId, ownRowError('MERGED_AWAY'), found.id);
};
