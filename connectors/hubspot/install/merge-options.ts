// Which options a property should have, given those it has and those it needs. None is ever taken away: records hold them.
import type { HubspotProperty } from '../schema/describe.ts';
import type { PropertyOption } from './property-definition.ts';

/**
 * Null when nothing has to change. Needed options are added or shown again, others are hidden; labels and order that people
 * gave stay. HubSpot's PATCH replaces the whole list, so the answer is whole.
 */
export function mergeOptions(
  present: readonly HubspotProperty['options'][number][],
  needed: readonly PropertyOption[],
): readonly PropertyOption[] | null {
  const neededValues = new Set(needed.map(({ value }) => value));
  const presentValues = new Set(present.map(({ value }) => value));
  const kept = present.map(({ value, label, hidden }) => ({
    value,
    label: label ?? value,
    hidden: !neededValues.has(value),
    changed: (hidden === true) === neededValues.has(value),
  }));
  const added = needed
    .filter(({ value }) => !presentValues.has(value))
    .map(({ value, label }) => ({ value, label, hidden: false, changed: true }));
  const merged = [...kept, ...added];
  if (!merged.some(({ changed }) => changed)) return null;
  return merged.map(({ value, label, hidden }, displayOrder) => ({ value, label, displayOrder, hidden }));
}
