// Inserts and updates one row, with stamps and computed fields, or says why not. A refused row changes nothing.
import type { ObjectDefinition } from '../objects/object-definition.ts';
import { type FieldValue, isDeleted, type Row } from '../org/row.ts';
import { keyPrefixOf, parseId } from '../org/salesforce-id.ts';
import { toStamp } from '../org/stamp.ts';
import { checkRow } from './check-row.ts';
import { deriveFields } from './derive-fields.ts';
import type { DmlContext, DmlInput } from './dml-context.ts';
import {
  cannotInsert,
  cannotUpdate,
  type DmlError,
  dmlError,
  entityIsDeleted,
  insufficientAccess,
  invalidCrossReference,
  malformedId,
} from './dml-error.ts';
import { type DmlOutcome, refused } from './dml-outcome.ts';
import { type Changes, readInput } from './read-input.ts';

export const insertRow = (context: DmlContext, object: ObjectDefinition, input: DmlInput): DmlOutcome => {
  const { org, access, userId } = context;
  if (!object.createable || !access.allows(object, 'create')) return refused([cannotInsert(object.name)]);
  if (Object.keys(input).some((key) => key.toLowerCase() === 'id' && input[key] !== null)) {
    return refused([
      dmlError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']),
    ]);
  }
  const reading = readInput(context, object, input, 'insert');
  if ('errors' in reading) return refused(reading.errors);

  const at = context.at ?? org.now();
  const changes = withDefaults(context, object, reading.changes);
  const draft: Row = {
    ...changes,
    Id: '',
    ...(hasField(object, 'IsDeleted') ? { IsDeleted: false } : {}),
    ...stamps(object, at, userId, 'insert'),
  };
  const row: Row = { ...draft, ...deriveFields(org, object.name, draft, null, at) };
  const errors = checkRow(context, object, row, null, changes);
  if (errors.length > 0) return refused(errors);
  const fault = org.rowFaults.take({ object: object.name, operation: 'insert', id: null, fields: changes });
  if (fault !== null) return refused([fault]);

  const id = org.mintId(object.keyPrefix);
  org.put(object.name, { ...row, ...generatedTexts(context, object, row, id), Id: id });
  return { success: true, id, created: true };
};

export const updateRow = (
  context: DmlContext,
  object: ObjectDefinition,
  id: string,
  input: DmlInput,
): DmlOutcome => {
  const { org, access, userId } = context;
  if (!object.updateable) return refused([cannotUpdate(object.name)], id);
  const found = findForWrite(context, object, id);
  if ('error' in found) return refused([found.error], id);
  const { row: previous } = found;
  const recordId = String(previous['Id']);
  if (!access.allows(object, 'edit')) return refused([insufficientAccess()], recordId);
  const reading = readInput(context, object, input, 'update');
  if ('errors' in reading) return refused(reading.errors, recordId);

  const { changes } = reading;
  const at = context.at ?? org.now();
  const draft: Row = {
    ...previous,
    ...changes,
    ...stamps(object, at, userId, context.automation === true ? 'automation' : 'update'),
  };
  const row: Row = { ...draft, ...deriveFields(org, object.name, draft, previous, at) };
  const errors = checkRow(context, object, row, previous, changes);
  if (errors.length > 0) return refused(errors, recordId);
  const fault = org.rowFaults.take({
    object: object.name,
    operation: 'update',
    id: recordId,
    fields: changes,
  });
  if (fault !== null) return refused([fault], recordId);

  org.put(object.name, row);
  return { success: true, id: recordId, created: false };
};

/** The live row an id of either length names. */
export const findForWrite = (
  { org }: DmlContext,
  object: ObjectDefinition,
  id: string,
): { readonly row: Row } | { readonly error: DmlError } => {
  const recordId = parseId(id);
  if (recordId === null || keyPrefixOf(recordId) !== object.keyPrefix) {
    return { error: malformedId(`${object.label} ID`, id, 'Id') };
  }
  const row = org.table(object.name).get(recordId);
  if (row === undefined) return { error: invalidCrossReference() };
  return isDeleted(row) ? { error: entityIsDeleted() } : { row };
};

const hasField = (object: ObjectDefinition, name: string): boolean =>
  object.fields.some((field) => field.name === name);

const withDefaults = ({ userId }: DmlContext, object: ObjectDefinition, changes: Changes): Changes => {
  const filled: Changes = { ...changes };
  for (const field of object.fields) {
    if (Object.hasOwn(filled, field.name)) continue;
    if (field.name === 'OwnerId') filled[field.name] = userId;
    else if (field.defaultValue !== null) filled[field.name] = field.defaultValue;
  }
  return filled;
};

/** Auto-numbers count up; a custom record without a name is named by its id. */
const generatedTexts = ({ org }: DmlContext, object: ObjectDefinition, row: Row, id: string): Changes => {
  const generated: Changes = {};
  for (const field of object.fields) {
    if (field.autoNumber) {
      const number = org.countUp(`${object.name}.${field.name}`);
      generated[field.name] = (field.displayFormat ?? '{0}').replace(/\{(0+)\}/, (_match, zeros: string) =>
        String(number).padStart(zeros.length, '0'),
      );
    } else if (object.custom && field.nameField && (row[field.name] ?? null) === null) {
      generated[field.name] = id;
    }
  }
  return generated;
};

const stamps = (
  object: ObjectDefinition,
  at: Date,
  userId: string,
  kind: 'insert' | 'update' | 'automation',
): Row => {
  const stamp = toStamp(at);
  const all: Record<string, FieldValue> = {
    ...(kind === 'insert' ? { CreatedDate: stamp, CreatedById: userId } : {}),
    ...(kind === 'automation' ? {} : { LastModifiedDate: stamp, LastModifiedById: userId }),
    SystemModstamp: stamp,
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => hasField(object, name)));
};
