// Tells where a refused record lives on when it was merged into another: its tier and tasks follow it there.
import type { ChangeOutcome, CrmChange } from '#ports/crm.ts';
import { resolveTable } from '../read/columns.ts';
import { runQuery } from '../read/run-query.ts';
import { soqlIn, toSoql } from '../read/soql.ts';
import { readJsonPath, toRawRecord } from '../read/to-raw-record.ts';
import { mayHaveMoved } from '../row-advice.ts';
import { toLongId } from '../salesforce-id.ts';
import type { WriteParts } from './write-parts.ts';

const IDS_A_CALL = 200;

/** Adds `movedTo` to outcomes of merged records. Costs a read only when a record was refused as gone. */
export const findMoved = async (
  { client, schema, crmObject, signal }: WriteParts,
  changes: readonly CrmChange[],
  outcomes: readonly ChangeOutcome[],
): Promise<readonly ChangeOutcome[]> => {
  const recordIds = new Map(changes.map(({ changeId, recordId }) => [changeId, recordId]));
  const goneIds = new Map<string, string>();
  for (const outcome of outcomes) {
    const recordId = recordIds.get(outcome.changeId);
    if (outcome.status === 'failed' && mayHaveMoved(outcome.error.code) && typeof recordId === 'string')
      goneIds.set(outcome.changeId, toLongId(recordId));
  }
  if (goneIds.size === 0) return outcomes;
  const table = await resolveTable(schema, { connection: client.connection, crmObject, fields: [] });
  if (!table.hasMaster) return outcomes;

  const survivors = new Map<string, string>();
  const ids = [...new Set(goneIds.values())];
  for (let start = 0; start < ids.length; start += IDS_A_CALL) {
    const where = [soqlIn('Id', ids.slice(start, start + IDS_A_CALL)), 'MasterRecordId != null'];
    const soql = toSoql({ select: table.select, from: table.name, where });
    const { rows } = await runQuery(client, soql, { kind: 'read', withDeleted: true, signal });
    for (const row of rows) {
      const { id, mergedInto } = toRawRecord(table, readJsonPath(row));
      if (mergedInto !== null) survivors.set(id, mergedInto);
    }
  }
  return outcomes.map((outcome) => {
    const movedTo = survivors.get(goneIds.get(outcome.changeId) ?? '');
    return outcome.status === 'failed' && movedTo !== undefined ? { ...outcome, movedTo } : outcome;
  });
};
