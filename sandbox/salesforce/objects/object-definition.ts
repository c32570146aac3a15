// What an object is: its fields and what may be done with its rows.
import type { Field } from './field.ts';

export interface RecordType {
  readonly id: string;
  readonly developerName: string;
  readonly name: string;
  /** Per picklist field the values rows of this type may hold; a field that is not named keeps all. */
  readonly picklists: Readonly<Record<string, readonly string[]>>;
}

export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly custom: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly mergeable: boolean;
  /** Answers getUpdated and getDeleted. */
  readonly replicateable: boolean;
  /** Set-up objects (users, permission sets) are seen whatever permission sets say. */
  readonly setup: boolean;
  readonly fields: readonly Field[];
  readonly recordTypes: readonly RecordType[];
  /** Sets of fields no two rows may agree on, besides the fields that are unique alone. */
  readonly uniqueTogether: readonly (readonly string[])[];
}

export type ObjectOptions = Partial<Omit<ObjectDefinition, 'name' | 'label' | 'keyPrefix' | 'fields'>>;

export const defineObject = (
  name: string,
  label: string,
  keyPrefix: string,
  fields: readonly Field[],
  options: ObjectOptions = {},
): ObjectDefinition => ({
  name,
  label,
  labelPlural: `${label}s`,
  keyPrefix,
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  mergeable: false,
  replicateable: true,
  setup: false,
  recordTypes: [],
  uniqueTogether: [],
  ...options,
  fields,
});
