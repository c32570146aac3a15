// Creates up to 200 records a call, each with a key in a unique field.
//
// Plain inserts, not upserts: an upsert that finds the key writes over what people have made of the record since. Here the
// org's unique index refuses the second record, names the first, and that is the outcome: made once, touched never. So a
// repeat after any doubt is harmless, also when the first call is still running.
import { ConfigError } from '#errors/errors.ts';
import type { ChangeOutcome, CrmChange } from '#ports/crm.ts';
import type { VendorError } from '../errors.ts';
import { toLongId } from '../salesforce-id.ts';
import { readBackCreates, uniqueField } from './read-back.ts';
import { sendCollection } from './send-collection.ts';
import type { WriteVerb } from './write-batch.ts';
import type { WriteParts } from './write-parts.ts';

export const createCreateVerb = (parts: WriteParts): WriteVerb => ({
  send: (changes) =>
    sendCollection(parts.client, {
      method: 'POST',
      path: '/composite/sobjects',
      body: { allOrNone: false, records: changes.map((change) => toRow(parts.crmObject, change)) },
      rows: changes.length,
      repeatable: false,
      signal: parts.signal,
    }),
  readBack: (changes) => readBackCreates(parts, keyFieldOf(changes), changes),
  forgive: (change, error) => findTwin(parts, change, error),
});

const toRow = (type: string, { fields, idempotency }: CrmChange): object => ({
  attributes: { type },
  ...fields,
  ...(idempotency === undefined ? {} : { [idempotency.field]: idempotency.value }),
});

const keyFieldOf = (changes: readonly CrmChange[]): string => changes[0]?.idempotency?.field ?? '';

/** Stops before anything is sent unless every create has a key in one field that the org keeps unique. */
export const assertUniqueKeys = async (parts: WriteParts, changes: readonly CrmChange[]): Promise<void> => {
  const { client, schema, crmObject } = parts;
  const fields = new Set(changes.map(({ idempotency }) => idempotency?.field ?? ''));
  for (const field of fields) {
    if (field !== '' && fields.size === 1 && (await uniqueField(schema, crmObject, field)) !== null) continue;
    throw new ConfigError(
      `${client.connection}: ${crmObject} cannot be created safely: ${field === '' ? 'there is no key' : `${field} is not unique`}`,
      { next: 'Run setup, or tick "Unique" on the field that the mapping names as key.' },
    );
  }
};

const ID_IN_MESSAGE = /record with id: ([a-zA-Z0-9]{15,18})\b/;

/** The record that holds the key already. Its stamp is its own, not of this write: unknown. */
const findTwin = async (
  parts: WriteParts,
  change: CrmChange,
  error: VendorError,
): Promise<ChangeOutcome | null> => {
  const { idempotency, changeId } = change;
  if (error.code !== 'DUPLICATE_VALUE' || idempotency === undefined) return null;
  // Another unique field of the org may be the one that clashes.
  if (!`${error.fields.join(' ')} ${error.message}`.includes(idempotency.field)) return null;
  const named = ID_IN_MESSAGE.exec(error.message)?.[1];
  if (named !== undefined) return { changeId, status: 'written', recordId: toLongId(named), writtenAt: null };
  // The message hides the id of a record that the connected user may not see in full.
  const { settled } = await readBackCreates(parts, idempotency.field, [change]);
  return settled[0] ?? null;
};
