// Parses what stands on the left of a comparison or in a list: a path, or an aggregate over one.
import { AGGREGATES, type Aggregate, type AggregateNode, type OperandNode, type PathNode } from './ast.ts';
import { malformed } from './soql-error.ts';
import type { TokenReader } from './token-reader.ts';

/** Words that end a clause and therefore are no names. */
const RESERVED = new Set([
  'AND',
  'ASC',
  'DESC',
  'EXCLUDES',
  'FIRST',
  'FROM',
  'GROUP',
  'HAVING',
  'IN',
  'INCLUDES',
  'LAST',
  'LIKE',
  'LIMIT',
  'NOT',
  'NULL',
  'NULLS',
  'OR',
  'SELECT',
  'WHERE',
  'WITH',
]);

export const isReserved = (word: string): boolean => RESERVED.has(word.toUpperCase());

export const parsePath = (reader: TokenReader): PathNode => {
  const token = reader.peek();
  if (token.kind !== 'word' || isReserved(token.text) || token.text.includes(':')) throw reader.unexpected();
  reader.next();
  return { segments: token.text.split('.'), position: token.position };
};

export const isFunctionNext = (reader: TokenReader): boolean =>
  reader.peek().kind === 'word' && reader.isNext('(', 1);

const toAggregate = (word: string): Aggregate | undefined =>
  AGGREGATES.find((aggregate) => aggregate === word.toUpperCase());

export const parseAggregate = (reader: TokenReader): AggregateNode => {
  const token = reader.next();
  const aggregate = toAggregate(token.text);
  if (aggregate === undefined) {
    throw malformed(reader.query, token.position, `unexpected token: '${token.text}'`);
  }
  reader.expect('(');
  const path = reader.isNext(')') ? null : parsePath(reader);
  reader.expect(')');
  if (path === null && aggregate !== 'COUNT') throw reader.unexpected();
  return { kind: 'aggregate', aggregate, path, alias: null, position: token.position };
};

export const parseOperand = (reader: TokenReader): OperandNode =>
  isFunctionNext(reader) ? parseAggregate(reader) : { kind: 'field', path: parsePath(reader) };
