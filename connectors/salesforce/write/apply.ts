// Carries changes into the org and yields their outcomes: small batches, or bulk jobs when there are many updates.
import type { ApplyRequest, ChangeOutcome, CrmChange } from '#ports/crm.ts';
import { throwIfInterrupted } from '../../calls/with-deadline.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import type { SchemaReader } from '../schema/schema-reader.ts';
import { createWritableCheck } from './assert-writable.ts';
import { assertUniqueKeys, createCreateVerb } from './create-verb.ts';
import { createDeleteVerb } from './delete-verb.ts';
import { findMoved } from './find-moved.ts';
import { BULK_FROM_ROWS, ingestUpdates } from './ingest-updates.ts';
import { toBatches } from './row-batch.ts';
import { ROWS_A_COLLECTION } from './send-collection.ts';
import { createUpdateVerb } from './update-verb.ts';
import { type WriteVerb, writeBatch } from './write-batch.ts';
import type { WriteParts } from './write-parts.ts';

export interface ApplyParts {
  readonly client: SalesforceClient;
  readonly schema: SchemaReader;
}

// What one job may hold in memory while it runs; Salesforce takes 100 MB before its own encoding.
const JOB_ROWS = 50_000;
const JOB_BYTES = 50_000_000;
const OUTCOMES_A_YIELD = 2000;

export const apply = async function* (
  { client, schema }: ApplyParts,
  request: ApplyRequest,
): AsyncGenerator<readonly ChangeOutcome[], void> {
  const { crmObject, beforeSend, signal, verb } = request;
  const parts: WriteParts = { client, schema, crmObject, beforeSend, signal };
  throwIfInterrupted(signal);
  switch (verb) {
    case 'update': {
      const assertWritable = createWritableCheck(schema, { connection: client.connection, crmObject, verb });
      const limits =
        request.total < BULK_FROM_ROWS ? { rows: ROWS_A_COLLECTION } : { rows: JOB_ROWS, bytes: JOB_BYTES };
      for await (const batch of toBatches(request.changes, limits)) {
        await assertWritable(batch);
        yield* writeUpdates(parts, batch);
      }
      return;
    }
    case 'create': {
      const assertWritable = createWritableCheck(schema, { connection: client.connection, crmObject, verb });
      for await (const batch of toBatches(request.changes, { rows: ROWS_A_COLLECTION })) {
        await assertWritable(batch);
        await assertUniqueKeys(parts, batch);
        yield await writeBatch(parts, createCreateVerb(parts), batch);
      }
      return;
    }
    case 'delete':
      for await (const batch of toBatches(request.changes, { rows: ROWS_A_COLLECTION }))
        yield await writeBatch(parts, createDeleteVerb(parts), batch);
  }
};

const writeUpdates = async function* (
  parts: WriteParts,
  changes: readonly CrmChange[],
): AsyncGenerator<readonly ChangeOutcome[], void> {
  let open = changes;
  if (open.length >= BULK_FROM_ROWS) {
    const { outcomes, again } = await ingestUpdates(parts, open);
    const complete = await findMoved(parts, open, outcomes);
    for (let start = 0; start < complete.length; start += OUTCOMES_A_YIELD)
      yield complete.slice(start, start + OUTCOMES_A_YIELD);
    open = again;
  }
  const verb: WriteVerb = createUpdateVerb(parts);
  for (let start = 0; start < open.length; start += ROWS_A_COLLECTION) {
    const batch = open.slice(start, start + ROWS_A_COLLECTION);
    yield await findMoved(parts, batch, await writeBatch(parts, verb, batch));
  }
};
