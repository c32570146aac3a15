// Archives one batch of records. Archiving what is gone already is as good as done.
import type { ChangeOutcome, CrmChange } from '#ports/crm.ts';
import type { Portal } from '../call/portal.ts';
import { RefusedCallError } from '../errors.ts';
import type { HubspotObjectType } from '../object-types.ts';

/** At most 100 changes. */
export async function* writeDeletes(
  portal: Portal,
  type: HubspotObjectType,
  changes: readonly CrmChange[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly ChangeOutcome[], void> {
  const path = portal.paths.batch(type.path, 'archive');
  const inputs = changes.map(({ recordId }) => ({ id: recordId }));
  try {
    await portal.call({ method: 'POST', path, body: { inputs }, kind: 'write', signal });
  } catch (error) {
    const gone = error instanceof RefusedCallError && error.problem.status === 404 && changes.length === 1;
    if (!gone) throw error;
  }
  yield changes.map(({ changeId, recordId }) => ({
    changeId,
    status: 'written',
    recordId: recordId ?? '',
    writtenAt: null,
  }));
}
