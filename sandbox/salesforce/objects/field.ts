// What a field of an object is: its type, its limits and who may write it. The words are those of describe.
import type { FieldValue, Row } from '../org/row.ts';

export const FIELD_TYPES = [
  'id',
  'string',
  'textarea',
  'boolean',
  'int',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'email',
  'phone',
  'url',
  'picklist',
  'multipicklist',
  'combobox',
  'reference',
  'address',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly isDefault: boolean;
}

/** What becomes of a row when the record it refers to is deleted. */
export const DELETE_RULES = ['clear', 'cascade', 'restrict', 'keep'] as const;
export type DeleteRule = (typeof DELETE_RULES)[number];

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters a text may have; 0 for other types. */
  readonly length: number;
  /** All digits, and those after the point. */
  readonly precision: number;
  readonly scale: number;
  readonly custom: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly nillable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly defaultValue: FieldValue;
  readonly calculated: boolean;
  readonly autoNumber: boolean;
  readonly nameField: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly idLookup: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: readonly PicklistValue[];
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly childRelationshipName: string | null;
  readonly deleteRule: DeleteRule;
  /** The parent can never be empty and its rights decide the child's. */
  readonly masterDetail: boolean;
  /** The compound (`BillingAddress`, `Name`) this field is a part of. */
  readonly compoundFieldName: string | null;
  /** False for fields every user of the object sees, which permission sets may not list. */
  readonly permissionable: boolean;
  readonly inlineHelpText: string | null;
  /** `P-{0000}` of an auto-number. */
  readonly displayFormat: string | null;
}

/** `required` as the setup pages mean it: a user must fill it in. */
export const isRequired = (field: Field): boolean =>
  field.createable && !field.nillable && !field.defaultedOnCreate;

export const isLongText = (field: Field): boolean => field.type === 'textarea' && field.length > 255;

/** A checkbox made after the row was is unticked, not unknown. */
export const readField = (field: Field, row: Row): FieldValue =>
  row[field.name] ?? (field.type === 'boolean' ? false : null);

/** Read with its parts, never stored. */
export const isCompound = (field: Field): boolean => field.type === 'address';
