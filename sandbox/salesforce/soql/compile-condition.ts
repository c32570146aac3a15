// Turns WHERE into a test of a row, and finds the rows an index can narrow it to.
// SOQL has two truth values: comparing nothing with something is false, and `!=` holds for nothing.
import type { FieldValue, Row } from '../org/row.ts';
import type { Comparison, ConditionNode, OperandNode } from './ast.ts';
import { compileLiteral, type Literal } from './compile-literal.ts';
import { toLikePattern, unescapeString } from './lexer.ts';
import type { QueryScope } from './query-scope.ts';
import { type ResolvedPath, resolvePath } from './resolve-path.ts';
import { errorAt, malformed } from './soql-error.ts';

export interface CompiledCondition {
  readonly test: (row: Row) => boolean;
  /** Ids outside which no row can pass; null when only a scan can tell. */
  readonly candidates: (() => readonly string[]) | null;
}

/** Runs a semi-join's query and returns the values of its one column. */
export type RunSubquery = (node: Extract<ConditionNode, { kind: 'in-query' }>) => ReadonlySet<string>;

export const compileCondition = (
  scope: QueryScope,
  node: ConditionNode,
  runSubquery: RunSubquery,
): CompiledCondition => {
  switch (node.kind) {
    case 'and':
    case 'or':
      return combine(
        node.kind,
        node.conditions.map((one) => compileCondition(scope, one, runSubquery)),
      );
    case 'not': {
      const { test } = compileCondition(scope, node.condition, runSubquery);
      return { test: (row) => !test(row), candidates: null };
    }
    case 'compare': {
      const path = resolveFilter(scope, node.operand);
      return compileComparison(scope, path, node.comparison, compileLiteral(scope, path.field, node.value));
    }
    case 'like': {
      const path = resolveFilter(scope, node.operand);
      const pattern = toLikePattern(scope.query.text, node.value);
      return { test: (row) => matchesText(pattern, path.read(row)), candidates: null };
    }
    case 'in': {
      const path = resolveFilter(scope, node.operand);
      return compileIn(
        scope,
        path,
        node.values.map((token) => compileLiteral(scope, path.field, token)),
        node.negated,
      );
    }
    case 'in-query': {
      const path = resolveFilter(scope, node.operand);
      const values = runSubquery(node);
      return membership(scope, path, values, false, node.negated);
    }
    case 'includes': {
      const path = resolveFilter(scope, node.operand);
      const groups = node.values.map((token) => unescapeString(scope.query.text, token).split(';'));
      return {
        test: (row) => {
          const value = path.read(row);
          const chosen = typeof value === 'string' ? value.split(';') : [];
          return groups.some((group) => group.every((one) => chosen.includes(one))) !== node.negated;
        },
        candidates: null,
      };
    }
  }
};

const matchesText = (pattern: RegExp, value: FieldValue): boolean =>
  typeof value === 'string' && pattern.test(value);

const combine = (kind: 'and' | 'or', parts: readonly CompiledCondition[]): CompiledCondition => {
  if (kind === 'and') {
    return {
      test: (row) => parts.every((part) => part.test(row)),
      candidates: parts.find((part) => part.candidates !== null)?.candidates ?? null,
    };
  }
  const indexed = parts.map((part) => part.candidates).filter((one) => one !== null);
  return {
    test: (row) => parts.some((part) => part.test(row)),
    candidates: indexed.length === parts.length ? () => [...new Set(indexed.flatMap((one) => one()))] : null,
  };
};

const resolveFilter = (scope: QueryScope, operand: OperandNode): ResolvedPath => {
  if (operand.kind === 'aggregate') {
    throw malformed(scope.query.text, operand.position, 'Aggregate functions are only supported in HAVING');
  }
  const path = resolvePath(scope, operand.path);
  if (!path.field.filterable) {
    throw errorAt(
      'INVALID_FIELD',
      scope.query.text,
      operand.path.position,
      `field '${path.field.name}' can not be filtered in a query call`,
    );
  }
  return path;
};

