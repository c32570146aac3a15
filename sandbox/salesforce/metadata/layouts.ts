// Layout components: page layouts, kept as given. Fields on them must exist, stand there once, and include the
// required ones.
import { isRequired } from '../objects/field.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import type { Org } from '../org/org.ts';
import { type ComponentType, type MetadataError, metadataError, noSuchComponent } from './component.ts';
import { childrenOf, element, textOfChild, type XmlElement } from './xml.ts';

interface StoredLayout {
  readonly id: string;
  readonly fullName: string;
  readonly children: readonly XmlElement[];
}

const STANDARD_LAYOUTS: Readonly<Record<string, readonly string[]>> = {
  Account: [
    'Name',
    'ParentId',
    'OwnerId',
    'Phone',
    'Website',
    'Industry',
    'Type',
    'NumberOfEmployees',
    'AnnualRevenue',
  ],
  Contact: ['Name', 'AccountId', 'Title', 'Email', 'Phone', 'OwnerId'],
  Lead: ['Name', 'Company', 'Status', 'Email', 'Phone', 'OwnerId'],
  Opportunity: ['Name', 'AccountId', 'StageName', 'CloseDate', 'Amount', 'OwnerId'],
  Task: ['Subject', 'WhoId', 'WhatId', 'OwnerId', 'ActivityDate', 'Status', 'Priority'],
  Event: ['Subject', 'WhoId', 'WhatId', 'OwnerId', 'StartDateTime', 'EndDateTime'],
};
/** Layouts name people by their compound name. */
const NAME_PARTS = new Set(['LastName', 'FirstName']);

export const createLayouts = (org: Org): ComponentType => {
  const stored = new Map<string, StoredLayout>();
  for (const [objectName, fields] of Object.entries(STANDARD_LAYOUTS)) {
    const fullName = `${objectName}-${objectName} Layout`;
    stored.set(fullName.toLowerCase(), {
      id: org.mintId('00h'),
      fullName,
      children: standardSections(org, objectName, fields),
    });
  }

  const objectOf = (fullName: string): ObjectDefinition | undefined =>
    org.schema.find(fullName.slice(0, Math.max(0, fullName.indexOf('-'))));

  return {
    xmlName: 'Layout',
    directoryName: 'layouts',
    suffix: 'layout',
    childXmlNames: [],
    exists: (fullName) => stored.has(fullName.toLowerCase()),
    save(fullName, component) {
      const object = objectOf(fullName);
      if (object === undefined) return [noSuchComponent('CustomObject', fullName.split('-')[0] ?? '')];
      const problem = checkLayout(org, object, component);
      if (problem !== null) return [problem];
      stored.set(fullName.toLowerCase(), {
        id: stored.get(fullName.toLowerCase())?.id ?? org.mintId('00h'),
        fullName,
        children: component.children.filter((child) => child.name !== 'fullName'),
      });
      return [];
    },
    remove(fullName) {
      return stored.delete(fullName.toLowerCase()) ? [] : [noSuchComponent('Layout', fullName)];
    },
    read(fullName) {
      const layout = stored.get(fullName.toLowerCase());
      return layout === undefined ? null : [element('fullName', layout.fullName), ...layout.children];
    },
    list: () => [...stored.values()].map(({ fullName, id }) => ({ fullName, id })),
  };
};

const fieldsOn = (component: XmlElement): string[] =>
  childrenOf(component, 'layoutSections').flatMap((section) =>
    childrenOf(section, 'layoutColumns').flatMap((column) =>
      childrenOf(column, 'layoutItems')
        .map((item) => textOfChild(item, 'field'))
        .filter((field) => field !== null),
    ),
  );

const checkLayout = (org: Org, object: ObjectDefinition, component: XmlElement): MetadataError | null => {
  const names = fieldsOn(component);
  for (const [index, name] of names.entries()) {
    if (org.schema.findField(object, name) === undefined) {
      return metadataError(
        'INVALID_CROSS_REFERENCE_KEY',
        `In field: field - no CustomField named ${object.name}.${name} found`,
      );
    }
    if (names.indexOf(name) !== index) {
      return metadataError('DUPLICATE_VALUE', `Field:${name} is on the layout more than once`);
    }
  }
  const missing = object.fields.find(
    (field) => isRequired(field) && !NAME_PARTS.has(field.name) && !names.includes(field.name),
  );
  return missing === undefined
    ? null
    : metadataError(
        'FIELD_INTEGRITY_EXCEPTION',
        `Layout must contain an item for required layout field: ${missing.name}`,
      );
};

const standardSections = (org: Org, objectName: string, fields: readonly string[]): XmlElement[] => {
  const object = org.schema.find(objectName);
  const item = (name: string): XmlElement => {
    const field = object === undefined ? undefined : org.schema.findField(object, name);
    const required = name === 'Name' || (field !== undefined && isRequired(field));
    return element('layoutItems', [
      element('behavior', required ? 'Required' : 'Edit'),
      element('field', name),
    ]);
  };
  const column = (names: readonly string[]): XmlElement => element('layoutColumns', names.map(item));
  const half = Math.ceil(fields.length / 2);
  return [
    element('layoutSections', [
      element('customLabel', 'false'),
      element('detailHeading', 'false'),
      element('editHeading', 'true'),
      element('label', `${object?.label ?? objectName} Information`),
      column(fields.slice(0, half)),
      column(fields.slice(half)),
      element('style', 'TwoColumnsTopToBottom'),
    ]),
    element('showEmailCheckbox', 'false'),
    element('showHighlightsPanel', 'false'),
  ];
};
