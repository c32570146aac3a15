// Updates up to 200 records a call. Sending absolute values again is harmless, yet after a doubt we look first: in between, a
// person may have edited.
import type { CrmChange } from '#ports/crm.ts';
import { toLongId } from '../salesforce-id.ts';
import { readBackUpdates } from './read-back.ts';
import { sendCollection } from './send-collection.ts';
import type { WriteVerb } from './write-batch.ts';
import type { WriteParts } from './write-parts.ts';

export const createUpdateVerb = (parts: WriteParts): WriteVerb => ({
  send: (changes) =>
    sendCollection(parts.client, {
      method: 'PATCH',
      path: '/composite/sobjects',
      body: { allOrNone: false, records: changes.map((change) => toRow(parts.crmObject, change)) },
      rows: changes.length,
      repeatable: false,
      signal: parts.signal,
    }),
  readBack: (changes) => readBackUpdates(parts, changes),
  forgive: () => Promise.resolve(null),
});

const toRow = (type: string, { recordId, fields }: CrmChange): object => ({
  attributes: { type },
  id: toLongId(recordId ?? ''),
  ...fields,
});
