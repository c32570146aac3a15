// Turns the list after SELECT into columns: for JSON a nested record, for CSV one cell a path.
import { type Field, isCompound } from '../objects/field.ts';
import type { FieldValue, Row } from '../org/row.ts';
import type { PathNode, SelectNode } from './ast.ts';
import type { QueryScope } from './query-scope.ts';
import { namesOf, type ResolvedPath, resolveOwnField, resolvePath } from './resolve-path.ts';
import { malformed, SoqlError } from './soql-error.ts';

export interface Column {
  /** `['Owner', 'Name']`: the relationships as describe spells them, then the field. */
  readonly names: readonly string[];
  readonly path: ResolvedPath;
  /** The value as printed: a picklist's label for toLabel(), else what is stored. */
  readonly read: (row: Row) => FieldValue;
}

const MAX_FIELDS_ROWS = 200;

export const compileColumns = (scope: QueryScope): Column[] => {
  const columns = scope.query.select.flatMap((node) => compileItem(scope, node));
  const seen = new Set<string>();
  for (const column of columns) {
    const key = column.names.join('.').toLowerCase();
    if (seen.has(key)) {
      throw new SoqlError('INVALID_FIELD', `duplicate field selected: ${column.names.at(-1) ?? ''}`);
    }
    seen.add(key);
  }
  return columns;
};

const compileItem = (scope: QueryScope, node: SelectNode): Column[] => {
  switch (node.kind) {
    case 'field':
      return [compileField(scope, node.path, node.label)];
    case 'fields':
      return expandGroup(scope, node.group);
    case 'children':
      return [];
    case 'aggregate':
      throw malformed(scope.query.text, node.position, `unexpected token: '${node.aggregate}'`);
  }
};

const compileField = (scope: QueryScope, node: PathNode, label: boolean): Column => {
  const path = resolvePath(scope, node);
  return { names: namesOf(path), path, read: label ? createLabelReader(path) : path.read };
};

const createLabelReader = ({ field, read }: ResolvedPath): ((row: Row) => FieldValue) => {
  const labels = new Map(field.picklistValues.map((one) => [one.value, one.label]));
  return (row) => {
    const value = read(row);
    return typeof value === 'string' ? (labels.get(value) ?? value) : value;
  };
};

const expandGroup = (scope: QueryScope, group: 'ALL' | 'STANDARD' | 'CUSTOM'): Column[] => {
  const { limit } = scope.query;
  if (group !== 'STANDARD' && (limit === null || limit > MAX_FIELDS_ROWS)) {
    throw new SoqlError('MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  const belongs = (field: Field): boolean =>
    scope.access.sees(scope.object, field) && (group === 'ALL' || field.custom === (group === 'CUSTOM'));
  return scope.object.fields
    .filter((field) => belongs(field))
    .map((field) => {
      const path = resolveOwnField(scope, field);
      return { names: [field.name], path, read: path.read };
    });
};

/** Compound fields are refused by Bulk queries. */
export const hasCompound = (columns: readonly Column[]): boolean =>
  columns.some(({ path }) => isCompound(path.field));
