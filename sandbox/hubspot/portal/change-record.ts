// What can happen to a record after its values were found good: creation, change, archiving, restoring.
import { refreshNeighbours, setPrimaryCompany } from '#sandbox/hubspot/associations/associate.ts';
import { addRecord, type Changes, commitChanges } from './commit-changes.ts';
import { type ObjectTypeName, objectType } from './object-types.ts';
import type { PortalState } from './portal-state.ts';
import type { Actor, HubRecord, RecordValues } from './record.ts';
import { refreshRollups } from './rollups.ts';
import { claimUniqueValues, releaseUniqueValues } from './unique-claims.ts';

/** Values whose change the neighbours' roll-ups count. */
const COUNTED_BY_NEIGHBOURS: ReadonlySet<string> = new Set([
  'hs_buying_role',
  'dealstage',
  'hs_task_status',
  'hs_timestamp',
]);

export const createRecord = (
  portal: PortalState,
  type: ObjectTypeName,
  values: RecordValues,
  actor: Actor,
): HubRecord => {
  const nowMs = portal.now();
  const own = new Map(values);
  const companyId = type === 'contacts' ? own.get('associatedcompanyid') : undefined;
  own.delete('associatedcompanyid');
  const record = addRecord(portal, type, own, actor, { createdAtMs: nowMs, updatedAtMs: nowMs });
  refreshRollups(portal, type, record);
  if (companyId !== undefined) setPrimaryCompany(portal, record.id, companyId);
  portal.index.note(record);
  return record;
};

export const changeRecord = (
  portal: PortalState,
  type: ObjectTypeName,
  record: HubRecord,
  changes: Changes,
  actor: Actor,
): void => {
  const own = new Map(changes);
  const companyId = type === 'contacts' ? own.get('associatedcompanyid') : undefined;
  if (type === 'contacts') own.delete('associatedcompanyid');
  const changed = commitChanges(portal, type, record, own, actor);
  if (companyId !== undefined) setPrimaryCompany(portal, record.id, companyId);
  if (changed && [...own.keys()].some((name) => COUNTED_BY_NEIGHBOURS.has(name)))
    refreshNeighbours(portal, type, record.id);
};

export const archiveRecord = (portal: PortalState, type: ObjectTypeName, record: HubRecord): void => {
  if (record.archivedAtMs !== null) return;
  record.archivedAtMs = portal.now();
  record.updatedAtMs = record.archivedAtMs;
  releaseUniqueValues(portal, type, record);
  refreshNeighbours(portal, type, record.id);
};

export const restoreRecord = (portal: PortalState, type: ObjectTypeName, record: HubRecord): void => {
  if (record.archivedAtMs === null) return;
  record.archivedAtMs = null;
  record.updatedAtMs = portal.now();
  claimUniqueValues(portal, type, record);
  portal.index.note(record);
  refreshNeighbours(portal, type, record.id);
};

/** HubSpot's own jobs stamp all records of a portal with one millisecond, so that a date is no cursor. */
export const touchAllRecords = (portal: PortalState, type: ObjectTypeName): void => {
  const nowMs = portal.now();
  for (const record of portal.tables[type].all()) {
    if (record.archivedAtMs !== null) continue;
    record.values = new Map(record.values).set(objectType(type).modifiedProperty, String(nowMs));
    record.updatedAtMs = nowMs;
    portal.index.note(record);
  }
};
