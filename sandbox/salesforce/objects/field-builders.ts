// Short ways to write a field down, with the defaults Salesforce gives each type.
import type { Field, FieldType, PicklistValue } from './field.ts';

export type FieldOptions = Partial<Omit<Field, 'name' | 'label' | 'type'>>;

export const defineField = (
  name: string,
  label: string,
  type: FieldType,
  options: FieldOptions = {},
): Field => ({
  name,
  label,
  type,
  length: 0,
  precision: 0,
  scale: 0,
  custom: false,
  createable: true,
  updateable: true,
  nillable: true,
  defaultedOnCreate: false,
  defaultValue: null,
  calculated: false,
  autoNumber: false,
  nameField: false,
  externalId: false,
  unique: false,
  caseSensitive: false,
  idLookup: false,
  filterable: true,
  sortable: true,
  groupable: true,
  restrictedPicklist: false,
  picklistValues: [],
  referenceTo: [],
  relationshipName: null,
  childRelationshipName: null,
  deleteRule: 'clear',
  masterDetail: false,
  compoundFieldName: null,
  permissionable: true,
  inlineHelpText: null,
  displayFormat: null,
  ...options,
});

/** Only the org itself writes it. */
export const READ_ONLY = { createable: false, updateable: false } as const;

/** Filled in by the user, and seen by everyone who sees the object. */
export const REQUIRED = { nillable: false, permissionable: false } as const;

export const text = (name: string, label: string, length: number, options: FieldOptions = {}): Field =>
  defineField(name, label, 'string', { length, ...options });

export const longText = (name: string, label: string, length = 32_000, options: FieldOptions = {}): Field =>
  defineField(name, label, 'textarea', {
    length,
    // Long text areas can be selected only.
    filterable: length <= 255,
    sortable: length <= 255,
    groupable: length <= 255,
    ...options,
  });

export const email = (name: string, label: string, options: FieldOptions = {}): Field =>
  defineField(name, label, 'email', { length: 80, ...options });

export const phone = (name: string, label: string, options: FieldOptions = {}): Field =>
  defineField(name, label, 'phone', { length: 40, ...options });

export const url = (name: string, label: string, options: FieldOptions = {}): Field =>
  defineField(name, label, 'url', { length: 255, ...options });

export const checkbox = (name: string, label: string, options: FieldOptions = {}): Field =>
  defineField(name, label, 'boolean', {
    nillable: false,
    defaultedOnCreate: true,
    defaultValue: false,
    ...options,
  });

export const integer = (name: string, label: string, digits = 9, options: FieldOptions = {}): Field =>
  defineField(name, label, 'int', { precision: digits, ...options });

export const decimal = (
  name: string,
  label: string,
  precision: number,
  scale: number,
  options: FieldOptions = {},
): Field => defineField(name, label, 'double', { precision, scale, groupable: false, ...options });

export const money = (name: string, label: string, options: FieldOptions = {}): Field =>
  defineField(name, label, 'currency', { precision: 18, scale: 0, groupable: false, ...options });

export const percent = (name: string, label: string, options: FieldOptions = {}): Field =>
  defineField(name, label, 'percent', { precision: 3, scale: 0, groupable: false, ...options });

export const day = (name: string, label: string, options: FieldOptions = {}): Field =>
  defineField(name, label, 'date', options);

export const dateTime = (name: string, label: string, options: FieldOptions = {}): Field =>
  defineField(name, label, 'datetime', { groupable: false, ...options });

export const toPicklist = (values: readonly string[], byDefault: string | null = null): PicklistValue[] =>
  values.map((value) => ({ value, label: value, active: true, isDefault: value === byDefault }));

export const picklist = (
  name: string,
  label: string,
  values: readonly string[],
  options: FieldOptions = {},
): Field =>
  defineField(name, label, 'picklist', { length: 255, picklistValues: toPicklist(values), ...options });

/** `relationshipName` is the field's name without `Id` unless given. */
export const reference = (
  name: string,
  label: string,
  referenceTo: readonly string[],
  options: FieldOptions = {},
): Field =>
  defineField(name, label, 'reference', {
    length: 18,
    referenceTo,
    relationshipName: name.endsWith('Id') ? name.slice(0, -2) : null,
    ...options,
  });
