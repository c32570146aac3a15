// Refuses a write that would give two records the same value of a unique property.
import { contactExists, valueTaken } from '#sandbox/hubspot/answers/failures.ts';
import type { Changes } from '#sandbox/hubspot/portal/commit-changes.ts';
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import type { HubRecord } from '#sandbox/hubspot/portal/record.ts';

/** Values that earlier rows of the same batch will take, when all rows are planned before any is written. */
export type Claims = Set<string>;

export const checkUnique = (
  portal: PortalState,
  type: ObjectType,
  changes: Changes,
  record: HubRecord | null,
  claims: Claims,
): void => {
  for (const name of portal.properties[type.name].uniqueNames()) {
    const value = changes.get(name);
    if (value === undefined || value === null) continue;
    const holder = portal.unique[type.name].holderOf(name, value);
    const claim = `${name}\n${value.toLowerCase()}`;
    const heldByOther = holder !== null && holder !== record?.id;
    if (heldByOther || claims.has(claim)) {
      // Only a contact's address has a conflict of its own, and only at creation.
      if (record === null && type.name === 'contacts' && name === 'email') throw contactExists(holder ?? '0');
      throw valueTaken(portal.id, type, name, value, record?.id ?? '0', holder ?? '0');
    }
    claims.add(claim);
  }
};
