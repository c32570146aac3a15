// Reads the fields of a row as they were sent: finds them, checks that the user may write them, types the values.
// A field the user cannot see is reported exactly like one that does not exist.
import { type Field, isCompound } from '../objects/field.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import { isJsonObject, printJson } from '../org/json.ts';
import { type FieldValue, isDeleted } from '../org/row.ts';
import { coerceValue } from './coerce-value.ts';
import type { DmlContext, DmlInput } from './dml-context.ts';
import { type DmlError, dmlError, duplicateExternalId, noSuchColumn, notWritable } from './dml-error.ts';

export type Changes = Record<string, FieldValue>;
export type InputReading = { readonly changes: Changes } | { readonly errors: readonly DmlError[] };

const IGNORED = new Set(['attributes', 'id']);

interface Assignment {
  readonly field: Field;
  readonly value: unknown;
}

export const readInput = (
  context: DmlContext,
  object: ObjectDefinition,
  input: DmlInput,
  mode: 'insert' | 'update',
): InputReading => {
  const assignments: Assignment[] = [];
  const unknown: DmlError[] = [];

  for (const [key, value] of Object.entries(input)) {
    if (IGNORED.has(key.toLowerCase())) continue;
    const field = findVisible(context, object, key);
    if (field !== undefined) {
      assignments.push({ field, value });
      continue;
    }
    const linked = readForeignKey(context, object, key, value);
    if ('error' in linked) unknown.push(linked.error);
    else assignments.push(linked);
  }
  if (unknown.length > 0) return { errors: unknown };

  const readOnly = assignments.filter(({ field }) => !isWritable(context, object, field, mode));
  if (readOnly.length > 0) return { errors: [notWritable(readOnly.map(({ field }) => field.name))] };

  const changes: Changes = {};
  const errors: DmlError[] = [];
  for (const { field, value } of assignments) {
    const coerced = coerceValue(field, value);
    if ('error' in coerced) errors.push(coerced.error);
    else changes[field.name] = coerced.value;
  }
  return errors.length > 0 ? { errors } : { changes };
};

const findVisible = (context: DmlContext, object: ObjectDefinition, name: string): Field | undefined => {
  const field = context.org.schema.findField(object, name);
  return field !== undefined && context.access.sees(object, field) ? field : undefined;
};

const isWritable = (
  context: DmlContext,
  object: ObjectDefinition,
  field: Field,
  mode: 'insert' | 'update',
): boolean =>
  !isCompound(field) &&
  (mode === 'insert' ? field.createable : field.updateable) &&
  context.access.edits(object, field);

/** `"Account": {"Ext__c": "7"}` names the parent by an external id instead of its record id. */
const readForeignKey = (
  { org, access }: DmlContext,
  object: ObjectDefinition,
  key: string,
  value: unknown,
): Assignment | { readonly error: DmlError } => {
  const field = object.fields.find((one) => one.relationshipName?.toLowerCase() === key.toLowerCase());
  const missing = { error: noSuchColumn(key, object.name) };
  if (field === undefined || !access.sees(object, field)) return missing;
  if (value === null) return { field, value: null };
  if (!isJsonObject(value)) return missing;

  const named = Object.entries(value).find(([name]) => name !== 'attributes');
  const target = org.schema.find(field.referenceTo[0] ?? '');
  if (named === undefined || target === undefined) return missing;
  const [targetName, targetValue] = named;
  const targetField = org.schema.findField(target, targetName);
  if (targetField === undefined || !targetField.idLookup) {
    return {
      error: dmlError(
        'INVALID_FIELD',
        `Invalid foreign key relationship ${key}.${targetName} in entity ${object.name}`,
      ),
    };
  }
  const ids = org
    .table(target.name)
    .idsWith(targetField.name, printJson(targetValue))
    .filter((id) => {
      const row = org.table(target.name).get(id);
      return row !== undefined && !isDeleted(row);
    });
  const [id] = ids;
  if (id === undefined) {
    return {
      error: dmlError(
        'INVALID_FIELD',
        `Foreign key external ID: ${printJson(targetValue)} not found for field ${targetField.name} in entity ${target.name}`,
      ),
    };
  }
  if (ids.length > 1) return { error: duplicateExternalId(targetField.label, ids, targetField.name) };
  return { field, value: id };
};
