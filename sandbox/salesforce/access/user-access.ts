// Reads a user's rights from the org's permission rows, and keeps them until one of those rows changes.
import { type Field, isRequired } from '../objects/field.ts';
import type { Org } from '../org/org.ts';
import { type Row, textOf } from '../org/row.ts';
import type { Access, ObjectRight } from './access.ts';

const PERMISSION_TABLES = ['PermissionSetAssignment', 'FieldPermissions', 'ObjectPermissions'] as const;

const RIGHT_FIELDS: Readonly<Record<ObjectRight, string>> = {
  read: 'PermissionsRead',
  create: 'PermissionsCreate',
  edit: 'PermissionsEdit',
  delete: 'PermissionsDelete',
};

interface Grants {
  readonly readable: ReadonlySet<string>;
  readonly editable: ReadonlySet<string>;
  /** `object:right`, lower case. */
  readonly rights: ReadonlySet<string>;
}

/** Permission rows name activity fields `Task.X__c` and `Event.X__c`, one each. */
const grantKey = (object: string, field: string): string => `${object}.${field}`.toLowerCase();

const collectGrants = (org: Org, userId: string): Grants => {
  const readable = new Set<string>();
  const editable = new Set<string>();
  const rights = new Set<string>();
  const granted = (table: string, setId: string): Row[] =>
    org
      .table(table)
      .idsWith('ParentId', setId)
      .map((id) => org.table(table).get(id))
      .filter((row) => row !== undefined);

  for (const assignmentId of org.table('PermissionSetAssignment').idsWith('AssigneeId', userId)) {
    const assignment = org.table('PermissionSetAssignment').get(assignmentId);
    const setId = assignment === undefined ? null : textOf(assignment, 'PermissionSetId');
    if (setId === null) continue;
    for (const row of granted('FieldPermissions', setId)) {
      const key = String(row['Field']).toLowerCase();
      if (row['PermissionsRead'] === true || row['PermissionsEdit'] === true) readable.add(key);
      if (row['PermissionsEdit'] === true) editable.add(key);
    }
    for (const row of granted('ObjectPermissions', setId)) {
      const object = String(row['SobjectType']).toLowerCase();
      for (const [right, field] of Object.entries(RIGHT_FIELDS)) {
        if (row[field] === true) rights.add(`${object}:${right}`);
      }
    }
  }
  return { readable, editable, rights };
};

/** What only the profile decides; a test may take it away. */
export interface ProfileRestrictions {
  /** `Object.Field`, lower case. */
  readonly hiddenFields: ReadonlySet<string>;
  readonly readOnlyFields: ReadonlySet<string>;
  /** `object:right`, lower case. */
  readonly deniedRights: ReadonlySet<string>;
}

// Universally required, master-detail, name and system fields carry no field-level security of their own.
const isForEveryone = (field: Field): boolean =>
  !field.permissionable || field.masterDetail || (field.custom && isRequired(field));

export const createUserAccess = (org: Org, userId: string, profile: ProfileRestrictions): Access => {
  let cached: { readonly version: number; readonly grants: Grants } | null = null;

  const grantsOf = (): Grants => {
    const version = PERMISSION_TABLES.reduce((sum, table) => sum + org.table(table).version, 0);
    if (cached?.version !== version) cached = { version, grants: collectGrants(org, userId) };
    return cached.grants;
  };

  const access: Access = {
    allows(object, right) {
      const key = `${object.name.toLowerCase()}:${right}`;
      if (object.custom) return grantsOf().rights.has(key);
      return !profile.deniedRights.has(key) || grantsOf().rights.has(key);
    },
    sees(object, field) {
      if (isForEveryone(field)) return true;
      const key = grantKey(object.name, field.name);
      if (!field.custom && !profile.hiddenFields.has(key)) return true;
      return grantsOf().readable.has(key);
    },
    edits(object, field) {
      if (isForEveryone(field)) return true;
      const key = grantKey(object.name, field.name);
      if (!field.custom && !profile.hiddenFields.has(key) && !profile.readOnlyFields.has(key)) return true;
      return grantsOf().editable.has(key);
    },
  };
  return access;
};
