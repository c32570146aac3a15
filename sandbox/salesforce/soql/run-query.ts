// Runs a query for a user: parse, look names up, filter, sort, cut. The result holds rows; printing them is lazy,
// so that a page of 2,000 out of 30,000 costs a page.
import type { Access } from '../access/access.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import type { Org } from '../org/org.ts';
import { idOf, isDeleted, type Row } from '../org/row.ts';
import { type AggregateRecord, aggregateRows, isAggregateQuery, isCountQuery } from './aggregate-rows.ts';
import type { ConditionNode, QueryNode } from './ast.ts';
import { type CompiledCondition, compileCondition } from './compile-condition.ts';
import { type Column, compileColumns } from './compile-select.ts';
import { compileOrder } from './order-rows.ts';
import { parseQuery } from './parse-query.ts';
import { createProjection, type JsonRecord } from './project-rows.ts';
import type { QueryScope } from './query-scope.ts';
import { noSuchObject, noSuchRelationship } from './soql-error.ts';

export interface QueryRequest {
  readonly org: Org;
  readonly access: Access;
  readonly soql: string;
  readonly includeDeleted: boolean;
}

export type QueryResult =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'aggregate'; readonly records: readonly AggregateRecord[] }
  | {
      readonly kind: 'rows';
      readonly object: ObjectDefinition;
      readonly columns: readonly Column[];
      readonly rows: readonly Row[];
      /** Prints rows; `basePath` is `/services/data/v62.0`. */
      readonly createPrinter: (basePath: string) => (row: Row) => JsonRecord;
    };

export const runQuery = (request: QueryRequest): QueryResult =>
  evaluate(request, parseQuery(request.soql), null);

/** Looks every name of a query up without running it; throws what running it would. */
export const checkQuery = (request: QueryRequest): void => {
  evaluate(request, parseQuery(request.soql), []);
};

/** `among` narrows a child subquery to the children of one parent. */
const evaluate = (
  { org, access, includeDeleted }: QueryRequest,
  query: QueryNode,
  among: readonly Row[] | null,
): QueryResult => {
  const object = org.schema.find(query.from);
  if (object === undefined || !access.allows(object, 'read')) {
    throw noSuchObject(query.text, query.fromPosition, query.from);
  }
  const scope: QueryScope = { org, access, object, query, includeDeleted };
  const aggregate = isAggregateQuery(query);
  const columns = aggregate || isCountQuery(query) ? [] : compileColumns(scope);
  const children = aggregate || isCountQuery(query) ? [] : compileChildren(scope);
  const condition =
    query.where === null ? null : compileCondition(scope, query.where, (node) => runSemiJoin(scope, node));
  const order = aggregate ? null : compileOrder(scope, query.orderBy);

  const matching = filterRows(scope, condition, among);
  if (aggregate) return { kind: 'aggregate', records: aggregateRows(scope, matching) };
  const sorted = order === null ? matching : order(matching);
  const rows = sorted.slice(query.offset, query.limit === null ? undefined : query.offset + query.limit);
  if (isCountQuery(query)) return { kind: 'count', count: rows.length };
  return {
    kind: 'rows',
    object,
    columns,
    rows,
    createPrinter(basePath) {
      const project = createProjection(columns, basePath);
      return (row) => {
        const record = project(object.name, row);
        for (const child of children) record[child.name] = child.print(row, basePath);
        return record;
      };
    },
  };
};

const filterRows = (
  { org, object, includeDeleted }: QueryScope,
  condition: CompiledCondition | null,
  among: readonly Row[] | null,
): readonly Row[] => {
  const table = org.table(object.name);
  const ids = among === null ? (condition?.candidates?.() ?? null) : null;
  const source =
    among ??
    (ids === null
      ? table.rows()
      : [...new Set(ids)].map((id) => table.get(id)).filter((row) => row !== undefined));
  const matching: Row[] = [];
  for (const row of source) {
    if (!includeDeleted && isDeleted(row)) continue;
    if (condition === null || condition.test(row)) matching.push(row);
  }
  return matching;
};

const runSemiJoin = (
  { org, access, includeDeleted }: QueryScope,
  node: Extract<ConditionNode, { kind: 'in-query' }>,
): ReadonlySet<string> => {
  const result = evaluate({ org, access, soql: '', includeDeleted }, node.query, null);
  if (result.kind !== 'rows') return new Set();
  const [column] = result.columns;
  if (column === undefined) return new Set();
  return new Set(result.rows.map((row) => column.read(row)).filter((value) => typeof value === 'string'));
};

interface ChildColumn {
  readonly name: string;
  readonly print: (parent: Row, basePath: string) => unknown;
}

/** `(SELECT Id FROM Contacts)`: the children of each row, in one page. */
const compileChildren = (scope: QueryScope): ChildColumn[] =>
  scope.query.select.flatMap((node) => {
    if (node.kind !== 'children') return [];
    const { org, access, includeDeleted, object } = scope;
    const wanted = node.query.from.toLowerCase();
    const incoming = org.schema
      .references(object.name)
      .find(({ field }) => field.childRelationshipName?.toLowerCase() === wanted);
    const name = incoming?.field.childRelationshipName ?? null;
    if (incoming === undefined || name === null) {
      throw noSuchRelationship(scope.query.text, node.query.fromPosition, node.query.from);
    }
    const childQuery: QueryNode = { ...node.query, from: incoming.object.name };
    const request = { org, access, soql: '', includeDeleted };
    // Names are looked up once here, so that a wrong one fails the query even when there is no row.
    evaluate(request, childQuery, []);
    const table = org.table(incoming.object.name);
    const print = (parent: Row, basePath: string): unknown => {
      const children = table
        .idsWith(incoming.field.name, idOf(parent))
        .map((id) => table.get(id))
        .filter((row) => row !== undefined);
      const result = evaluate(request, childQuery, children);
      if (result.kind !== 'rows' || result.rows.length === 0) return null;
      const printRow = result.createPrinter(basePath);
      return {
        totalSize: result.rows.length,
        done: true,
        records: result.rows.map((row) => printRow(row)),
      };
    };
    return [{ name, print }];
  });
