// Keeps the register of unique values in step with a record. Contacts also hold their additional addresses.
import type { ObjectTypeName } from './object-types.ts';
import type { PortalState } from './portal-state.ts';
import type { HubRecord } from './record.ts';

export const claimUniqueValues = (portal: PortalState, type: ObjectTypeName, record: HubRecord): void => {
  for (const [property, value] of uniqueValuesOf(portal, type, record))
    portal.unique[type].claim(property, value, record.id);
};

export const releaseUniqueValues = (portal: PortalState, type: ObjectTypeName, record: HubRecord): void => {
  for (const [property, value] of uniqueValuesOf(portal, type, record))
    portal.unique[type].release(property, value, record.id);
};

const uniqueValuesOf = (
  portal: PortalState,
  type: ObjectTypeName,
  { values }: HubRecord,
): readonly (readonly [string, string])[] => {
  const own = portal.properties[type].uniqueNames().flatMap((name) => {
    const value = values.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const emails = type === 'contacts' ? (values.get('hs_additional_emails')?.split(';') ?? []) : [];
  return [...own, ...emails.map((email) => ['email', email] as const)];
};
