// Reads up to 100 records by id with any number of properties, and tells which of them the portal does not have.
import { batchAnswer, expectShape, type HubspotRow } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { readProblem } from '../call/problem.ts';
import type { HubspotObjectType } from '../object-types.ts';

export interface BatchRead {
  readonly rows: readonly HubspotRow[];
  /** Ids that HubSpot says it could not find: archived, never there, or merged away. */
  readonly notFound: readonly string[];
  readonly answeredAt: Date | null;
}

export async function readBatch(
  portal: Portal,
  type: HubspotObjectType,
  properties: readonly string[],
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<BatchRead> {
  if (ids.length === 0) return { rows: [], notFound: [], answeredAt: null };
  const path = portal.paths.batch(type.path, 'read');
  const { body, status, answeredAt } = await portal.call({
    method: 'POST',
    path,
    body: { inputs: ids.map((id) => ({ id })), properties },
    kind: 'read',
    signal,
  });
  const { results, errors } = expectShape(batchAnswer, body, `POST ${path}`);
  const notFound = errors
    .map((error) => readProblem(status, error))
    .filter(({ category }) => category === 'OBJECT_NOT_FOUND')
    .flatMap((problem) => problem.ids);
  return { rows: results, notFound, answeredAt };
}
