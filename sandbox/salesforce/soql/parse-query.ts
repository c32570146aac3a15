// Parses a whole query. TYPEOF, GROUP BY ROLLUP and CUBE, date functions, geolocation and SOSL are not understood.
import type { OrderNode, PathNode, QueryNode, SelectNode } from './ast.ts';
import { tokenize } from './lexer.ts';
import { parseCondition } from './parse-condition.ts';
import { isFunctionNext, isReserved, parseAggregate, parseOperand, parsePath } from './parse-operand.ts';
import { malformed, SoqlError } from './soql-error.ts';
import { createTokenReader, type TokenReader } from './token-reader.ts';

const MAX_QUERY_LENGTH = 100_000;
const MAX_OFFSET = 2_000;
const FIELD_GROUPS = ['ALL', 'STANDARD', 'CUSTOM'] as const;
const CLAUSES = new Set([
  'WHERE',
  'WITH',
  'GROUP',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'FOR',
  'USING',
  'HAVING',
  'ALL',
]);

export const parseQuery = (text: string): QueryNode => {
  if (text.length > MAX_QUERY_LENGTH) {
    throw new SoqlError('QUERY_TOO_COMPLICATED', 'SOQL statements cannot be longer than 100,000 characters.');
  }
  const reader = createTokenReader(text, tokenize(text));
  const query = parseSelect(reader);
  if (reader.peek().kind !== 'end') throw reader.unexpected();
  return query;
};

const parseSelect = (reader: TokenReader): QueryNode => {
  reader.expect('SELECT');
  const select = parseCommaList(reader, parseSelectItem);
  reader.expect('FROM');
  const fromToken = reader.peek();
  const from = parsePath(reader);
  const alias = parseAlias(reader);
  if (reader.accept('USING')) {
    reader.expect('SCOPE');
    reader.next();
  }
  const where = reader.accept('WHERE') ? parseCondition(reader, parseSelect) : null;
  // WITH SECURITY_ENFORCED and USER_MODE ask for what the API does anyway.
  if (reader.accept('WITH')) reader.next();
  const groupBy = parseAfter(reader, 'GROUP', parsePath);
  const having = reader.accept('HAVING') ? parseCondition(reader, parseSelect) : null;
  const orderBy = parseAfter(reader, 'ORDER', parseOrder);
  const limit = reader.accept('LIMIT') ? parseCount(reader) : null;
  const offset = reader.accept('OFFSET') ? parseOffset(reader) : 0;
  while (reader.accept('FOR')) reader.next();
  return {
    text: reader.query,
    select,
    from: from.segments.join('.'),
    fromPosition: fromToken.position,
    alias,
    where,
    groupBy,
    having,
    orderBy,
    limit,
    offset,
  };
};

const parseCommaList = <T>(reader: TokenReader, parseOne: (reader: TokenReader) => T): T[] => {
  const items = [parseOne(reader)];
  while (reader.accept(',')) items.push(parseOne(reader));
  return items;
};

const parseAfter = <T>(reader: TokenReader, word: string, parseOne: (reader: TokenReader) => T): T[] => {
  if (!reader.accept(word)) return [];
  reader.expect('BY');
  return parseCommaList(reader, parseOne);
};

const parseSelectItem = (reader: TokenReader): SelectNode => {
  if (reader.accept('(')) {
    const query = parseSelect(reader);
    reader.expect(')');
    return { kind: 'children', query };
  }
  if (!isFunctionNext(reader)) {
    const path: PathNode = parsePath(reader);
    const aliasToken = reader.peek();
    const alias = parseAlias(reader);
    // `SELECT Id FORM Account`: a word that nothing follows as after an alias is no alias.
    if (alias !== null && !reader.isNext(',') && !reader.isNext('FROM')) throw reader.unexpected(aliasToken);
    return { kind: 'field', path, alias, label: false };
  }
  const { position } = reader.peek();
  if (reader.accept('FIELDS')) {
    reader.expect('(');
    const word = reader.next().text.toUpperCase();
    const group = FIELD_GROUPS.find((one) => one === word);
    if (group === undefined) throw malformed(reader.query, position, `unexpected token: '${word}'`);
    reader.expect(')');
    return { kind: 'fields', group, position };
  }
  if (reader.isNext('toLabel') || reader.isNext('FORMAT')) {
    const label = reader.next().text.toLowerCase() === 'tolabel';
    reader.expect('(');
    const path = parsePath(reader);
    reader.expect(')');
    return { kind: 'field', path, alias: parseAlias(reader), label };
  }
  const aggregate = parseAggregate(reader);
  return { ...aggregate, alias: parseAlias(reader) };
};

const parseAlias = (reader: TokenReader): string | null => {
  const token = reader.peek();
  if (token.kind !== 'word' || isReserved(token.text) || CLAUSES.has(token.text.toUpperCase())) return null;
  reader.next();
  return token.text;
};

const parseOrder = (reader: TokenReader): OrderNode => {
  const operand = parseOperand(reader);
  const descending = reader.accept('DESC');
  if (!descending) reader.accept('ASC');
  let nullsLast = false;
  if (reader.accept('NULLS')) {
    nullsLast = reader.accept('LAST');
    if (!nullsLast) reader.expect('FIRST');
  }
  return { operand, descending, nullsLast };
};

const parseCount = (reader: TokenReader): number => {
  const token = reader.peek();
  const count = Number(token.text);
  if (token.kind !== 'number' || !Number.isInteger(count) || count < 0) throw reader.unexpected();
  reader.next();
  return count;
};

const parseOffset = (reader: TokenReader): number => {
  const offset = parseCount(reader);
  if (offset > MAX_OFFSET) {
    throw new SoqlError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  return offset;
};
