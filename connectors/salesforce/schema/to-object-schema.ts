// Says Salesforce's describe in the port's words.
import type { CrmFieldSchema, CrmObjectSchema } from '#ports/crm.ts';
import type { DescribedField, DescribedObject } from './describe-answer.ts';

const KINDS: Readonly<Record<string, CrmFieldSchema['kind']>> = {
  string: 'text',
  textarea: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  encryptedstring: 'text',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  picklist: 'choice',
  combobox: 'choice',
  multipicklist: 'multi_choice',
  id: 'id',
  reference: 'id',
};

export const toObjectSchema = (object: DescribedObject): CrmObjectSchema => ({
  crmObject: object.name,
  fields: new Map([...object.fields.values()].map((field) => [field.name, toFieldSchema(field)])),
});

const toFieldSchema = (field: DescribedField): CrmFieldSchema => {
  const kind = KINDS[field.type] ?? 'other';
  return {
    name: field.name,
    label: field.label,
    vendorType: field.type,
    kind,
    maxLength: field.length > 0 && kind === 'text' ? field.length : null,
    ...(field.byteLength > 0 && kind === 'text' ? { maxBytes: field.byteLength } : {}),
    createable: field.createable,
    updateable: field.updateable,
    options: field.picklistValues.filter(({ active }) => active).map(({ value }) => value),
    restricted: field.restrictedPicklist,
  };
};
