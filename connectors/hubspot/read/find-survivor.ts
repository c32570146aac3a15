// Asks for one record by an id that a batch did not give back: it may have been merged away, archived, or still be there.
import { expectShape, type HubspotRow, singleRow } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { RefusedCallError } from '../errors.ts';
import type { HubspotObjectType } from '../object-types.ts';

/** The record that answers to the id, under its own id or, after a merge, under the survivor's; null when none does. */
export async function findSurvivor(
  portal: Portal,
  type: HubspotObjectType,
  id: string,
  properties: readonly string[],
  signal?: AbortSignal,
): Promise<HubspotRow | null> {
  const path = portal.paths.record(type.path, id);
  try {
    const answer = await portal.call({
      method: 'GET',
      path,
      query: { properties: properties.join(',') },
      kind: 'read',
      signal,
    });
    return expectShape(singleRow, answer.body, `GET ${path}`);
  } catch (error) {
    // 400 is what an id that never was one gets.
    if (error instanceof RefusedCallError && [400, 404].includes(error.problem.status)) return null;
    throw error;
  }
}
