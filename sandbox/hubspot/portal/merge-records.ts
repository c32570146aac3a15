// Merges two records the way HubSpot does since 2025: both give way to a new record with a new id.
import { refreshNeighbours } from '#sandbox/hubspot/associations/associate.ts';
import { findAssociationType } from '#sandbox/hubspot/associations/association-types.ts';
import { addRecord } from './commit-changes.ts';
import { OBJECT_TYPE_NAMES, type ObjectTypeName } from './object-types.ts';
import type { PortalState } from './portal-state.ts';
import { type HubRecord, MERGE_ACTOR, type RecordValues } from './record.ts';
import { refreshRollups } from './rollups.ts';
import { claimUniqueValues, releaseUniqueValues } from './unique-claims.ts';

/** The primary record's values win, the other's fill its gaps; old ids lead to the new record from now on. */
export const mergeRecords = (
  portal: PortalState,
  type: ObjectTypeName,
  primary: HubRecord,
  other: HubRecord,
): HubRecord => {
  for (const record of [primary, other]) releaseUniqueValues(portal, type, record);
  const survivor = addRecord(portal, type, mergedValues(type, primary, other), MERGE_ACTOR, {
    createdAtMs: Math.min(primary.createdAtMs, other.createdAtMs),
    updatedAtMs: portal.now(),
  });
  moveAssociations(portal, type, primary, survivor);
  moveAssociations(portal, type, other, survivor);
  for (const record of [primary, other]) portal.tables[type].retire(record, survivor.id);
  claimUniqueValues(portal, type, survivor);
  refreshRollups(portal, type, survivor);
  refreshNeighbours(portal, type, survivor.id);
  portal.index.note(survivor);
  return survivor;
};

const mergedValues = (type: ObjectTypeName, primary: HubRecord, other: HubRecord): RecordValues => {
  const values = new Map([...other.values, ...primary.values]);
  const ids = [primary, other].flatMap(({ id, values: own }) => [
    id,
    ...(own.get('hs_merged_object_ids')?.split(';') ?? []),
  ]);
  values.set('hs_merged_object_ids', ids.join(';'));
  if (type === 'contacts') {
    const emails = [primary, other].flatMap(({ values: own }) => [
      own.get('email') ?? '',
      ...(own.get('hs_additional_emails')?.split(';') ?? []),
    ]);
    const additional = [...new Set(emails)].filter((email) => email !== '' && email !== values.get('email'));
    if (additional.length > 0) values.set('hs_additional_emails', additional.join(';'));
  }
  return values;
};

const moveAssociations = (
  portal: PortalState,
  type: ObjectTypeName,
  from: HubRecord,
  survivor: HubRecord,
): void => {
  for (const to of OBJECT_TYPE_NAMES) {
    for (const pair of portal.associations.targets(type, from.id, to)) {
      for (const typeId of pair.typeIds) {
        const association = findAssociationType(typeId);
        if (association === null) continue;
        portal.associations.unlink(association, from.id, pair.id);
        const bothWays = to === type && pair.id === survivor.id;
        if (!bothWays && !wouldBeSecondPrimary(portal, association.label, type, survivor.id, to))
          portal.associations.link(association, survivor.id, pair.id, pair.sinceMs);
      }
    }
  }
};

const wouldBeSecondPrimary = (
  portal: PortalState,
  label: string | null,
  type: ObjectTypeName,
  survivorId: string,
  to: ObjectTypeName,
): boolean =>
  label === 'Primary' &&
  to === 'companies' &&
  portal.associations
    .targets(type, survivorId, to)
    .some(({ typeIds }) => [...typeIds].some((id) => findAssociationType(id)?.label === 'Primary'));
