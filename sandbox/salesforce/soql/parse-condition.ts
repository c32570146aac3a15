// Parses WHERE and HAVING. AND and OR do not mix without parentheses, and NOT stands alone: the vendor's grammar
// has no precedence to fall back on.
import { COMPARISONS, type Comparison, type ConditionNode, type LiteralNode, type QueryNode } from './ast.ts';
import { parseOperand } from './parse-operand.ts';
import type { TokenReader } from './token-reader.ts';

export type ParseSubquery = (reader: TokenReader) => QueryNode;

export const parseCondition = (reader: TokenReader, parseSubquery: ParseSubquery): ConditionNode => {
  if (reader.accept('NOT')) return { kind: 'not', condition: parseSimple(reader, parseSubquery) };
  const first = parseSimple(reader, parseSubquery);
  for (const [word, kind] of [
    ['AND', 'and'],
    ['OR', 'or'],
  ] as const) {
    if (!reader.isNext(word)) continue;
    const conditions = [first];
    while (reader.accept(word)) conditions.push(parseSimple(reader, parseSubquery));
    if (reader.isNext('AND') || reader.isNext('OR')) throw reader.unexpected();
    return { kind, conditions };
  }
  return first;
};

const parseSimple = (reader: TokenReader, parseSubquery: ParseSubquery): ConditionNode => {
  if (reader.accept('(')) {
    const condition = parseCondition(reader, parseSubquery);
    reader.expect(')');
    return condition;
  }
  const operand = parseOperand(reader);
  if (reader.accept('LIKE')) return { kind: 'like', operand, value: parseString(reader) };
  if (reader.accept('INCLUDES')) {
    return { kind: 'includes', operand, negated: false, values: parseList(reader) };
  }
  if (reader.accept('EXCLUDES')) {
    return { kind: 'includes', operand, negated: true, values: parseList(reader) };
  }
  const negated = reader.accept('NOT');
  if (reader.accept('IN')) {
    if (!reader.isNext('SELECT', 1)) return { kind: 'in', operand, negated, values: parseList(reader) };
    reader.expect('(');
    const query = parseSubquery(reader);
    reader.expect(')');
    return { kind: 'in-query', operand, negated, query };
  }
  if (negated) throw reader.unexpected();
  return { kind: 'compare', operand, comparison: parseComparison(reader), value: parseLiteral(reader) };
};

const parseComparison = (reader: TokenReader): Comparison => {
  const token = reader.peek();
  const sign = token.text === '<>' ? '!=' : token.text;
  const comparison = COMPARISONS.find((one) => one === sign);
  if (token.kind !== 'sign' || comparison === undefined) throw reader.unexpected();
  reader.next();
  return comparison;
};

const parseLiteral = (reader: TokenReader): LiteralNode => {
  const token = reader.peek();
  if (token.kind === 'sign' || token.kind === 'end') throw reader.unexpected();
  return reader.next();
};

const parseString = (reader: TokenReader): LiteralNode => {
  if (reader.peek().kind !== 'string') throw reader.unexpected();
  return reader.next();
};

const parseList = (reader: TokenReader): LiteralNode[] => {
  reader.expect('(');
  const values = [parseLiteral(reader)];
  while (reader.accept(',')) values.push(parseLiteral(reader));
  reader.expect(')');
  return values;
};
