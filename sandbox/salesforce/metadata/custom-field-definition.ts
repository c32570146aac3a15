// Translates a CustomField as the Metadata API takes it into a field of the schema, or says what is wrong with it.
// Formulas and roll-ups are refused: the sandbox computes none.
import type { Field, PicklistValue } from '../objects/field.ts';
import {
  checkbox,
  dateTime,
  day,
  decimal,
  defineField,
  email,
  type FieldOptions,
  longText,
  money,
  percent,
  phone,
  reference,
  text,
  url,
} from '../objects/field-builders.ts';
import { type MetadataError, metadataError } from './component.ts';
import { checkCustomField, MAX_TEXT } from './custom-field-rules.ts';
import { childOf, childrenOf, isChildTrue, numberOfChild, textOfChild, type XmlElement } from './xml.ts';

export type FieldReading = { readonly field: Field } | { readonly error: MetadataError };

export const readCustomField = (
  name: string,
  component: XmlElement,
  previous: Field | null,
): FieldReading => {
  const error = checkCustomField(name, component);
  if (error !== null) return { error };
  const type = textOfChild(component, 'type') ?? '';
  const field = build(name, type, component, previous);
  if (previous !== null && previous.type !== field.type) {
    return {
      error: metadataError(
        'FIELD_INTEGRITY_EXCEPTION',
        `Cannot change type of field ${name} from ${previous.type} to ${field.type}`,
      ),
    };
  }
  return { field };
};

const build = (name: string, type: string, component: XmlElement, previous: Field | null): Field => {
  const label = textOfChild(component, 'label') ?? name;
  const required = isChildTrue(component, 'required');
  const externalId = isChildTrue(component, 'externalId');
  const length = numberOfChild(component, 'length') ?? 0;
  const precision = numberOfChild(component, 'precision') ?? 18;
  const scale = numberOfChild(component, 'scale') ?? 0;
  const common: FieldOptions = {
    custom: true,
    nillable: !required,
    permissionable: !required,
    externalId,
    idLookup: externalId,
    unique: isChildTrue(component, 'unique'),
    caseSensitive: isChildTrue(component, 'caseSensitive'),
    inlineHelpText: textOfChild(component, 'inlineHelpText'),
  };
  switch (type) {
    case 'TextArea':
      return defineField(name, label, 'textarea', { ...common, length: MAX_TEXT });
    case 'LongTextArea':
    case 'Html':
      return longText(name, label, length, common);
    case 'Number':
      return decimal(name, label, precision, scale, common);
    case 'Currency':
      return money(name, label, { ...common, precision, scale });
    case 'Percent':
      return percent(name, label, { ...common, precision, scale });
    case 'Checkbox':
      return checkbox(name, label, {
        ...common,
        nillable: false,
        permissionable: true,
        defaultValue: isChildTrue(component, 'defaultValue'),
      });
    case 'Date':
      return day(name, label, common);
    case 'DateTime':
      return dateTime(name, label, common);
    case 'Email':
      return email(name, label, common);
    case 'Phone':
      return phone(name, label, common);
    case 'Url':
      return url(name, label, common);
    case 'Picklist':
    case 'MultiselectPicklist': {
      const picklistValues = readValues(component, previous);
      const byDefault = picklistValues.find((one) => one.isDefault)?.value ?? null;
      return defineField(name, label, type === 'Picklist' ? 'picklist' : 'multipicklist', {
        ...common,
        length: type === 'Picklist' ? MAX_TEXT : 4_099,
        groupable: type === 'Picklist',
        sortable: type === 'Picklist',
        restrictedPicklist: isRestricted(component),
        picklistValues,
        defaultValue: byDefault,
        defaultedOnCreate: byDefault !== null,
      });
    }
    case 'Lookup':
    case 'MasterDetail':
      return buildReference(name, label, type, component, common);
    case 'AutoNumber':
      return text(name, label, 30, {
        ...common,
        createable: false,
        updateable: false,
        autoNumber: true,
        defaultedOnCreate: true,
        displayFormat: textOfChild(component, 'displayFormat'),
      });
    default:
      return text(name, label, length, common);
  }
};

const buildReference = (
  name: string,
  label: string,
  type: 'Lookup' | 'MasterDetail',
  component: XmlElement,
  common: FieldOptions,
): Field => {
  const isMasterDetail = type === 'MasterDetail';
  const constraint = textOfChild(component, 'deleteConstraint');
  const lookupRule = constraint === 'Cascade' ? 'cascade' : constraint === 'Restrict' ? 'restrict' : 'clear';
  return reference(name, label, [textOfChild(component, 'referenceTo') ?? ''], {
    ...common,
    relationshipName: name.replace(/__c$/, '__r'),
    childRelationshipName: `${textOfChild(component, 'relationshipName') ?? ''}__r`,
    deleteRule: isMasterDetail ? 'cascade' : lookupRule,
    ...(isMasterDetail
      ? {
          masterDetail: true,
          nillable: false,
          permissionable: false,
          updateable: isChildTrue(component, 'reparentableMasterDetail'),
        }
      : {}),
  });
};

const isRestricted = (component: XmlElement): boolean => {
  const valueSet = childOf(component, 'valueSet');
  return valueSet !== null && isChildTrue(valueSet, 'restricted');
};

/** Values an update no longer names stay on records, and become inactive. */
const readValues = (component: XmlElement, previous: Field | null): PicklistValue[] => {
  const valueSet = childOf(component, 'valueSet');
  const definition = valueSet === null ? null : childOf(valueSet, 'valueSetDefinition');
  const values = (definition === null ? [] : childrenOf(definition, 'value')).map((one): PicklistValue => {
    const value = textOfChild(one, 'fullName') ?? '';
    return {
      value,
      label: textOfChild(one, 'label') ?? value,
      active: textOfChild(one, 'isActive') !== 'false',
      isDefault: isChildTrue(one, 'default'),
    };
  });
  const named = new Set(values.map((one) => one.value));
  const retired = (previous?.picklistValues ?? [])
    .filter((one) => !named.has(one.value))
    .map((one) => ({ ...one, active: false, isDefault: false }));
  return [...values, ...retired];
};
