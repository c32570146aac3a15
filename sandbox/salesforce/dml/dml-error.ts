// The ways one row of a write is refused: code, text and fields as the vendor words them.
// Which HTTP status a lone row gets for a code is in rest/; here is no HTTP.
import { toShortId } from '../org/salesforce-id.ts';

export interface DmlError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

export const dmlError = (statusCode: string, message: string, fields: readonly string[] = []): DmlError => ({
  statusCode,
  message,
  fields,
});

export const noSuchColumn = (field: string, object: string): DmlError =>
  dmlError('INVALID_FIELD', `No such column '${field}' on sobject of type ${object}`);

export const notWritable = (fields: readonly string[]): DmlError =>
  dmlError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field ` +
      'and verify that it is read/write for your profile or permission set.',
    fields,
  );

export const requiredMissing = (fields: readonly string[]): DmlError =>
  dmlError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${fields.join(', ')}]`, fields);

/** The vendor prints the 15-character id here. */
export const duplicateValue = (field: string, otherId: string): DmlError =>
  dmlError(
    'DUPLICATE_VALUE',
    `duplicate value found: ${field} duplicates value on record with id: ${toShortId(otherId)}`,
  );

export const duplicateInCall = (what: string): DmlError => dmlError('DUPLICATE_VALUE', what);

export const duplicateExternalId = (label: string, ids: readonly string[], field: string): DmlError =>
  dmlError(
    'DUPLICATE_EXTERNAL_ID',
    `${label}: more than one record found for external id field: [${ids.join(', ')}]`,
    [field],
  );

export const entityIsDeleted = (): DmlError => dmlError('ENTITY_IS_DELETED', 'entity is deleted');

export const invalidCrossReference = (fields: readonly string[] = []): DmlError =>
  dmlError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', fields);

export const malformedId = (label: string, value: string, field: string): DmlError =>
  dmlError('MALFORMED_ID', `${label}: id value of incorrect type: ${value}`, [field]);

export const inactiveOwner = (userId: string, object: string): DmlError =>
  dmlError(
    'INACTIVE_OWNER_OR_USER',
    `operation performed with inactive user [${toShortId(userId)}] as owner of ${object.toLowerCase()}`,
  );

export const unableToLock = (ids: readonly string[]): DmlError =>
  dmlError(
    'UNABLE_TO_LOCK_ROW',
    `unable to obtain exclusive access to this record or ${ids.length} records: ${ids.join(',')}`,
  );

export const insufficientAccess = (): DmlError =>
  dmlError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');

export const cannotInsert = (object: string): DmlError =>
  dmlError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object}`);

export const cannotUpdate = (object: string): DmlError =>
  dmlError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be updated: ${object}`);

export const rolledBack = (): DmlError =>
  dmlError(
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'Record rolled back because not all records were valid and the request was using AllOrNone header',
  );
