// Cuts a stream of changes into batches of which none names a record twice: HubSpot refuses those whole.
import type { CrmChange } from '#ports/crm.ts';

export async function* inBatches(
  changes: AsyncIterable<CrmChange>,
  size: number,
): AsyncGenerator<readonly CrmChange[], void> {
  let batch: CrmChange[] = [];
  let ids = new Set<string>();
  for await (const change of changes) {
    const again = change.recordId !== null && ids.has(change.recordId);
    if (again || batch.length === size) {
      yield batch;
      batch = [];
      ids = new Set();
    }
    batch.push(change);
    if (change.recordId !== null) ids.add(change.recordId);
  }
  if (batch.length > 0) yield batch;
}
