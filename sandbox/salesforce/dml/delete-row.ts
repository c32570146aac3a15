// Deletes a row as the recycle bin does: it stays with IsDeleted, its children follow or lose the link.
// Set-up rows (assignments, grants) have no recycle bin and are gone at once.
import type { ObjectDefinition } from '../objects/object-definition.ts';
import { isDeleted, type Row } from '../org/row.ts';
import { toStamp } from '../org/stamp.ts';
import type { DmlContext } from './dml-context.ts';
import { type DmlError, dmlError, insufficientAccess } from './dml-error.ts';
import { type DmlOutcome, refused } from './dml-outcome.ts';
import { findForWrite } from './write-row.ts';

export const deleteRow = (context: DmlContext, object: ObjectDefinition, id: string): DmlOutcome => {
  const { org, access } = context;
  const found = findForWrite(context, object, id);
  if ('error' in found) return refused([found.error], id);
  const recordId = String(found.row['Id']);
  if (!object.deletable || !access.allows(object, 'delete')) return refused([insufficientAccess()], recordId);
  const fault = org.rowFaults.take({ object: object.name, operation: 'delete', id: recordId, fields: {} });
  if (fault !== null) return refused([fault], recordId);
  const blocked = findBlocker(context, object, recordId);
  if (blocked !== null) return refused([blocked], recordId);

  removeWithChildren(context, object, found.row);
  return { success: true, id: recordId, created: false };
};

interface Child {
  readonly object: ObjectDefinition;
  readonly fieldName: string;
  readonly row: Row;
}

const childrenOf = (
  { org }: DmlContext,
  object: ObjectDefinition,
  id: string,
  rule: 'clear' | 'cascade' | 'restrict',
): Child[] =>
  org.schema.references(object.name).flatMap(({ object: childObject, field }) => {
    if (field.deleteRule !== rule) return [];
    const table = org.table(childObject.name);
    return table
      .idsWith(field.name, id)
      .map((childId) => table.get(childId))
      .filter((row) => row !== undefined)
      .filter((row) => !isDeleted(row))
      .map((row) => ({ object: childObject, fieldName: field.name, row }));
  });

const findBlocker = (context: DmlContext, object: ObjectDefinition, id: string): DmlError | null => {
  const [child] = childrenOf(context, object, id, 'restrict');
  if (child === undefined) return null;
  return dmlError(
    'DELETE_FAILED',
    `Your attempt to delete ${id} could not be completed because it is associated with the following ` +
      `${child.object.labelPlural.toLowerCase()}: ${String(child.row['Id'])}`,
  );
};

const removeWithChildren = (context: DmlContext, object: ObjectDefinition, row: Row): void => {
  const { org, userId } = context;
  const id = String(row['Id']);
  const stamp = toStamp(context.at ?? org.now());
  const hasRecycleBin = object.fields.some((field) => field.name === 'IsDeleted');
  if (hasRecycleBin) {
    org.put(object.name, {
      ...row,
      IsDeleted: true,
      LastModifiedDate: stamp,
      LastModifiedById: userId,
      SystemModstamp: stamp,
    });
  } else {
    org.purge(object.name, id);
  }
  for (const child of childrenOf(context, object, id, 'cascade')) {
    removeWithChildren(context, child.object, child.row);
  }
  for (const child of childrenOf(context, object, id, 'clear')) {
    org.put(child.object.name, { ...child.row, [child.fieldName]: null, SystemModstamp: stamp });
  }
};
