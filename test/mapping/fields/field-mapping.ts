// A field mapping for tests, of which each names only what it is about.
import type { FieldMapping } from '#mapping/fields/object-mapping.ts';

export function fieldMapping(
  changes: Partial<Omit<FieldMapping, 'values'>> & {
    readonly values?: Readonly<Record<string, string>>;
  } = {},
): FieldMapping {
  const { values, ...others } = changes;
  return {
    name: 'field',
    crm: 'Field__c',
    type: 'text',
    write: 'never',
    transform: null,
    values: values === undefined ? null : bothWays(values),
    clearsOnNull: false,
    optional: false,
    ...others,
  };
}

function bothWays(values: Readonly<Record<string, string>>): FieldMapping['values'] {
  const toCrm = new Map(Object.entries(values));
  return { toCrm, fromCrm: new Map([...toCrm].map(([ours, theirs]) => [theirs, ours])) };
}
