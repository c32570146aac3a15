// The fields every object has because the platform keeps them, and those a merge, an owner or a view adds.

import type { Field } from './field.ts';
import { dateTime, day, defineField, READ_ONLY, reference } from './field-builders.ts';

const SYSTEM = { ...READ_ONLY, nillable: false, defaultedOnCreate: true, permissionable: false } as const;

export const idField = (label: string): Field =>
  defineField('Id', label, 'id', { ...SYSTEM, length: 18, idLookup: true });

export const isDeletedField = (): Field =>
  defineField('IsDeleted', 'Deleted', 'boolean', { ...SYSTEM, defaultValue: false });

export const auditFields = (): Field[] => [
  dateTime('CreatedDate', 'Created Date', SYSTEM),
  reference('CreatedById', 'Created By ID', ['User'], { ...SYSTEM, deleteRule: 'keep' }),
  dateTime('LastModifiedDate', 'Last Modified Date', SYSTEM),
  reference('LastModifiedById', 'Last Modified By ID', ['User'], { ...SYSTEM, deleteRule: 'keep' }),
  dateTime('SystemModstamp', 'System Modstamp', SYSTEM),
];

/** What losers of a merge point to. */
export const masterRecordField = (objectName: string): Field =>
  reference('MasterRecordId', 'Master Record ID', [objectName], {
    ...READ_ONLY,
    permissionable: false,
    relationshipName: 'MasterRecord',
    deleteRule: 'keep',
  });

export const ownerField = (label = 'Owner ID', referenceTo: readonly string[] = ['User']): Field =>
  reference('OwnerId', label, referenceTo, {
    nillable: false,
    defaultedOnCreate: true,
    permissionable: false,
    deleteRule: 'keep',
  });

export const recordTypeField = (): Field =>
  reference('RecordTypeId', 'Record Type ID', ['RecordType'], { deleteRule: 'keep', permissionable: false });

export const viewedFields = (): Field[] => [
  day('LastActivityDate', 'Last Activity', { ...READ_ONLY, permissionable: false }),
  dateTime('LastViewedDate', 'Last Viewed Date', { ...READ_ONLY, permissionable: false }),
  dateTime('LastReferencedDate', 'Last Referenced Date', { ...READ_ONLY, permissionable: false }),
];
