// Looks whether records that we may have made are there already, through the company they hang on: associations show at
// once what search shows only after its lag. A record without a company can only be searched for.
import type { CrmChange } from '#ports/crm.ts';
import type { Portal } from '../call/portal.ts';
import { type HubspotObjectType, ID_PROPERTY } from '../object-types.ts';
import { BATCH_ROWS } from '../options.ts';
import { readAssociations } from '../read/associations.ts';
import { readBatch } from '../read/read-batch.ts';
import { planRead } from '../read/read-plan.ts';
import { searchPage } from '../read/search-page.ts';
import { compareIds } from '../record-ids.ts';

const ACCOUNT_PATH = 'companies';

/** Record ids by change id, of those that were found. */
export async function findCreated(
  portal: Portal,
  type: HubspotObjectType,
  changes: readonly CrmChange[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const accountIds = [...new Set(changes.flatMap(({ accountId }) => accountId ?? []))];
  if (accountIds.length > 0) {
    const attached = await readAssociations(portal, ACCOUNT_PATH, type.path, accountIds, signal);
    // What we made last has the highest ids.
    const ids = [...new Set([...attached.values()].flat())].toSorted((a, b) => compareIds(b, a));
    await findAmong(portal, type, ids, changes, found, signal);
  }
  for (const change of changes) {
    if (change.idempotency === undefined || (change.accountId ?? null) !== null) continue;
    const recordId = await searchByKey(portal, type, change.idempotency, signal);
    if (recordId !== null) found.set(change.changeId, recordId);
  }
  return found;
}

const findAmong = async (
  portal: Portal,
  type: HubspotObjectType,
  ids: readonly string[],
  changes: readonly CrmChange[],
  found: Map<string, string>,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const wanted = changes.filter(
    ({ idempotency, accountId }) => idempotency !== undefined && (accountId ?? null) !== null,
  );
  const properties = [...new Set(wanted.flatMap(({ idempotency }) => idempotency?.field ?? []))];
  for (let start = 0; start < ids.length && found.size < wanted.length; start += BATCH_ROWS) {
    const { rows } = await readBatch(portal, type, properties, ids.slice(start, start + BATCH_ROWS), signal);
    for (const row of rows) {
      const change = wanted.find(
        ({ idempotency }) =>
          idempotency !== undefined && row.properties[idempotency.field] === idempotency.value,
      );
      if (change !== undefined) found.set(change.changeId, row.id);
    }
  }
};

const searchByKey = async (
  portal: Portal,
  type: HubspotObjectType,
  { field, value }: { readonly field: string; readonly value: string },
  signal: AbortSignal | undefined,
): Promise<string | null> => {
  const plan = { ...planRead({ crmObject: type.path, fields: [] }, null), properties: [ID_PROPERTY] };
  const filterGroups = [{ filters: [{ propertyName: field, operator: 'EQ' as const, value }] }];
  const page = await searchPage(portal, plan, { filterGroups, direction: 'ASCENDING', signal });
  return page.records[0]?.id ?? null;
};
