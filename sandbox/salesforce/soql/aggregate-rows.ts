// Answers queries with GROUP BY or aggregate functions: one record a group, `expr0` for what has no alias.
import type { FieldValue, Row } from '../org/row.ts';
import type {
  Aggregate,
  AggregateNode,
  ConditionNode,
  OperandNode,
  OrderNode,
  PathNode,
  QueryNode,
} from './ast.ts';
import { compareValues } from './compile-condition.ts';
import { compareKeys } from './order-rows.ts';
import type { QueryScope } from './query-scope.ts';
import { type ResolvedPath, resolvePath } from './resolve-path.ts';
import { errorAt, malformed, SoqlError } from './soql-error.ts';

export type AggregateRecord = Record<string, unknown>;

type Group = readonly Row[];
type GroupReader = (group: Group) => FieldValue;

/** Grouped results come in one page or not at all. */
const MAX_GROUPS = 2_000;

export const isAggregateQuery = (query: QueryNode): boolean =>
  query.groupBy.length > 0 || query.select.some((node) => node.kind === 'aggregate' && node.path !== null);

/** `SELECT COUNT() FROM X`: the answer is in totalSize and there are no records. */
export const isCountQuery = (query: QueryNode): boolean =>
  query.select.length === 1 && query.select[0]?.kind === 'aggregate' && query.select[0].path === null;

export const aggregateRows = (scope: QueryScope, rows: readonly Row[]): AggregateRecord[] => {
  const { query } = scope;
  const groupPaths = query.groupBy.map((path) => resolveGroup(scope, path));
  const groups = groupRows(rows, groupPaths);
  const columns = compileColumns(scope, groupPaths);
  const kept = query.having === null ? groups : groups.filter(compileHaving(scope, query.having, groupPaths));
  const sorted = sortGroups(scope, kept, groupPaths);
  const end = query.limit === null ? undefined : query.offset + query.limit;
  const page = sorted.slice(query.offset, end);
  if (page.length > MAX_GROUPS) {
    throw new SoqlError(
      'EXCEEDED_ID_LIMIT',
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
    );
  }
  return page.map((group) => ({
    attributes: { type: 'AggregateResult' },
    ...Object.fromEntries(columns.map(({ name, read }) => [name, read(group)])),
  }));
};

const resolveGroup = (scope: QueryScope, node: PathNode): ResolvedPath => {
  const path = resolvePath(scope, node);
  if (!path.field.groupable) {
    throw errorAt(
      'MALFORMED_QUERY',
      scope.query.text,
      node.position,
      `field '${path.field.name}' can not be grouped in a query call`,
    );
  }
  return path;
};

const groupRows = (rows: readonly Row[], paths: readonly ResolvedPath[]): readonly Group[] => {
  if (paths.length === 0) return [rows];
  const keyOf = (row: Row): string => JSON.stringify(paths.map((path) => path.read(row)));
  return [...Map.groupBy(rows, keyOf).values()];
};

const compileColumns = (
  scope: QueryScope,
  groupPaths: readonly ResolvedPath[],
): { readonly name: string; readonly read: GroupReader }[] => {
  let unnamed = 0;
  return scope.query.select.map((node) => {
    if (node.kind === 'aggregate') {
      const name = node.alias ?? `expr${unnamed}`;
      if (node.alias === null) unnamed += 1;
      return { name, read: compileAggregate(scope, node) };
    }
    if (node.kind !== 'field')
      throw new SoqlError('MALFORMED_QUERY', 'unexpected token in an aggregate query');
    const read = compileGrouped(scope, node.path, groupPaths);
    return { name: node.alias ?? resolvePath(scope, node.path).field.name, read };
  });
};

const compileGrouped = (
  scope: QueryScope,
  node: PathNode,
  groupPaths: readonly ResolvedPath[],
): GroupReader => {
  const path = resolvePath(scope, node);
  const isGrouped = groupPaths.some(
    (one) => one.field === path.field && one.hops.length === path.hops.length,
  );
  if (!isGrouped) {
    throw malformed(
      scope.query.text,
      node.position,
      `Field must be grouped or aggregated: ${path.field.name}`,
    );
  }
  return (group) => (group[0] === undefined ? null : path.read(group[0]));
};

const compileAggregate = (scope: QueryScope, node: AggregateNode): GroupReader => {
  if (node.path === null) return (group) => group.length;
  const path = resolvePath(scope, node.path);
  const { aggregate } = node;
  return (group) => {
    const values = group.map((row) => path.read(row)).filter((value) => value !== null);
    return reduceValues(aggregate, values);
  };
};

const reduceValues = (aggregate: Aggregate, values: readonly Exclude<FieldValue, null>[]): FieldValue => {
  switch (aggregate) {
    case 'COUNT':
      return values.length;
    case 'COUNT_DISTINCT':
      return new Set(values.map((value) => (typeof value === 'string' ? value.toLowerCase() : value))).size;
    case 'SUM':
      return values.length === 0 ? null : sum(values);
    case 'AVG':
      return values.length === 0 ? null : sum(values) / values.length;
    case 'MIN':
      return values.reduce<FieldValue>((best, value) => (best === null || value < best ? value : best), null);
    case 'MAX':
      return values.reduce<FieldValue>((best, value) => (best === null || value > best ? value : best), null);
  }
};

const sum = (values: readonly FieldValue[]): number =>
  values.reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0);

const compileOperand = (
  scope: QueryScope,
  operand: OperandNode,
  groupPaths: readonly ResolvedPath[],
): GroupReader =>
  operand.kind === 'aggregate'
    ? compileAggregate(scope, operand)
    : compileGrouped(scope, operand.path, groupPaths);

const compileHaving = (
  scope: QueryScope,
  node: ConditionNode,
  groupPaths: readonly ResolvedPath[],
): ((group: Group) => boolean) => {
  switch (node.kind) {
    case 'and': {
      const tests = node.conditions.map((one) => compileHaving(scope, one, groupPaths));
      return (group) => tests.every((test) => test(group));
    }
    case 'or': {
      const tests = node.conditions.map((one) => compileHaving(scope, one, groupPaths));
      return (group) => tests.some((test) => test(group));
    }
    case 'not': {
      const test = compileHaving(scope, node.condition, groupPaths);
      return (group) => !test(group);
    }
    case 'compare': {
      const read = compileOperand(scope, node.operand, groupPaths);
      const { text, kind } = node.value;
      const wanted = kind === 'number' ? Number(text) : text;
      return (group) => {
        const value = read(group);
        return value !== null && compareValues(node.comparison, value, wanted);
      };
    }
    case 'like':
    case 'in':
    case 'in-query':
    case 'includes':
      throw new SoqlError('MALFORMED_QUERY', 'HAVING understands comparisons only in this sandbox');
  }
};

const sortGroups = (
  scope: QueryScope,
  groups: readonly Group[],
  groupPaths: readonly ResolvedPath[],
): readonly Group[] => {
  const orders: readonly OrderNode[] = scope.query.orderBy;
  const readers = orders.map((order) => compileOperand(scope, order.operand, groupPaths));
  return groups.toSorted((left, right) => {
    for (const [index, order] of orders.entries()) {
      const read = readers[index];
      const compared = read === undefined ? 0 : compareKeys(read(left), read(right), order);
      if (compared !== 0) return compared;
    }
    return 0;
  });
};
