// Turns one JSON or CSV value into what a field of its type stores, or says why the vendor refuses it.
// Looks at the field alone: references, uniqueness and record types are checked with the row.
import type { Field } from '../objects/field.ts';
import { printJson } from '../org/json.ts';
import type { FieldValue } from '../org/row.ts';
import { parseId } from '../org/salesforce-id.ts';
import { parseDay, parseStamp } from '../org/stamp.ts';
import { type DmlError, dmlError, malformedId } from './dml-error.ts';

export type Coerced = { readonly value: FieldValue } | { readonly error: DmlError };

const EMAIL = /^[^\s@"(),:;<>[\\\]]+@[^\s@.]+(?:\.[^\s@.]+)+$/u;

const SOAP_NAMES: Partial<Record<Field['type'], string>> = { string: 'string', datetime: 'datetime' };

const jsonKindOf = (value: unknown): string => {
  if (typeof value === 'string') return 'VALUE_STRING';
  if (typeof value === 'number') return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
  if (value === true) return 'VALUE_TRUE';
  if (value === false) return 'VALUE_FALSE';
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
};

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return '[';
  return typeof value === 'object' ? '{' : printJson(value);
};

const wrongKind = (field: Field, value: unknown): Coerced => ({
  error: dmlError(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${SOAP_NAMES[field.type] ?? field.type} from ${jsonKindOf(value)} value ` +
      `${shown(value)} or request may be missing a required field at [line:1, column:2]`,
    [field.name],
  ),
});

const coerceText = (field: Field, value: unknown): Coerced => {
  if (typeof value !== 'string') return wrongKind(field, value);
  // Leading and trailing blanks are not kept, and a text of nothing is no value.
  const trimmed = value.trim();
  if (trimmed === '') return { value: null };
  if (field.length > 0 && trimmed.length > field.length) {
    return {
      error: dmlError(
        'STRING_TOO_LONG',
        `${field.label}: data value too large: ${trimmed} (max length=${field.length})`,
        [field.name],
      ),
    };
  }
  if (field.type === 'email' && !EMAIL.test(trimmed)) {
    return {
      error: dmlError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${trimmed}`, [
        field.name,
      ]),
    };
  }
  return { value: trimmed };
};

const coerceBoolean = (field: Field, value: unknown): Coerced => {
  if (typeof value === 'boolean') return { value };
  if (typeof value === 'string' && /^(?:true|1)$/i.test(value)) return { value: true };
  if (typeof value === 'string' && /^(?:false|0)$/i.test(value)) return { value: false };
  return wrongKind(field, value);
};

const outOfRange = (field: Field, value: number): Coerced => ({
  error: dmlError(
    'NUMBER_OUTSIDE_VALID_RANGE',
    `${field.label}: value outside of valid range on numeric field: ${value}`,
    [field.name],
  ),
});

const coerceNumber = (field: Field, value: unknown): Coerced => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return wrongKind(field, value);
  if (field.type === 'int') {
    if (!Number.isInteger(number)) return wrongKind(field, value);
    return Math.abs(number) < 10 ** (field.precision || 9) ? { value: number } : outOfRange(field, number);
  }
  // toFixed rounds on the decimal text, which is what a decimal column does; -0 is 0.
  const rounded = Number(number.toFixed(Math.min(field.scale, 20))) || 0;
  const digitsBeforePoint = field.precision - field.scale;
  return Math.abs(rounded) < 10 ** digitsBeforePoint ? { value: rounded } : outOfRange(field, number);
};

const coerceDay = (field: Field, value: unknown): Coerced => {
  if (typeof value !== 'string') return wrongKind(field, value);
  const stamp = parseStamp(value);
  const day = parseDay(value) ?? (stamp === null ? null : stamp.slice(0, 10));
  return day === null ? wrongKind(field, value) : { value: day };
};

const coerceStamp = (field: Field, value: unknown): Coerced => {
  if (typeof value !== 'string') return wrongKind(field, value);
  const day = parseDay(value);
  const stamp = parseStamp(value) ?? (day === null ? null : `${day}T00:00:00.000+0000`);
  return stamp === null ? wrongKind(field, value) : { value: stamp };
};

const badPicklistValue = (field: Field, value: string): Coerced => ({
  error: dmlError(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${field.label}: bad value for restricted picklist field: ${value}`,
    [field.name],
  ),
});

const isAllowed = (field: Field, value: string): boolean =>
  !field.restrictedPicklist || field.picklistValues.some((known) => known.active && known.value === value);

const coercePicklist = (field: Field, value: unknown): Coerced => {
  const coerced = coerceText(field, value);
  if ('error' in coerced || typeof coerced.value !== 'string') return coerced;
  const chosen = field.type === 'multipicklist' ? coerced.value.split(';') : [coerced.value];
  const bad = chosen.find((one) => !isAllowed(field, one));
  if (bad !== undefined) return badPicklistValue(field, bad);
  if (field.type === 'picklist') return coerced;
  // Stored in the order of the value set, whatever order was sent.
  const order = field.picklistValues.map((known) => known.value);
  const sorted = [...new Set(chosen)].toSorted((left, right) => order.indexOf(left) - order.indexOf(right));
  return { value: sorted.join(';') };
};

const coerceReference = (field: Field, value: unknown): Coerced => {
  if (typeof value !== 'string') return wrongKind(field, value);
  if (value.trim() === '') return { value: null };
  const id = parseId(value.trim());
  return id === null ? { error: malformedId(field.label, value, field.name) } : { value: id };
};

/** Null clears a field; a checkbox cannot be cleared. */
export const coerceValue = (field: Field, value: unknown): Coerced => {
  if (value === null || value === undefined) {
    return field.type === 'boolean'
      ? {
          error: dmlError('INVALID_TYPE_ON_FIELD_IN_RECORD', `${field.label}: value not of required type: `, [
            field.name,
          ]),
        }
      : { value: null };
  }
  switch (field.type) {
    case 'boolean':
      return coerceBoolean(field, value);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return coerceNumber(field, value);
    case 'date':
      return coerceDay(field, value);
    case 'datetime':
      return coerceStamp(field, value);
    case 'picklist':
    case 'multipicklist':
      return coercePicklist(field, value);
    case 'reference':
    case 'id':
      return coerceReference(field, value);
    case 'string':
    case 'textarea':
    case 'email':
    case 'phone':
    case 'url':
    case 'combobox':
      return coerceText(field, value);
    case 'address':
      return wrongKind(field, value);
  }
};
