// Reads just the records asked for, and finds out about each that does not come back whether it was merged away or is gone.
import type { RawRecord } from '#ports/crm.ts';
import type { HubspotRow } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { BATCH_ROWS, QUERY_CHARACTERS } from '../options.ts';
import { associationsOf } from './associations.ts';
import { findSurvivor } from './find-survivor.ts';
import { asDeleted, fromHubspotRow, mergedIdsOf } from './from-hubspot-row.ts';
import { readBatch } from './read-batch.ts';
import type { ReadPage } from './read-page.ts';
import type { ReadPlan } from './read-plan.ts';

/** Every id comes back: as itself, as deleted, or as merged into a survivor, which then comes too. */
export async function* readByIds(
  portal: Portal,
  plan: ReadPlan,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<ReadPage, void> {
  const distinct = [...new Set(ids)];
  for (let start = 0; start < distinct.length; start += BATCH_ROWS) {
    const asked = distinct.slice(start, start + BATCH_ROWS);
    const { rows, answeredAt } = await readBatch(portal, plan.type, plan.properties, asked, signal);
    const answered = new Map(rows.map((row) => [row.id, row]));
    const gone: RawRecord[] = [];
    for (const id of asked) {
      if (answered.has(id)) continue;
      // Not believed at once: HubSpot answers an old id by the record it was merged into, but not in every call.
      const survivor = survivorAmong(rows, id) ?? (await lookUp(portal, plan, id, signal));
      if (survivor !== null) answered.set(survivor.id, survivor);
      if (survivor?.id !== id) gone.push(asDeleted(id, plan, survivor?.id ?? null));
    }
    const live = [...answered.values()];
    const associated = await associationsOf(portal, plan, live, { inline: false, signal });
    const records = live.map((row) => fromHubspotRow(row, plan, associated(row)));
    yield { records: [...records, ...gone], answeredAt };
  }
}

const survivorAmong = (rows: readonly HubspotRow[], id: string): HubspotRow | null =>
  rows.find((row) => mergedIdsOf(row).includes(id)) ?? null;

const lookUp = async (
  portal: Portal,
  plan: ReadPlan,
  id: string,
  signal: AbortSignal | undefined,
): Promise<HubspotRow | null> => {
  if (plan.properties.join(',').length <= QUERY_CHARACTERS)
    return findSurvivor(portal, plan.type, id, plan.properties, signal);
  // Too many properties for a query string: the id first, then the record in full by its new id.
  const found = await findSurvivor(portal, plan.type, id, [], signal);
  if (found === null) return null;
  const { rows } = await readBatch(portal, plan.type, plan.properties, [found.id], signal);
  return rows[0] ?? null;
};
