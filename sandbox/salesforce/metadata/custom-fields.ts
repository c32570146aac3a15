// CustomField components: fields on any object, and on Activity for Task and Event together. A new field carries no
// grants, so that nobody sees it until a permission set says so.
import { ACTIVITY_OBJECTS } from '../objects/activity.ts';
import type { Field } from '../objects/field.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import type { Org } from '../org/org.ts';
import { idOf } from '../org/row.ts';
import {
  type ComponentListing,
  type ComponentType,
  type MetadataError,
  metadataError,
  noSuchComponent,
} from './component.ts';
import { readCustomField } from './custom-field-definition.ts';
import { element, textOfChild, type XmlElement } from './xml.ts';

interface StoredField {
  readonly id: string;
  readonly fullName: string;
  readonly component: XmlElement;
}

const MAX_EXTERNAL_IDS = 25;

export const splitFieldName = (fullName: string): readonly [string, string] => {
  const at = fullName.indexOf('.');
  return at === -1 ? ['', fullName] : [fullName.slice(0, at), fullName.slice(at + 1)];
};

/** The object that holds the field's definition: for Activity either of the two will do. */
export const findFieldOwner = (org: Org, objectName: string): ObjectDefinition | undefined =>
  org.schema.find(objectName.toLowerCase() === 'activity' ? ACTIVITY_OBJECTS[0] : objectName);

export const createCustomFields = (org: Org): ComponentType => {
  const stored = new Map<string, StoredField>();

  const find = (fullName: string): Field | undefined => {
    const [objectName, fieldName] = splitFieldName(fullName);
    const object = findFieldOwner(org, objectName);
    const field = object === undefined ? undefined : org.schema.findField(object, fieldName);
    return field?.custom === true ? field : undefined;
  };

  const save = (fullName: string, component: XmlElement): readonly MetadataError[] => {
    const [objectName, fieldName] = splitFieldName(fullName);
    const object = findFieldOwner(org, objectName);
    if (object === undefined || object.setup) return [noSuchComponent('CustomObject', objectName)];
    const previous = find(fullName) ?? null;
    const reading = readCustomField(fieldName, component, previous);
    if ('error' in reading) return [reading.error];
    const { field } = reading;
    const problem = checkInOrg(org, object, field, previous);
    if (problem !== null) return [problem];

    org.schema.putField(objectName, field);
    if (field.masterDetail) {
      // The master's owner owns its details.
      org.schema.removeField(objectName, 'OwnerId');
    }
    const known = stored.get(fullName.toLowerCase());
    stored.set(fullName.toLowerCase(), { id: known?.id ?? org.mintId('00N'), fullName, component });
    return [];
  };

  return {
    xmlName: 'CustomField',
    directoryName: 'fields',
    suffix: 'field',
    childXmlNames: [],
    exists: (fullName) => find(fullName) !== undefined,
    save,
    remove(fullName) {
      if (find(fullName) === undefined) return [noSuchComponent('CustomField', fullName)];
      const [objectName, fieldName] = splitFieldName(fullName);
      org.schema.removeField(objectName, fieldName);
      stored.delete(fullName.toLowerCase());
      dropGrants(org, fullName);
      return [];
    },
    read(fullName) {
      const known = stored.get(fullName.toLowerCase());
      if (known === undefined || find(fullName) === undefined) return null;
      const rest = known.component.children.filter((child) => child.name !== 'fullName');
      const needsFlags = textOfChild(known.component, 'required') === null;
      return [
        element('fullName', known.fullName),
        ...rest,
        ...(needsFlags ? [element('required', 'false')] : []),
      ];
    },
    list: (): ComponentListing[] => [...stored.values()].map(({ fullName, id }) => ({ fullName, id })),
  };
};

const checkInOrg = (
  org: Org,
  object: ObjectDefinition,
  field: Field,
  previous: Field | null,
): MetadataError | null => {
  for (const target of field.referenceTo) {
    if (org.schema.find(target) === undefined) {
      return metadataError(
        'FIELD_INTEGRITY_EXCEPTION',
        `referenceTo value of '${target}' does not resolve to a valid sObject type`,
      );
    }
  }
  const childName = field.childRelationshipName?.toLowerCase();
  const taken = field.referenceTo.some((target) =>
    org.schema
      .references(target)
      .some(
        (other) =>
          childName !== undefined &&
          other.field.childRelationshipName?.toLowerCase() === childName &&
          other.field.name !== field.name,
      ),
  );
  if (taken) {
    return metadataError(
      'DUPLICATE_DEVELOPER_NAME',
      `There is already a Child Relationship named ${field.childRelationshipName?.replace(/__r$/, '') ?? ''} on ${field.referenceTo[0] ?? ''}.`,
    );
  }
  const externalIds = object.fields.filter((one) => one.externalId && one.name !== field.name).length;
  if (field.externalId && externalIds >= MAX_EXTERNAL_IDS) {
    return metadataError(
      'FIELD_INTEGRITY_EXCEPTION',
      `${object.name} has the most external ids it may have: ${MAX_EXTERNAL_IDS}`,
    );
  }
  const becomesUnique = field.unique && previous?.unique !== true;
  return becomesUnique && previous !== null && hasDuplicates(org, object, field)
    ? metadataError(
        'FIELD_INTEGRITY_EXCEPTION',
        `duplicate values exist for field ${field.name}: it cannot be made unique`,
      )
    : null;
};

const hasDuplicates = (org: Org, object: ObjectDefinition, field: Field): boolean => {
  const table = org.table(object.name);
  for (const row of table.rows()) {
    const value = row[field.name] ?? null;
    if (value !== null && table.idsWith(field.name, value).length > 1) return true;
  }
  return false;
};

const dropGrants = (org: Org, fullName: string): void => {
  const [objectName, fieldName] = splitFieldName(fullName);
  const names =
    objectName.toLowerCase() === 'activity'
      ? ACTIVITY_OBJECTS.map((one) => `${one}.${fieldName}`)
      : [fullName];
  const table = org.table('FieldPermissions');
  for (const name of names) {
    for (const id of table.idsWith('Field', name)) {
      const row = table.get(id);
      if (row !== undefined) org.purge('FieldPermissions', idOf(row));
    }
  }
};
