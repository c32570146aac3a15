// How values stand in the results of a bulk query: nothing is an empty cell, decimals look as Java prints them.
import type { Field } from '../objects/field.ts';
import type { FieldValue } from '../org/row.ts';
import { stampToCsv } from '../org/stamp.ts';

const LARGE = 1e7;
const SMALL = 1e-3;

/** `1000.0`, `1.39E8`, `5.0E-4`: Java's Double.toString. */
export const printDouble = (value: number): string => {
  const size = Math.abs(value);
  if (value === 0 || (size >= SMALL && size < LARGE)) {
    return Number.isInteger(value) ? `${value}.0` : String(value);
  }
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
};

export const printCell = (field: Field, value: FieldValue): string => {
  if (value === null) return '';
  if (typeof value === 'number') return field.type === 'int' ? String(value) : printDouble(value);
  if (typeof value === 'string' && field.type === 'datetime') return stampToCsv(value);
  return String(value);
};
