// The rows that grant access. They are records like any other: a permission set is assigned by inserting one.
import { checkbox, dateTime, READ_ONLY, REQUIRED, reference, text } from './field-builders.ts';
import { defineObject, type ObjectDefinition } from './object-definition.ts';
import { auditFields, idField } from './system-fields.ts';

const SETUP = { setup: true, replicateable: false } as const;

const definePermissionSet = (): ObjectDefinition =>
  defineObject(
    'PermissionSet',
    'Permission Set',
    '0PS',
    [
      idField('PermissionSet ID'),
      text('Name', 'Permission Set Name', 80, { ...REQUIRED, nameField: true, unique: true }),
      text('Label', 'Permission Set Label', 80, REQUIRED),
      text('Description', 'Description', 255),
      text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
      checkbox('IsOwnedByProfile', 'Is Owned By Profile', READ_ONLY),
      checkbox('IsCustom', 'Custom', { ...READ_ONLY, defaultValue: true }),
      reference('ProfileId', 'Profile ID', ['Profile'], { ...READ_ONLY, deleteRule: 'keep' }),
      checkbox('HasActivationRequired', 'Session Activation Required'),
      ...auditFields(),
    ],
    SETUP,
  );

const definePermissionSetAssignment = (): ObjectDefinition =>
  defineObject(
    'PermissionSetAssignment',
    'Permission Set Assignment',
    '0Pa',
    [
      idField('PermissionSetAssignment ID'),
      reference('PermissionSetId', 'PermissionSet ID', ['PermissionSet'], {
        ...REQUIRED,
        updateable: false,
        childRelationshipName: 'Assignments',
        deleteRule: 'cascade',
      }),
      reference('AssigneeId', 'Assignee ID', ['User'], {
        ...REQUIRED,
        updateable: false,
        childRelationshipName: 'PermissionSetAssignments',
        deleteRule: 'cascade',
      }),
      checkbox('IsActive', 'Is Active', { ...READ_ONLY, defaultValue: true }),
      dateTime('SystemModstamp', 'System Modstamp', READ_ONLY),
    ],
    { ...SETUP, updateable: false, uniqueTogether: [['PermissionSetId', 'AssigneeId']] },
  );

const defineFieldPermissions = (): ObjectDefinition =>
  defineObject(
    'FieldPermissions',
    'Field Permissions',
    '01k',
    [
      idField('FieldPermissions ID'),
      reference('ParentId', 'Parent ID', ['PermissionSet'], {
        ...REQUIRED,
        updateable: false,
        childRelationshipName: 'FieldPerms',
        deleteRule: 'cascade',
      }),
      text('SobjectType', 'Sobject Type Name', 40, { ...REQUIRED, updateable: false }),
      text('Field', 'Field Name', 160, { ...REQUIRED, updateable: false }),
      checkbox('PermissionsEdit', 'Edit Field'),
      checkbox('PermissionsRead', 'Read Field'),
      dateTime('SystemModstamp', 'System Modstamp', READ_ONLY),
    ],
    { ...SETUP, labelPlural: 'Field Permissions', uniqueTogether: [['ParentId', 'Field']] },
  );

const defineObjectPermissions = (): ObjectDefinition =>
  defineObject(
    'ObjectPermissions',
    'Object Permissions',
    '110',
    [
      idField('ObjectPermissions ID'),
      reference('ParentId', 'Parent ID', ['PermissionSet'], {
        ...REQUIRED,
        updateable: false,
        childRelationshipName: 'ObjectPerms',
        deleteRule: 'cascade',
      }),
      text('SobjectType', 'Sobject Type Name', 40, { ...REQUIRED, updateable: false }),
      checkbox('PermissionsCreate', 'Create Records'),
      checkbox('PermissionsRead', 'Read Records'),
      checkbox('PermissionsEdit', 'Edit Records'),
      checkbox('PermissionsDelete', 'Delete Records'),
      checkbox('PermissionsViewAllRecords', 'Read All Records'),
      checkbox('PermissionsModifyAllRecords', 'Edit All Records'),
      ...auditFields(),
    ],
    { ...SETUP, labelPlural: 'Object Permissions', uniqueTogether: [['ParentId', 'SobjectType']] },
  );

export const definePermissionObjects = (): ObjectDefinition[] => [
  definePermissionSet(),
  definePermissionSetAssignment(),
  defineFieldPermissions(),
  defineObjectPermissions(),
];
