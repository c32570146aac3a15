// Whether the records a row points to exist, are of the right kind, and may own it.
import type { Field } from '../objects/field.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import type { Org } from '../org/org.ts';
import { isDeleted } from '../org/row.ts';
import { keyPrefixOf } from '../org/salesforce-id.ts';
import {
  type DmlError,
  dmlError,
  entityIsDeleted,
  inactiveOwner,
  invalidCrossReference,
  malformedId,
} from './dml-error.ts';
import type { Changes } from './read-input.ts';

export const checkReferences = (org: Org, object: ObjectDefinition, changes: Changes): DmlError[] =>
  object.fields
    .filter((field) => field.type === 'reference')
    .map((field) => {
      const id = changes[field.name];
      return typeof id === 'string' ? checkReference(org, object, field, id) : null;
    })
    .filter((error) => error !== null);

const checkReference = (org: Org, object: ObjectDefinition, field: Field, id: string): DmlError | null => {
  const target = org.schema.findByPrefix(keyPrefixOf(id));
  const isRightKind =
    target !== undefined &&
    (field.referenceTo.includes(target.name) ||
      // Activities may be about any object that allows them, custom ones included.
      (field.name === 'WhatId' && target.custom));
  if (!isRightKind) return malformedId(field.label, id, field.name);
  const row = org.table(target.name).get(id);
  if (row === undefined) return invalidCrossReference([field.name]);
  if (isDeleted(row)) return entityIsDeleted();
  if (field.name === 'OwnerId' && target.name === 'User' && row['IsActive'] !== true) {
    return inactiveOwner(id, object.name);
  }
  if (field.name === 'RecordTypeId' && !object.recordTypes.some((type) => type.id === id)) {
    return dmlError(
      'INVALID_CROSS_REFERENCE_KEY',
      `Record Type ID: this ID value isn't valid for the user: ${id}`,
      [field.name],
    );
  }
  return null;
};
