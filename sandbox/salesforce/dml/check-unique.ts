// Fields, and sets of fields, that no two live rows may share.
import type { Field } from '../objects/field.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import type { Org } from '../org/org.ts';
import { type FieldValue, idOf, isDeleted, type Row } from '../org/row.ts';
import { type DmlError, duplicateValue } from './dml-error.ts';

/** Live rows whose field holds the value, as the field compares: text without case unless it is case-sensitive. */
export const findByField = (
  org: Org,
  object: ObjectDefinition,
  field: Field,
  value: FieldValue,
): readonly Row[] => {
  const table = org.table(object.name);
  return table
    .idsWith(field.name, value)
    .map((id) => table.get(id))
    .filter((row) => row !== undefined)
    .filter((row) => !isDeleted(row) && (!field.caseSensitive || row[field.name] === value));
};

/** `changed` names the fields this write touches: what did not move cannot collide anew. */
export const checkUnique = (
  org: Org,
  object: ObjectDefinition,
  row: Row,
  changed: ReadonlySet<string>,
): DmlError[] => {
  const errors: DmlError[] = [];
  for (const field of object.fields) {
    if (!field.unique || !changed.has(field.name)) continue;
    const other = findByField(org, object, field, row[field.name] ?? null).find(
      (one) => idOf(one) !== idOf(row),
    );
    if (other !== undefined) errors.push(duplicateValue(field.name, idOf(other)));
  }
  for (const names of object.uniqueTogether) {
    const other = names.some((name) => changed.has(name)) ? findTwin(org, object, names, row) : undefined;
    if (other !== undefined) errors.push(duplicateValue(names.join(','), idOf(other)));
  }
  return errors;
};

const findTwin = (
  org: Org,
  object: ObjectDefinition,
  names: readonly string[],
  row: Row,
): Row | undefined => {
  const [first, ...rest] = names;
  if (first === undefined || names.some((name) => (row[name] ?? null) === null)) return undefined;
  const table = org.table(object.name);
  return table
    .idsWith(first, row[first] ?? null)
    .map((id) => table.get(id))
    .find(
      (other) =>
        other !== undefined &&
        idOf(other) !== idOf(row) &&
        !isDeleted(other) &&
        rest.every((name) => other[name] === row[name]),
    );
};
