// Short ways to write down the properties HubSpot defines itself.
import type { PropertyDefinition, PropertyOption, PropertyType } from './definition.ts';

/** HubSpot's own properties are older than any record of the portal. */
const HUBSPOT_EPOCH_MS = Date.UTC(2012, 0, 1);

type Extras = Partial<Pick<PropertyDefinition, 'readOnlyValue' | 'hasUniqueValue' | 'ownerReference'>>;

const define = (
  type: PropertyType,
  fieldType: string,
  name: string,
  label: string,
  options: readonly PropertyOption[] = [],
  extras: Extras = {},
): PropertyDefinition => ({
  name,
  label,
  type,
  fieldType,
  groupName: '',
  description: '',
  options,
  displayOrder: -1,
  hidden: false,
  formField: false,
  hasUniqueValue: false,
  hubspotDefined: true,
  readOnlyValue: false,
  ownerReference: false,
  createdAtMs: HUBSPOT_EPOCH_MS,
  updatedAtMs: HUBSPOT_EPOCH_MS,
  archivedAtMs: null,
  ...extras,
});

export const option = (value: string, label: string, displayOrder = -1): PropertyOption => ({
  label,
  value,
  displayOrder,
  hidden: false,
});

/** `A_B` → label "A b", for options whose wording nobody reads. */
export const optionsOf = (...values: readonly string[]): readonly PropertyOption[] =>
  values.map((value, position) =>
    option(value, (value.slice(0, 1) + value.slice(1).toLowerCase()).replaceAll('_', ' '), position),
  );

const YES_NO: readonly PropertyOption[] = [option('true', 'Yes', 0), option('false', 'No', 1)];

export const text = (name: string, label: string): PropertyDefinition =>
  define('string', 'text', name, label);
export const longText = (name: string, label: string): PropertyDefinition =>
  define('string', 'textarea', name, label);
export const html = (name: string, label: string): PropertyDefinition =>
  define('string', 'html', name, label);
export const phone = (name: string, label: string): PropertyDefinition =>
  define('string', 'phonenumber', name, label);
export const number = (name: string, label: string): PropertyDefinition =>
  define('number', 'number', name, label);
export const bool = (name: string, label: string): PropertyDefinition =>
  define('bool', 'booleancheckbox', name, label, YES_NO);
export const datetime = (name: string, label: string): PropertyDefinition =>
  define('datetime', 'date', name, label);
export const select = (name: string, label: string, options: readonly PropertyOption[]): PropertyDefinition =>
  define('enumeration', 'select', name, label, options);
export const checkboxes = (
  name: string,
  label: string,
  options: readonly PropertyOption[],
): PropertyDefinition => define('enumeration', 'checkbox', name, label, options);
export const owner = (name: string, label: string): PropertyDefinition =>
  define('enumeration', 'select', name, label, [], { ownerReference: true });

export const readOnly = (definition: PropertyDefinition): PropertyDefinition => ({
  ...definition,
  readOnlyValue: true,
});
export const unique = (definition: PropertyDefinition): PropertyDefinition => ({
  ...definition,
  hasUniqueValue: true,
});
export const inGroup = (
  groupName: string,
  ...definitions: readonly PropertyDefinition[]
): readonly PropertyDefinition[] => definitions.map((definition) => ({ ...definition, groupName }));
