// CustomObject components: an object with its name field, and fields given along with it.

import type { Field } from '../objects/field.ts';
import { text } from '../objects/field-builders.ts';
import { defineObject } from '../objects/object-definition.ts';
import { auditFields, idField, isDeletedField, ownerField, viewedFields } from '../objects/system-fields.ts';
import type { Org } from '../org/org.ts';
import {
  type ComponentType,
  type MetadataError,
  metadataError,
  noSuchComponent,
  requiredFieldMissing,
} from './component.ts';
import { childOf, childrenOf, element, textOfChild, type XmlElement } from './xml.ts';

interface StoredObject {
  readonly id: string;
  readonly fullName: string;
  readonly component: XmlElement;
}

const SHARING_MODELS = new Set(['Private', 'Read', 'ReadWrite', 'ControlledByParent']);
const NAME_LENGTH = 80;

export const createCustomObjects = (org: Org, customFields: ComponentType): ComponentType => {
  const stored = new Map<string, StoredObject>();

  const save = (fullName: string, component: XmlElement): readonly MetadataError[] => {
    const known = stored.get(fullName.toLowerCase());
    const problem = check(fullName, component);
    if (problem !== null) return [problem];
    if (known === undefined) {
      org.schema.addObject(toDefinition(fullName, component, nextKeyPrefix(org)));
    }
    stored.set(fullName.toLowerCase(), { id: known?.id ?? org.mintId('01I'), fullName, component });
    const errors = childrenOf(component, 'fields').flatMap((field) =>
      customFields.save(`${fullName}.${textOfChild(field, 'fullName') ?? ''}`, field),
    );
    if (known === undefined && errors.length > 0) {
      org.schema.removeObject(fullName);
      stored.delete(fullName.toLowerCase());
    }
    return errors;
  };

  return {
    xmlName: 'CustomObject',
    directoryName: 'objects',
    suffix: 'object',
    childXmlNames: ['CustomField'],
    exists: (fullName) => stored.has(fullName.toLowerCase()),
    save,
    remove(fullName) {
      if (!stored.delete(fullName.toLowerCase())) return [noSuchComponent('CustomObject', fullName)];
      org.schema.removeObject(fullName);
      return [];
    },
    read(fullName) {
      const known = stored.get(fullName.toLowerCase());
      if (known === undefined) return readStandard(org, fullName);
      const rest = known.component.children.filter((one) => one.name !== 'fullName' && one.name !== 'fields');
      const fields = customFields
        .list()
        .filter((one) => one.fullName.toLowerCase().startsWith(`${fullName.toLowerCase()}.`))
        .map((one) => {
          const elements = customFields.read(one.fullName) ?? [];
          const [, name = ''] = one.fullName.split('.');
          return element(
            'fields',
            elements.map((child) => (child.name === 'fullName' ? element('fullName', name) : child)),
          );
        });
      return [element('fullName', known.fullName), ...fields, ...rest];
    },
    list: () => [...stored.values()].map(({ fullName, id }) => ({ fullName, id })),
  };
};

const check = (fullName: string, component: XmlElement): MetadataError | null => {
  if (!/^[A-Za-z](?:\w*[A-Za-z\d])?__c$/.test(fullName)) {
    return metadataError('INVALID_FULLNAME', `${fullName} is not a custom object name: it must end with __c`);
  }
  for (const name of ['label', 'pluralLabel', 'nameField', 'deploymentStatus', 'sharingModel']) {
    if (childOf(component, name) === null) return requiredFieldMissing(name);
  }
  const sharingModel = textOfChild(component, 'sharingModel') ?? '';
  if (!SHARING_MODELS.has(sharingModel)) {
    return metadataError(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `sharingModel: bad value: ${sharingModel}`,
    );
  }
  const hasMaster = childrenOf(component, 'fields').some(
    (field) => textOfChild(field, 'type') === 'MasterDetail',
  );
  if (sharingModel === 'ControlledByParent' && !hasMaster) {
    return metadataError(
      'FIELD_INTEGRITY_EXCEPTION',
      'Cannot set sharingModel to ControlledByParent on a CustomObject without a MasterDetail relationship field',
    );
  }
  const nameField = childOf(component, 'nameField');
  const nameType = nameField === null ? null : textOfChild(nameField, 'type');
  return nameType === 'Text' || nameType === 'AutoNumber'
    ? null
    : metadataError('FIELD_INTEGRITY_EXCEPTION', 'The nameField must be of type Text or AutoNumber');
};

const nameField = (component: XmlElement): Field => {
  const node = childOf(component, 'nameField');
  const label = (node === null ? null : textOfChild(node, 'label')) ?? 'Name';
  const shared = { nameField: true, idLookup: true, permissionable: false, defaultedOnCreate: true } as const;
  return node !== null && textOfChild(node, 'type') === 'AutoNumber'
    ? text('Name', label, NAME_LENGTH, {
        ...shared,
        nillable: false,
        createable: false,
        updateable: false,
        autoNumber: true,
        displayFormat: textOfChild(node, 'displayFormat') ?? '{0}',
      })
    : text('Name', label, NAME_LENGTH, shared);
};

const toDefinition = (fullName: string, component: XmlElement, keyPrefix: string) => {
  const label = textOfChild(component, 'label') ?? fullName;
  return defineObject(
    fullName,
    label,
    keyPrefix,
    [
      idField('Record ID'),
      ownerField('Owner ID', ['Group', 'User']),
      isDeletedField(),
      nameField(component),
      ...auditFields(),
      ...viewedFields(),
    ],
    { custom: true, labelPlural: textOfChild(component, 'pluralLabel') ?? `${label}s` },
  );
};

/** a00, a01 … a0Z, a10: the prefixes custom objects get. */
const nextKeyPrefix = (org: Org): string => {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const tens of digits) {
    for (const ones of digits) {
      const prefix = `a${tens}${ones}`;
      if (org.schema.findByPrefix(prefix) === undefined) return prefix;
    }
  }
  throw new Error('the org has no key prefix left for another custom object');
};

const readStandard = (org: Org, fullName: string): XmlElement[] | null => {
  const object = org.schema.find(fullName);
  return object === undefined || object.custom
    ? null
    : [
        element('fullName', object.name),
        element('label', object.label),
        element('pluralLabel', object.labelPlural),
      ];
};
