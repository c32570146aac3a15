// Prints describe: an object with the fields the caller can see, each with every attribute the API gives.
import { type Field, isCompound, isLongText } from '../objects/field.ts';
import type { ObjectDefinition, RecordType } from '../objects/object-definition.ts';
import type { Org } from '../org/org.ts';
import type { Caller } from './api-message.ts';

type Printed = Record<string, unknown>;

/** The record type rows without a type of their own belong to. */
const MASTER_RECORD_TYPE = '012000000000000AAA';
const BYTES_PER_CHARACTER = 3;

export const summarizeObject = (object: ObjectDefinition, caller: Caller, basePath: string): Printed => ({
  activateable: false,
  associateEntityType: null,
  associateParentEntity: null,
  createable: object.createable && caller.access.allows(object, 'create'),
  custom: object.custom,
  customSetting: false,
  deepCloneable: false,
  deletable: object.deletable && caller.access.allows(object, 'delete'),
  deprecatedAndHidden: false,
  feedEnabled: false,
  hasSubtypes: false,
  isInterface: false,
  isSubtype: false,
  keyPrefix: object.keyPrefix,
  label: object.label,
  labelPlural: object.labelPlural,
  layoutable: !object.setup,
  mergeable: object.mergeable,
  mruEnabled: !object.setup,
  name: object.name,
  queryable: true,
  replicateable: object.replicateable,
  retrieveable: true,
  searchable: !object.setup,
  triggerable: !object.setup,
  undeletable: object.deletable && !object.setup,
  updateable: object.updateable && caller.access.allows(object, 'edit'),
  urls: {
    sobject: `${basePath}/sobjects/${object.name}`,
    describe: `${basePath}/sobjects/${object.name}/describe`,
    rowTemplate: `${basePath}/sobjects/${object.name}/{ID}`,
  },
});

export const describeObject = (
  org: Org,
  object: ObjectDefinition,
  caller: Caller,
  basePath: string,
): Printed => ({
  ...summarizeObject(object, caller, basePath),
  actionOverrides: [],
  childRelationships: describeChildren(org, object, caller),
  compactLayoutable: !object.setup,
  defaultImplementation: null,
  extendedBy: null,
  extendsInterfaces: null,
  fields: object.fields
    .filter((field) => caller.access.sees(object, field))
    .map((field) => describeField(object, field, caller)),
  implementedBy: null,
  implementsInterfaces: null,
  listviewable: null,
  lookupLayoutable: null,
  namedLayoutInfos: [],
  networkScopeFieldName: null,
  recordTypeInfos: describeRecordTypes(object, basePath),
  searchLayoutable: !object.setup,
  sobjectDescribeOption: 'FULL',
  supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }],
});

const describeChildren = (org: Org, object: ObjectDefinition, caller: Caller): Printed[] =>
  org.schema
    .references(object.name)
    .filter(
      ({ object: child, field }) => caller.access.allows(child, 'read') && caller.access.sees(child, field),
    )
    .map(({ object: child, field }) => ({
      cascadeDelete: field.deleteRule === 'cascade',
      childSObject: child.name,
      deprecatedAndHidden: false,
      field: field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: field.childRelationshipName,
      restrictedDelete: field.deleteRule === 'restrict',
    }));

const describeRecordTypes = (object: ObjectDefinition, basePath: string): Printed[] => {
  const print = (type: RecordType, isDefault: boolean): Printed => ({
    active: true,
    available: true,
    defaultRecordTypeMapping: isDefault,
    developerName: type.developerName,
    master: type.id === MASTER_RECORD_TYPE,
    name: type.name,
    recordTypeId: type.id,
    urls: { layout: `${basePath}/sobjects/${object.name}/describe/layouts/${type.id}` },
  });
  const master = { id: MASTER_RECORD_TYPE, developerName: 'Master', name: 'Master', picklists: {} };
  return [
    ...object.recordTypes.map((type, index) => print(type, index === 0)),
    print(master, object.recordTypes.length === 0),
  ];
};

const SOAP_TYPES: Readonly<Record<Field['type'], string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  string: 'xsd:string',
  textarea: 'xsd:string',
  email: 'xsd:string',
  phone: 'xsd:string',
  url: 'xsd:string',
  picklist: 'xsd:string',
  multipicklist: 'xsd:string',
  combobox: 'xsd:string',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  address: 'urn:address',
};

const isNumeric = (field: Field): boolean =>
  field.type === 'double' || field.type === 'currency' || field.type === 'percent';

const describeField = (object: ObjectDefinition, field: Field, caller: Caller): Printed => {
  const mayEdit = caller.access.edits(object, field);
  return {
    aggregatable: !isCompound(field) && !isLongText(field) && field.type !== 'boolean',
    aiPredictionField: false,
    autoNumber: field.autoNumber,
    byteLength: field.length * BYTES_PER_CHARACTER,
    calculated: field.calculated,
    calculatedFormula: null,
    cascadeDelete: field.deleteRule === 'cascade',
    caseSensitive: field.caseSensitive,
    compoundFieldName: field.compoundFieldName,
    controllerName: null,
    createable: field.createable && mayEdit,
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? (field.defaultValue ?? false) : null,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? field.precision : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: isLongText(field) ? 'plaintextarea' : null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.idLookup,
    inlineHelpText: field.inlineHelpText,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: field.permissionable,
    picklistValues: field.picklistValues.map((one) => ({
      active: one.active,
      defaultValue: one.isDefault,
      label: one.label,
      validFor: null,
      value: one.value,
    })),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: isNumeric(field) ? field.precision : 0,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: null,
    restrictedDelete: field.deleteRule === 'restrict',
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: field.type === 'reference',
    soapType: SOAP_TYPES[field.type],
    sortable: field.sortable,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable && mayEdit,
    writeRequiresMasterRead: false,
  };
};
