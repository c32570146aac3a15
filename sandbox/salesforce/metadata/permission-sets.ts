// PermissionSet components: kept as the rows that grant access, so that queries and this API see the same thing.
import type { Org } from '../org/org.ts';
import { type FieldValue, idOf, type Row, textOf } from '../org/row.ts';
import { toStamp } from '../org/stamp.ts';
import {
  type ComponentType,
  type MetadataError,
  metadataError,
  noSuchComponent,
  requiredFieldMissing,
} from './component.ts';
import { splitFieldName } from './custom-fields.ts';
import {
  checkFieldGrant,
  checkObjectGrant,
  type FieldGrant,
  mirrorActivities,
  OBJECT_FLAGS,
  type ObjectFlag,
  type ObjectGrant,
  readFieldGrant,
  readObjectGrant,
} from './permission-grants.ts';
import { childrenOf, element, textOfChild, type XmlElement } from './xml.ts';

const KEPT_AS_GIVEN = [
  'description',
  'license',
  'userPermissions',
  'tabSettings',
  'recordTypeVisibilities',
] as const;

export const createPermissionSets = (org: Org, actingUserId: string): ComponentType => {
  const extras = new Map<string, readonly XmlElement[]>();

  const find = (name: string): Row | undefined => {
    const [id] = org.table('PermissionSet').idsWith('Name', name);
    return id === undefined ? undefined : org.table('PermissionSet').get(id);
  };

  const save = (fullName: string, component: XmlElement): readonly MetadataError[] => {
    const label = textOfChild(component, 'label');
    if (label === null) return [requiredFieldMissing('label')];
    const fieldGrants = mirrorActivities(org, childrenOf(component, 'fieldPermissions').map(readFieldGrant));
    const objectGrants = childrenOf(component, 'objectPermissions').map(readObjectGrant);
    const errors = [
      ...fieldGrants.map((grant) => checkFieldGrant(org, grant)),
      ...objectGrants.map((grant) => checkObjectGrant(org, grant, objectGrants)),
    ].filter((error) => error !== null);
    if (errors.length > 0) return errors;

    const known = find(fullName);
    const stamp = toStamp(org.now());
    const id = known === undefined ? org.mintId('0PS') : idOf(known);
    org.put('PermissionSet', {
      ...(known ?? {
        Id: id,
        IsCustom: true,
        IsOwnedByProfile: false,
        HasActivationRequired: false,
        CreatedDate: stamp,
        CreatedById: actingUserId,
      }),
      Name: fullName,
      Label: label,
      Description: textOfChild(component, 'description'),
      LastModifiedDate: stamp,
      LastModifiedById: actingUserId,
      SystemModstamp: stamp,
    });
    if (org.quirks.permissionSetUpsert === 'replace') clearGrants(org, id);
    for (const grant of fieldGrants) putFieldGrant(org, id, grant, stamp);
    for (const grant of objectGrants) putObjectGrant(org, id, grant, stamp);
    extras.set(
      id,
      component.children.filter((child) => KEPT_AS_GIVEN.some((name) => name === child.name)),
    );
    return [];
  };

  return {
    xmlName: 'PermissionSet',
    directoryName: 'permissionsets',
    suffix: 'permissionset',
    childXmlNames: [],
    exists: (fullName) => find(fullName) !== undefined,
    save,
    remove(fullName) {
      const row = find(fullName);
      if (row === undefined) return [noSuchComponent('PermissionSet', fullName)];
      if (org.table('PermissionSetAssignment').idsWith('PermissionSetId', idOf(row)).length > 0) {
        return [
          metadataError(
            'DELETE_FAILED',
            `Your attempt to delete ${fullName} could not be completed because it is assigned to users`,
          ),
        ];
      }
      clearGrants(org, idOf(row));
      org.purge('PermissionSet', idOf(row));
      return [];
    },
    read(fullName) {
      const row = find(fullName);
      return row === undefined ? null : print(org, row, extras.get(idOf(row)) ?? []);
    },
    list: () =>
      [...org.table('PermissionSet').rows()].map((row) => ({
        fullName: textOf(row, 'Name') ?? '',
        id: idOf(row),
      })),
  };
};

const grantsOf = (org: Org, table: 'FieldPermissions' | 'ObjectPermissions', setId: string): Row[] =>
  org
    .table(table)
    .idsWith('ParentId', setId)
    .map((id) => org.table(table).get(id))
    .filter((row) => row !== undefined);

const clearGrants = (org: Org, setId: string): void => {
  for (const table of ['FieldPermissions', 'ObjectPermissions'] as const) {
    for (const row of grantsOf(org, table, setId)) org.purge(table, idOf(row));
  }
};

const putFieldGrant = (org: Org, setId: string, grant: FieldGrant, stamp: string): void => {
  const known = grantsOf(org, 'FieldPermissions', setId).find(
    (row) => textOf(row, 'Field')?.toLowerCase() === grant.field.toLowerCase(),
  );
  if (!grant.readable && !grant.editable) {
    if (known !== undefined) org.purge('FieldPermissions', idOf(known));
    return;
  }
  org.put('FieldPermissions', {
    Id: known === undefined ? org.mintId('01k') : idOf(known),
    ParentId: setId,
    SobjectType: splitFieldName(grant.field)[0],
    Field: grant.field,
    PermissionsRead: grant.readable,
    PermissionsEdit: grant.editable,
    SystemModstamp: stamp,
  });
};

const putObjectGrant = (org: Org, setId: string, grant: ObjectGrant, stamp: string): void => {
  const known = grantsOf(org, 'ObjectPermissions', setId).find(
    (row) => textOf(row, 'SobjectType')?.toLowerCase() === grant.object.toLowerCase(),
  );
  const flags: Record<string, FieldValue> = {};
  for (const [flag, column] of Object.entries(OBJECT_FLAGS)) flags[column] = grant[flag as ObjectFlag];
  org.put('ObjectPermissions', {
    Id: known === undefined ? org.mintId('110') : idOf(known),
    ParentId: setId,
    SobjectType: grant.object,
    ...flags,
    SystemModstamp: stamp,
  });
};

const byText =
  (field: string) =>
  (left: Row, right: Row): number =>
    String(left[field]).localeCompare(String(right[field]));

const print = (org: Org, row: Row, extras: readonly XmlElement[]): XmlElement[] => [
  element('fullName', textOf(row, 'Name') ?? ''),
  ...extras.filter((one) => one.name === 'description'),
  ...grantsOf(org, 'FieldPermissions', idOf(row))
    .toSorted(byText('Field'))
    .map((grant) =>
      element('fieldPermissions', [
        element('editable', String(grant['PermissionsEdit'] === true)),
        element('field', textOf(grant, 'Field') ?? ''),
        element('readable', String(grant['PermissionsRead'] === true)),
      ]),
    ),
  element('hasActivationRequired', 'false'),
  element('label', textOf(row, 'Label') ?? ''),
  ...extras.filter((one) => one.name === 'license'),
  ...grantsOf(org, 'ObjectPermissions', idOf(row))
    .toSorted(byText('SobjectType'))
    .map((grant) =>
      element('objectPermissions', [
        ...Object.entries(OBJECT_FLAGS).map(([flag, column]) =>
          element(flag, String(grant[column] === true)),
        ),
        element('object', textOf(grant, 'SobjectType') ?? ''),
      ]),
    ),
  ...extras.filter((one) => one.name !== 'description' && one.name !== 'license'),
];
