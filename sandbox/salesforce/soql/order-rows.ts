// Sorts rows by ORDER BY: text without case, nothing first unless NULLS LAST, ties as they stood.
import type { FieldValue, Row } from '../org/row.ts';
import type { OrderNode } from './ast.ts';
import type { QueryScope } from './query-scope.ts';
import { resolvePath } from './resolve-path.ts';
import { errorAt, malformed } from './soql-error.ts';

export type SortKey = FieldValue;

export const compareKeys = (left: SortKey, right: SortKey, order: OrderNode): number => {
  if (left === null || right === null) {
    if (left === right) return 0;
    return (left === null) !== order.nullsLast ? -1 : 1;
  }
  if (left === right) return 0;
  return left < right !== order.descending ? -1 : 1;
};

export const compileOrder = (
  scope: QueryScope,
  orders: readonly OrderNode[],
): ((rows: readonly Row[]) => readonly Row[]) => {
  if (orders.length === 0) return (rows) => rows;
  const readers = orders.map((order) => {
    if (order.operand.kind === 'aggregate') {
      throw malformed(
        scope.query.text,
        order.operand.position,
        'Ordered field must be grouped or aggregated',
      );
    }
    const { field, read } = resolvePath(scope, order.operand.path);
    if (!field.sortable) {
      throw errorAt(
        'MALFORMED_QUERY',
        scope.query.text,
        order.operand.path.position,
        `field '${field.name}' can not be sorted in a query call`,
      );
    }
    const isExact = field.type === 'id' || field.type === 'reference';
    return (row: Row): SortKey => {
      const value = read(row);
      return typeof value === 'string' && !isExact ? value.toLowerCase() : value;
    };
  });
  // Keys are read once a row, not once a comparison.
  return (rows) =>
    rows
      .map((row) => ({ row, keys: readers.map((read) => read(row)) }))
      .toSorted((left, right) => {
        for (const [index, order] of orders.entries()) {
          const compared = compareKeys(left.keys[index] ?? null, right.keys[index] ?? null, order);
          if (compared !== 0) return compared;
        }
        return 0;
      })
      .map(({ row }) => row);
};
