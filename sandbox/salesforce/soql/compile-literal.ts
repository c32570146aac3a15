// Checks a literal against the type of the field it is compared with, and turns it into what rows hold.
import type { Field } from '../objects/field.ts';
import type { FieldValue } from '../org/row.ts';
import { parseId } from '../org/salesforce-id.ts';
import { parseDay, parseStamp } from '../org/stamp.ts';
import type { LiteralNode } from './ast.ts';
import { type DaySpan, readDateLiteral } from './date-literals.ts';
import { unescapeString } from './lexer.ts';
import type { QueryScope } from './query-scope.ts';
import { errorAt, malformed, type SoqlError } from './soql-error.ts';

export type Literal =
  | { readonly kind: 'value'; readonly value: Exclude<FieldValue, null> }
  | { readonly kind: 'null' }
  /** A stretch of time: days for date fields, stamps for datetime fields. */
  | { readonly kind: 'span'; readonly span: DaySpan };

const TYPE_NAMES: Partial<Record<Field['type'], string>> = {
  int: 'int',
  boolean: 'boolean',
  date: 'date',
  datetime: 'dateTime',
  double: 'double',
  currency: 'double',
  percent: 'double',
};

const isTextual = (field: Field): boolean => TYPE_NAMES[field.type] === undefined;

const mismatch = (scope: QueryScope, field: Field, token: LiteralNode): SoqlError => {
  const name = TYPE_NAMES[field.type];
  return errorAt(
    'INVALID_FIELD',
    scope.query.text,
    token.position,
    name === undefined
      ? `value of filter criterion for field '${field.name}' must be of type string and should be enclosed in quotes`
      : `value of filter criterion for field '${field.name}' must be of type ${name} and should not be enclosed in quotes`,
  );
};

export const compileLiteral = (scope: QueryScope, field: Field, token: LiteralNode): Literal => {
  if (token.kind === 'word' && token.text.toUpperCase() === 'NULL') return { kind: 'null' };
  if (isTextual(field)) return compileText(scope, field, token);
  if (field.type === 'date' || field.type === 'datetime') return compileTime(scope, field, token);
  if (field.type === 'boolean') {
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    if (word !== 'true' && word !== 'false') throw mismatch(scope, field, token);
    return { kind: 'value', value: word === 'true' };
  }
  if (token.kind !== 'number') throw mismatch(scope, field, token);
  return { kind: 'value', value: Number(token.text) };
};

const compileText = (scope: QueryScope, field: Field, token: LiteralNode): Literal => {
  if (token.kind !== 'string') throw mismatch(scope, field, token);
  const text = unescapeString(scope.query.text, token);
  if (field.type !== 'id' && field.type !== 'reference') {
    // A text of nothing is stored as null, and compares like it.
    return text === '' ? { kind: 'null' } : { kind: 'value', value: text };
  }
  if (text === '') return { kind: 'null' };
  const id = parseId(text);
  if (id === null) {
    throw errorAt(
      'INVALID_QUERY_FILTER_OPERATOR',
      scope.query.text,
      token.position,
      `invalid ID field: ${text}`,
    );
  }
  return { kind: 'value', value: id };
};

const compileTime = (scope: QueryScope, field: Field, token: LiteralNode): Literal => {
  if (token.kind === 'word') {
    const span = readDateLiteral(token.text, scope.org.now());
    if (span === null) throw malformed(scope.query.text, token.position, `unexpected token: '${token.text}'`);
    return {
      kind: 'span',
      span: field.type === 'date' ? span : { from: startOfDay(span.from), until: startOfDay(span.until) },
    };
  }
  const isDate = field.type === 'date';
  if (token.kind !== (isDate ? 'date' : 'datetime')) throw mismatch(scope, field, token);
  const value = isDate ? parseDay(token.text) : parseStamp(token.text);
  if (value === null) throw mismatch(scope, field, token);
  return { kind: 'value', value };
};

const startOfDay = (day: string): string => `${day}T00:00:00.000+0000`;
