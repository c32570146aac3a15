// Completes rows that came with their ids only, because all the properties asked for did not fit the call that found them.
import type { HubspotRow } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { BATCH_ROWS } from '../options.ts';
import { readBatch } from './read-batch.ts';
import type { ReadPlan } from './read-plan.ts';

/** The same rows with their properties, in the same order. One that vanished between the two calls is left out: it is gone. */
export async function readRest(
  portal: Portal,
  plan: ReadPlan,
  rows: readonly HubspotRow[],
  signal: AbortSignal | undefined,
): Promise<readonly HubspotRow[]> {
  const whole: HubspotRow[] = [];
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    const found = rows.slice(start, start + BATCH_ROWS);
    const ids = found.map(({ id }) => id);
    const read = await readBatch(portal, plan.type, plan.properties, ids, signal);
    const byId = new Map(read.rows.map((row) => [row.id, row]));
    for (const { id, associations } of found) {
      const row = byId.get(id);
      if (row !== undefined) whole.push({ ...row, associations });
    }
  }
  return whole;
}
