// What this portal's admin demands of records. HubSpot holds API writes to it from version 2026-09 on.
import type { ObjectTypeName } from './object-types.ts';
import type { RecordValues } from './record.ts';

export interface ConditionalRule {
  readonly when: { readonly property: string; readonly equals: string };
  readonly requires: string;
}

export interface WriteRules {
  /** Properties the create form of a type demands. */
  requireOnCreate(type: ObjectTypeName, properties: readonly string[]): void;
  requireWhen(type: ObjectTypeName, rule: ConditionalRule): void;
  missingOnCreate(type: ObjectTypeName, values: RecordValues): readonly string[];
  missingByCondition(type: ObjectTypeName, values: RecordValues): readonly string[];
}

export const createWriteRules = (): WriteRules => {
  const onCreate = new Map<ObjectTypeName, readonly string[]>();
  const conditional = new Map<ObjectTypeName, readonly ConditionalRule[]>();
  return {
    requireOnCreate(type, properties) {
      onCreate.set(type, properties);
    },
    requireWhen(type, rule) {
      conditional.set(type, [...(conditional.get(type) ?? []), rule]);
    },
    missingOnCreate: (type, values) => (onCreate.get(type) ?? []).filter((name) => !values.has(name)),
    missingByCondition: (type, values) =>
      (conditional.get(type) ?? [])
        .filter(({ when, requires }) => values.get(when.property) === when.equals && !values.has(requires))
        .map(({ requires }) => requires),
  };
};
