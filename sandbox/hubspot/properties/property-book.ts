// The property and group definitions of one object type, archived ones included.
// It keeps no rules: what may be defined is decided in parse-definition.ts and the routes.
import type { PropertyDefinition, PropertyGroup } from './definition.ts';

export interface PropertyBook {
  /** The definition in use; null when there is none or it is archived. */
  find(name: string): PropertyDefinition | null;
  findArchived(name: string): PropertyDefinition | null;
  list(archived: boolean): readonly PropertyDefinition[];
  /** Names of the live properties whose values are unique. */
  uniqueNames(): readonly string[];
  put(definition: PropertyDefinition): void;
  findGroup(name: string): PropertyGroup | null;
  groups(): readonly PropertyGroup[];
  putGroup(group: PropertyGroup): void;
}

export const createPropertyBook = (
  definitions: readonly PropertyDefinition[],
  groups: readonly { readonly name: string; readonly label: string }[],
): PropertyBook => {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  // Asked for at every write, changed a few times in a portal's life.
  let uniqueNames = liveUniqueNames(byName.values());
  const groupsByName = new Map<string, PropertyGroup>(
    groups.map(({ name, label }) => [name, { name, label, displayOrder: -1, archived: false }]),
  );

  return {
    find(name) {
      const definition = byName.get(name);
      return definition === undefined || definition.archivedAtMs !== null ? null : definition;
    },
    findArchived(name) {
      const definition = byName.get(name);
      return definition === undefined || definition.archivedAtMs === null ? null : definition;
    },
    list: (archived) =>
      [...byName.values()].filter((definition) => (definition.archivedAtMs !== null) === archived),
    uniqueNames: () => uniqueNames,
    put(definition) {
      byName.set(definition.name, definition);
      uniqueNames = liveUniqueNames(byName.values());
    },
    findGroup(name) {
      const group = groupsByName.get(name);
      return group === undefined || group.archived ? null : group;
    },
    groups: () => [...groupsByName.values()].filter((group) => !group.archived),
    putGroup(group) {
      groupsByName.set(group.name, group);
    },
  };
};

const liveUniqueNames = (definitions: Iterable<PropertyDefinition>): readonly string[] =>
  [...definitions]
    .filter(({ hasUniqueValue, archivedAtMs }) => hasUniqueValue && archivedAtMs === null)
    .map(({ name }) => name);