const isId = ({ field }: ResolvedPath): boolean => field.type === 'id' || field.type === 'reference';

/** What two values are compared by: ids as they are, other text without case unless the field says so. */
const keyOf = (path: ResolvedPath): ((value: FieldValue) => FieldValue) => {
  const exact = isId(path) || path.field.caseSensitive;
  return (value) => (exact || typeof value !== 'string' ? value : value.toLowerCase());
};

const isIndexed = ({ field, hops }: ResolvedPath): boolean =>
  hops.length === 0 && (field.idLookup || field.unique || field.type === 'reference' || field.type === 'id');

const lookUp =
  (scope: QueryScope, path: ResolvedPath, values: readonly FieldValue[]): (() => readonly string[]) =>
  () =>
    path.field.type === 'id'
      ? values.filter((value) => typeof value === 'string')
      : values.flatMap((value) => scope.org.table(scope.object.name).idsWith(path.field.name, value));

export const compareValues = (
  comparison: Comparison,
  left: Exclude<FieldValue, null>,
  right: Exclude<FieldValue, null>,
): boolean => {
  switch (comparison) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
};

const compileComparison = (
  scope: QueryScope,
  path: ResolvedPath,
  comparison: Comparison,
  literal: Literal,
): CompiledCondition => {
  if (literal.kind === 'null') {
    const holds = comparison === '!=';
    return {
      test: (row) => (path.read(row) !== null) === holds && (holds || comparison === '='),
      candidates: null,
    };
  }
  if (literal.kind === 'span') {
    const { from, until } = literal.span;
    return {
      test: (row) => {
        const value = path.read(row);
        if (typeof value !== 'string') return comparison === '!=';
        return compareWithSpan(comparison, value, from, until);
      },
      candidates: null,
    };
  }
  const key = keyOf(path);
  const wanted = key(literal.value);
  if (wanted === null) return { test: () => false, candidates: null };
  return {
    test: (row) => {
      const value = key(path.read(row));
      return value === null ? comparison === '!=' : compareValues(comparison, value, wanted);
    },
    candidates: comparison === '=' && isIndexed(path) ? lookUp(scope, path, [literal.value]) : null,
  };
};

const compareWithSpan = (comparison: Comparison, value: string, from: string, until: string): boolean => {
  switch (comparison) {
    case '=':
      return value >= from && value < until;
    case '!=':
      return value < from || value >= until;
    case '<':
      return value < from;
    case '<=':
      return value < until;
    case '>':
      return value >= until;
    case '>=':
      return value >= from;
  }
};

const compileIn = (
  scope: QueryScope,
  path: ResolvedPath,
  literals: readonly Literal[],
  negated: boolean,
): CompiledCondition => {
  const spans = literals.filter((one) => one.kind === 'span');
  if (spans.length > 0) {
    const anyOf = combine(
      'or',
      literals.map((one) => compileComparison(scope, path, '=', one)),
    );
    return { test: (row) => anyOf.test(row) !== negated, candidates: null };
  }
  const values = new Set<FieldValue>(literals.map((one) => (one.kind === 'value' ? one.value : null)));
  const hasNull = literals.some((one) => one.kind === 'null');
  values.delete(null);
  return membership(scope, path, values, hasNull, negated);
};

const membership = (
  scope: QueryScope,
  path: ResolvedPath,
  values: ReadonlySet<FieldValue>,
  hasNull: boolean,
  negated: boolean,
): CompiledCondition => {
  const key = keyOf(path);
  const keys = new Set([...values].map(key));
  return {
    test: (row) => {
      const value = key(path.read(row));
      return (value === null ? hasNull : keys.has(value)) !== negated;
    },
    candidates: !negated && !hasNull && isIndexed(path) ? lookUp(scope, path, [...values]) : null,
  };
};
