// Cuts a stream of changes into batches that never hold one record twice: Salesforce refuses the second of two in a call,
// and of two values for one field the later one must be sent later.
import type { CrmChange } from '#ports/crm.ts';
import { toLongId } from '../salesforce-id.ts';

/** What two changes must not share within a call: the record, or the key of a record to be made. */
export const subjectOf = (change: CrmChange): string =>
  change.recordId === null
    ? `key ${change.idempotency?.value ?? change.changeId}`
    : toLongId(change.recordId);

export interface BatchLimits {
  readonly rows: number;
  /** Roughly, of the values as text. */
  readonly bytes?: number;
}

export const toBatches = async function* (
  changes: AsyncIterable<CrmChange>,
  { rows, bytes = Number.POSITIVE_INFINITY }: BatchLimits,
): AsyncGenerator<readonly CrmChange[], void> {
  let batch: CrmChange[] = [];
  let subjects = new Set<string>();
  let size = 0;
  for await (const change of changes) {
    const subject = subjectOf(change);
    const changeSize = sizeOf(change);
    if (batch.length === rows || subjects.has(subject) || (batch.length > 0 && size + changeSize > bytes)) {
      yield batch;
      batch = [];
      subjects = new Set();
      size = 0;
    }
    batch.push(change);
    subjects.add(subject);
    size += changeSize;
  }
  if (batch.length > 0) yield batch;
};

const ID_SIZE = 20;

const sizeOf = (change: CrmChange): number => {
  let size = ID_SIZE;
  for (const value of Object.values(change.fields)) size += String(value ?? '').length + 1;
  return size;
};
