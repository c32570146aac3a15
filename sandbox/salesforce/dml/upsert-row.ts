// Upserts one row by a field that identifies it: finds one and updates, finds none and inserts, finds several and
// says so. Inserting twice with one value is what this is meant to prevent.
import type { Field } from '../objects/field.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import { printJson } from '../org/json.ts';
import { idOf } from '../org/row.ts';
import { findByField } from './check-unique.ts';
import { coerceValue } from './coerce-value.ts';
import type { DmlContext, DmlInput } from './dml-context.ts';
import { dmlError, duplicateExternalId, requiredMissing } from './dml-error.ts';
import { type DmlOutcome, refused } from './dml-outcome.ts';
import { insertRow, updateRow } from './write-row.ts';

/** Null when the field is unknown, invisible or identifies nothing. */
export const findUpsertField = (
  { org, access }: DmlContext,
  object: ObjectDefinition,
  fieldName: string,
): Field | null => {
  const field = org.schema.findField(object, fieldName);
  return field !== undefined && field.idLookup && access.sees(object, field) ? field : null;
};

export type UpsertTarget =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'several'; readonly ids: readonly string[] };

export const findUpsertTarget = (
  { org }: DmlContext,
  object: ObjectDefinition,
  field: Field,
  value: unknown,
): UpsertTarget => {
  const coerced = coerceValue(field, value);
  if ('error' in coerced || coerced.value === null) return { kind: 'none' };
  if (field.type === 'id') return { kind: 'one', id: String(coerced.value) };
  const ids = findByField(org, object, field, coerced.value).map(idOf);
  const [id] = ids;
  if (id === undefined) return { kind: 'none' };
  return ids.length === 1 ? { kind: 'one', id } : { kind: 'several', ids };
};

/** `input` holds the external id among its fields. */
export const upsertRow = (
  context: DmlContext,
  object: ObjectDefinition,
  field: Field,
  input: DmlInput,
  options: { readonly updateOnly?: boolean } = {},
): DmlOutcome => {
  const key = Object.keys(input).find((name) => name.toLowerCase() === field.name.toLowerCase());
  const value = key === undefined ? null : input[key];
  const isEmpty = value === null || value === undefined || value === '';

  if (field.type === 'id') {
    return isEmpty
      ? insertRow(context, object, without(input, key))
      : updateRow(context, object, printJson(value), input);
  }
  if (isEmpty) return refused([requiredMissing([field.name])]);
  const coerced = coerceValue(field, value);
  if ('error' in coerced) return refused([coerced.error]);

  const target = findUpsertTarget(context, object, field, value);
  if (target.kind === 'several') return refused([duplicateExternalId(field.label, target.ids, field.name)]);
  if (target.kind === 'one') return updateRow(context, object, target.id, without(input, key));
  return options.updateOnly === true
    ? refused([dmlError('NOT_FOUND', 'The requested resource does not exist')])
    : insertRow(context, object, input);
};

const without = (input: DmlInput, key: string | undefined): DmlInput =>
  Object.fromEntries(Object.entries(input).filter(([name]) => name !== key));
