// Reads the body of a property creation or change and refuses what HubSpot refuses.
import { invalidJson } from '#sandbox/hubspot/answers/failures.ts';
import { isJsonObject, type JsonObject } from '#sandbox/hubspot/answers/read-request.ts';
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import {
  FIELD_TYPES_BY_TYPE,
  PROPERTY_TYPES,
  type PropertyDefinition,
  type PropertyOption,
  type PropertyType,
} from './definition.ts';
import type { PropertyBook } from './property-book.ts';
import { badDefinition } from './property-failures.ts';

/** HubSpot's own limit of unique properties on one object type, its own ones not counted. */
const UNIQUE_LIMIT = 10;
const NAME = /^[a-z][a-z0-9_]{0,99}$/u;

export const parseNewProperty = (
  body: JsonObject,
  type: ObjectType,
  book: PropertyBook,
  nowMs: number,
): PropertyDefinition => {
  const name = requireText(body, 'name');
  const label = requireText(body, 'label');
  const propertyType = readType(name, requireText(body, 'type'));
  const fieldType = requireText(body, 'fieldType');
  const groupName = requireText(body, 'groupName');
  if (!NAME.test(name)) {
    throw badDefinition(
      name,
      'INVALID_NAME',
      `${name} is no valid property name: use lower-case letters, digits and underscores, a letter first.`,
    );
  }
  const definition: PropertyDefinition = {
    name,
    label,
    type: propertyType,
    fieldType,
    groupName,
    description: readText(body, 'description') ?? '',
    options: readOptions(name, body['options']) ?? [],
    displayOrder: readNumber(body, 'displayOrder') ?? -1,
    hidden: body['hidden'] === true,
    formField: body['formField'] === true,
    hasUniqueValue: body['hasUniqueValue'] === true,
    hubspotDefined: false,
    readOnlyValue: false,
    ownerReference: body['externalOptions'] === true && body['referencedObjectType'] === 'OWNER',
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    archivedAtMs: null,
  };
  checkShape(definition, book);
  if (definition.hasUniqueValue) checkUniqueAllowed(definition, type, book);
  return definition;
};

/** Fields left out keep their value; `hasUniqueValue` and `name` are ignored, as HubSpot ignores them. */
export const parsePropertyChange = (
  body: JsonObject,
  current: PropertyDefinition,
  book: PropertyBook,
  nowMs: number,
): PropertyDefinition => {
  const type = readText(body, 'type');
  const changed: PropertyDefinition = {
    ...current,
    label: readText(body, 'label') ?? current.label,
    type: type === null ? current.type : readType(current.name, type),
    fieldType: readText(body, 'fieldType') ?? current.fieldType,
    groupName: readText(body, 'groupName') ?? current.groupName,
    description: readText(body, 'description') ?? current.description,
    options: readOptions(current.name, body['options']) ?? current.options,
    displayOrder: readNumber(body, 'displayOrder') ?? current.displayOrder,
    hidden: typeof body['hidden'] === 'boolean' ? body['hidden'] : current.hidden,
    formField: typeof body['formField'] === 'boolean' ? body['formField'] : current.formField,
    updatedAtMs: nowMs,
  };
  checkShape(changed, book);
  return changed;
};

const checkShape = (definition: PropertyDefinition, book: PropertyBook): void => {
  const { name, type, fieldType, groupName, options } = definition;
  if (!FIELD_TYPES_BY_TYPE[type].includes(fieldType)) {
    throw badDefinition(
      name,
      'INVALID_FIELD_TYPE',
      `Property type ${type} does not allow field type ${fieldType}.`,
    );
  }
  if (book.findGroup(groupName) === null)
    throw badDefinition(name, 'INVALID_GROUP', `Property group ${groupName} does not exist.`);
  const values = options.map(({ value }) => value);
  if (type === 'bool' && values.toSorted().join() !== 'false,true')
    throw badDefinition(name, 'INVALID_BOOLEAN_OPTION', 'A bool property needs the options true and false.');
  if (type === 'enumeration' && options.length === 0 && !definition.ownerReference)
    throw badDefinition(name, 'NO_OPTIONS', 'An enumeration property needs options.');
  if (new Set(values).size !== values.length)
    throw badDefinition(name, 'DUPLICATE_OPTION_VALUE', 'Option values must be unique.');
  const labels = options.map(({ label }) => label.toLowerCase());
  if (new Set(labels).size !== labels.length)
    throw badDefinition(name, 'DUPLICATE_OPTION_LABEL', 'Option labels must be unique.');
};

const checkUniqueAllowed = ({ name }: PropertyDefinition, type: ObjectType, book: PropertyBook): void => {
  if (type.name === 'tasks' || type.name === 'notes')
    throw badDefinition(name, 'UNIQUE_NOT_SUPPORTED', `${type.name} cannot have unique properties.`);
  const own = book.uniqueNames().filter((unique) => book.find(unique)?.hubspotDefined === false);
  if (own.length >= UNIQUE_LIMIT)
    throw badDefinition(
      name,
      'TOO_MANY_UNIQUE',
      `${type.name} have ${UNIQUE_LIMIT} unique properties already.`,
    );
};

const readType = (name: string, text: string): PropertyType => {
  const known = PROPERTY_TYPES.find((type) => type === text);
  if (known === undefined) throw badDefinition(name, 'INVALID_TYPE', `${text} is no property type.`);
  return known;
};

const readOptions = (name: string, value: unknown): readonly PropertyOption[] | null => {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) throw invalidJson('options must be a list');
  return value.map((item: unknown, position) => {
    if (!isJsonObject(item)) throw invalidJson('an option must be an object');
    const { label, value: own, description } = item;
    if (typeof label !== 'string' || typeof own !== 'string' || own === '')
      throw badDefinition(name, 'INVALID_OPTION', 'An option needs a label and a value.');
    // `A;B` in a value names two options, so one option cannot hold the separator.
    if (own.includes(';'))
      throw badDefinition(name, 'INVALID_OPTION', 'An option value cannot contain a semicolon.');
    return {
      label,
      value: own,
      displayOrder: readNumber(item, 'displayOrder') ?? position,
      hidden: item['hidden'] === true,
      ...(typeof description === 'string' ? { description } : {}),
    };
  });
};

const requireText = (body: JsonObject, field: string): string => {
  const text = readText(body, field);
  if (text === null) throw invalidJson(`Some required fields were not set: [${field}]`);
  return text;
};

const readText = (body: JsonObject, field: string): string | null => {
  const value = body[field];
  return typeof value === 'string' && value !== '' ? value : null;
};

const readNumber = (body: JsonObject, field: string): number | null => {
  const value = body[field];
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
};
