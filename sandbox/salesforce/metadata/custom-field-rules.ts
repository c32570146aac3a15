// What a CustomField must and must not say, type by type, in the vendor's words.
import { type MetadataError, metadataError, requiredFieldMissing } from './component.ts';
import { childOf, isChildTrue, numberOfChild, textOfChild, type XmlElement } from './xml.ts';

/** What each type must and must not say, in the words of the XML. */
const RULES: Readonly<
  Record<string, { readonly needs: readonly string[]; readonly bars: readonly string[] }>
> = {
  Text: { needs: ['length'], bars: ['valueSet', 'precision', 'scale', 'visibleLines'] },
  TextArea: { needs: [], bars: ['length', 'externalId', 'unique', 'valueSet'] },
  LongTextArea: { needs: ['length', 'visibleLines'], bars: ['externalId', 'unique', 'required', 'valueSet'] },
  Html: { needs: ['length', 'visibleLines'], bars: ['externalId', 'unique', 'required', 'valueSet'] },
  Number: { needs: ['precision', 'scale'], bars: ['length', 'valueSet'] },
  Currency: { needs: ['precision', 'scale'], bars: ['length', 'externalId', 'unique', 'valueSet'] },
  Percent: { needs: ['precision', 'scale'], bars: ['length', 'externalId', 'unique', 'valueSet'] },
  Checkbox: { needs: ['defaultValue'], bars: ['length', 'required', 'externalId', 'unique', 'valueSet'] },
  Date: { needs: [], bars: ['length', 'externalId', 'unique', 'valueSet'] },
  DateTime: { needs: [], bars: ['length', 'externalId', 'unique', 'valueSet'] },
  Email: { needs: [], bars: ['length', 'valueSet'] },
  Phone: { needs: [], bars: ['length', 'externalId', 'unique', 'valueSet'] },
  Url: { needs: [], bars: ['length', 'externalId', 'unique', 'valueSet'] },
  Picklist: { needs: ['valueSet'], bars: ['length', 'externalId', 'unique', 'precision'] },
  MultiselectPicklist: { needs: ['valueSet', 'visibleLines'], bars: ['length', 'externalId', 'unique'] },
  Lookup: { needs: ['referenceTo', 'relationshipName'], bars: ['length', 'valueSet', 'relationshipOrder'] },
  MasterDetail: {
    needs: ['referenceTo', 'relationshipName'],
    bars: ['length', 'valueSet', 'required', 'deleteConstraint'],
  },
  AutoNumber: { needs: ['displayFormat'], bars: ['length', 'required', 'unique', 'valueSet'] },
};

export const MAX_TEXT = 255;
const MAX_LONG_TEXT = 131_072;
const FIELD_NAME = /^[A-Za-z](?:\w*[A-Za-z\d])?__c$/;
const MAX_NAME = 43;

/** Null when the component can be a field of that name. */
export const checkCustomField = (name: string, component: XmlElement): MetadataError | null => {
  if (!FIELD_NAME.test(name) || name.includes('___') || name.length > MAX_NAME) {
    return metadataError(
      'INVALID_FULLNAME',
      `The name "${name}" is not a custom field name: it begins with a letter, has no two underscores in a row and ends with __c`,
    );
  }
  if (textOfChild(component, 'label') === null) return requiredFieldMissing('label');
  const type = textOfChild(component, 'type');
  if (type === null) return requiredFieldMissing('type');
  if (childOf(component, 'formula') !== null || type === 'Summary') {
    return metadataError(
      'FIELD_INTEGRITY_EXCEPTION',
      'Formula and roll-up fields are not offered by this sandbox',
    );
  }
  const rules = RULES[type];
  if (rules === undefined) {
    return metadataError(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `bad value for restricted picklist field: ${type}`,
    );
  }
  const missing = rules.needs.find((one) => childOf(component, one) === null);
  if (missing !== undefined) {
    return metadataError(
      'FIELD_INTEGRITY_EXCEPTION',
      `Must specify '${missing}' for a CustomField of type ${type}`,
    );
  }
  const barred = rules.bars.find((one) => {
    const child = childOf(component, one);
    // A flag that says false says nothing.
    return child !== null && child.text !== 'false';
  });
  if (barred !== undefined) {
    return metadataError(
      'FIELD_INTEGRITY_EXCEPTION',
      `Can not specify '${barred}' for a CustomField of type ${type}`,
    );
  }
  return checkLimits(type, component);
};

const checkLimits = (type: string, component: XmlElement): MetadataError | null => {
  const length = numberOfChild(component, 'length');
  const max = type === 'Text' ? MAX_TEXT : MAX_LONG_TEXT;
  if (length !== null && (length < 1 || length > max)) {
    return metadataError(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `length: value outside of valid range: ${length} (1 to ${max})`,
    );
  }
  const precision = numberOfChild(component, 'precision');
  const scale = numberOfChild(component, 'scale') ?? 0;
  if (precision !== null && (precision < 1 || precision > 18 || scale > precision)) {
    return metadataError('FIELD_INTEGRITY_EXCEPTION', 'precision must be 1 to 18 and hold the scale');
  }
  if (
    type === 'Lookup' &&
    isChildTrue(component, 'required') &&
    (textOfChild(component, 'deleteConstraint') ?? 'SetNull') === 'SetNull'
  ) {
    return metadataError(
      'FIELD_INTEGRITY_EXCEPTION',
      'must specify either cascade delete or restrict delete for required lookup foreign key',
    );
  }
  return null;
};
