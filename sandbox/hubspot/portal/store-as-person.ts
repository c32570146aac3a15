// Turns values given to the portal's handle into stored ones. Read-only properties may be set this way:
// the handle also stands for HubSpot itself. Wrong values are the test's mistake and throw.
import { checkValue } from '#sandbox/hubspot/properties/check-value.ts';
import type { Changes } from './commit-changes.ts';
import type { ObjectTypeName } from './object-types.ts';
import type { PortalState } from './portal-state.ts';

export const storeAsPerson = (
  portal: PortalState,
  type: ObjectTypeName,
  properties: Readonly<Record<string, unknown>>,
): Changes =>
  new Map(
    Object.entries(properties).map(([name, value]) => {
      const definition = portal.properties[type].find(name);
      if (definition === null) throw new Error(`${type} have no property ${name}`);
      const checked = checkValue(definition, textOf(name, value), {
        current: null,
        ownerExists: (ownerId) => portal.owners.find(ownerId) !== null,
      });
      if ('problem' in checked) throw new Error(checked.problem.message);
      return [name, checked.stored];
    }),
  );

const textOf = (name: string, value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return String(value.getTime());
  throw new Error(`the value of ${name} must be text, a number, a boolean, a date or null`);
};
