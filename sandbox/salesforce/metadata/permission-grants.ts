// What a permission set may grant: reads its entries from XML and checks each against the schema.
import { ACTIVITY_OBJECTS } from '../objects/activity.ts';
import { type Field, isRequired } from '../objects/field.ts';
import type { Org } from '../org/org.ts';
import { type MetadataError, metadataError } from './component.ts';
import { splitFieldName } from './custom-fields.ts';
import { isChildTrue, textOfChild, type XmlElement } from './xml.ts';

export interface FieldGrant {
  readonly field: string;
  readonly readable: boolean;
  readonly editable: boolean;
}

export const OBJECT_FLAGS = {
  allowCreate: 'PermissionsCreate',
  allowDelete: 'PermissionsDelete',
  allowEdit: 'PermissionsEdit',
  allowRead: 'PermissionsRead',
  modifyAllRecords: 'PermissionsModifyAllRecords',
  viewAllRecords: 'PermissionsViewAllRecords',
} as const;
export type ObjectFlag = keyof typeof OBJECT_FLAGS;

export type ObjectGrant = { readonly object: string } & Readonly<Record<ObjectFlag, boolean>>;

/** Which rights a right rests on. */
const DEPENDENCIES: readonly (readonly [ObjectFlag, ObjectFlag, string, string])[] = [
  ['allowCreate', 'allowRead', 'Create', 'Read'],
  ['allowEdit', 'allowRead', 'Edit', 'Read'],
  ['allowDelete', 'allowEdit', 'Delete', 'Edit'],
  ['viewAllRecords', 'allowRead', 'View All', 'Read'],
  ['modifyAllRecords', 'allowDelete', 'Modify All', 'Delete'],
];

export const readFieldGrant = (node: XmlElement): FieldGrant => ({
  field: textOfChild(node, 'field') ?? '',
  readable: isChildTrue(node, 'readable'),
  editable: isChildTrue(node, 'editable'),
});

export const readObjectGrant = (node: XmlElement): ObjectGrant => ({
  object: textOfChild(node, 'object') ?? '',
  allowCreate: isChildTrue(node, 'allowCreate'),
  allowDelete: isChildTrue(node, 'allowDelete'),
  allowEdit: isChildTrue(node, 'allowEdit'),
  allowRead: isChildTrue(node, 'allowRead'),
  modifyAllRecords: isChildTrue(node, 'modifyAllRecords'),
  viewAllRecords: isChildTrue(node, 'viewAllRecords'),
});

// Fields of Activity are granted as Task.X__c; the platform adds the same grant for Event by itself.
export const mirrorActivities = (org: Org, grants: readonly FieldGrant[]): readonly FieldGrant[] => {
  const listed = new Set(grants.map((grant) => grant.field.toLowerCase()));
  const mirrors = grants.flatMap((grant) => {
    const [objectName, fieldName] = splitFieldName(grant.field);
    if (!ACTIVITY_OBJECTS.some((one) => one === objectName)) return [];
    return ACTIVITY_OBJECTS.filter((one) => one !== objectName)
      .map((one) => ({ ...grant, field: `${one}.${fieldName}` }))
      .filter(
        (mirror) => !listed.has(mirror.field.toLowerCase()) && findField(org, mirror.field)?.custom === true,
      );
  });
  return [...grants, ...mirrors];
};

const findField = (org: Org, fullName: string): Field | undefined => {
  const [objectName, fieldName] = splitFieldName(fullName);
  const object = org.schema.find(objectName);
  return object === undefined ? undefined : org.schema.findField(object, fieldName);
};

export const checkFieldGrant = (
  org: Org,
  { field: fullName, readable, editable }: FieldGrant,
): MetadataError | null => {
  const field = findField(org, fullName);
  if (field === undefined) {
    return metadataError(
      'INVALID_CROSS_REFERENCE_KEY',
      `In field: field - no CustomField named ${fullName} found`,
    );
  }
  if (field.masterDetail || !field.permissionable || isRequired(field)) {
    return metadataError('FIELD_INTEGRITY_EXCEPTION', `You cannot deploy to a required field: ${fullName}`);
  }
  if (editable && !readable) {
    return metadataError(
      'FIELD_INTEGRITY_EXCEPTION',
      `Field ${fullName} cannot be editable without being readable`,
    );
  }
  return editable && !field.updateable && !field.createable
    ? metadataError('FIELD_INTEGRITY_EXCEPTION', `Field ${fullName} is not editable`)
    : null;
};

export const checkObjectGrant = (
  org: Org,
  grant: ObjectGrant,
  all: readonly ObjectGrant[],
): MetadataError | null => {
  const object = org.schema.find(grant.object);
  if (object === undefined) {
    return metadataError(
      'INVALID_CROSS_REFERENCE_KEY',
      `In field: object - no CustomObject named ${grant.object} found`,
    );
  }
  for (const [right, base, rightName, baseName] of DEPENDENCIES) {
    if (grant[right] && !grant[base]) {
      return metadataError(
        'FIELD_INTEGRITY_EXCEPTION',
        `Permission ${rightName} ${grant.object} depends on permission(s): ${baseName} ${grant.object}`,
      );
    }
  }
  const master = object.fields.find((field) => field.masterDetail)?.referenceTo[0];
  const hasMaster = all.some((one) => one.object.toLowerCase() === master?.toLowerCase() && one.allowRead);
  return master !== undefined && grant.allowRead && !hasMaster
    ? metadataError(
        'FIELD_INTEGRITY_EXCEPTION',
        `Permission Read ${grant.object} depends on permission(s): Read ${master}`,
      )
    : null;
};
