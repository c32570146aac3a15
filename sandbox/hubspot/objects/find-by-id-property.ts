// Finds the record an input means: by id, or by a property whose values are unique.
import { invalidRequest } from '#sandbox/hubspot/answers/failures.ts';
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import type { HubRecord } from '#sandbox/hubspot/portal/record.ts';

/** Archived records are found too; a merged-away id leads to the record it went into. */
export const findRecord = (
  portal: PortalState,
  type: ObjectType,
  id: string,
  idProperty: string | null,
): HubRecord | null => {
  if (idProperty === null) return portal.tables[type.name].find(id);
  const holder = portal.unique[type.name].holderOf(idProperty, id);
  return holder === null ? null : portal.tables[type.name].find(holder);
};

/** `domain` is the usual trap: it looks like a key and is none. */
export const refuseCommonIdProperty = (
  portal: PortalState,
  type: ObjectType,
  idProperty: string | null,
  verb: string,
): void => {
  if (idProperty === null || portal.properties[type.name].uniqueNames().includes(idProperty)) return;
  throw invalidRequest(
    `Unable to perform ${verb} by non-unique ${type.id} property ${idProperty} in portal ID ${portal.id}`,
  );
};
