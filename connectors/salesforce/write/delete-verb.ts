// Deletes up to 200 records a call, into the recycle bin. A record that is gone already is as wanted.
import { toLongId } from '../salesforce-id.ts';
import { readBackDeletes } from './read-back.ts';
import { sendCollection } from './send-collection.ts';
import type { WriteVerb } from './write-batch.ts';
import type { WriteParts } from './write-parts.ts';

export const createDeleteVerb = (parts: WriteParts): WriteVerb => ({
  send(changes) {
    const ids = changes.map(({ recordId }) => toLongId(recordId ?? '')).join(',');
    return sendCollection(parts.client, {
      method: 'DELETE',
      path: `/composite/sobjects?ids=${ids}&allOrNone=false`,
      rows: changes.length,
      repeatable: false,
      signal: parts.signal,
    });
  },
  readBack: (changes) => readBackDeletes(parts, changes),
  forgive: ({ changeId, recordId }, error) =>
    Promise.resolve(
      error.code === 'ENTITY_IS_DELETED'
        ? { changeId, status: 'written', recordId: toLongId(recordId ?? ''), writtenAt: null }
        : null,
    ),
});
