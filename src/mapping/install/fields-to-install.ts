// Which of our fields `setup` makes in a CRM, in which words: those that the mapping names by the shipped name. Pure.
import type { Program } from '#domain/program/program.ts';
import type { CrmMapping } from '#mapping/fields/crm-mapping.ts';
import type { FieldMapping, ObjectMapping } from '#mapping/fields/object-mapping.ts';
import type { FieldOption, FieldToInstall } from '#ports/crm.ts';
import { type OwnField, type OwnFieldOption, ownFields } from './own-fields.ts';
import { fieldWords } from './words/field-words.ts';

export function fieldsToInstall(
  mapping: CrmMapping,
  shipped: CrmMapping,
  programs: readonly Program[],
  locale = 'en',
): readonly FieldToInstall[] {
  return ownFields(programs).flatMap((own) => {
    const object = mapping.get(own.object);
    const field = object?.fields.get(own.name);
    // Leads are not mapped as shipped; their key is called as that of contacts.
    const named = shipped.get(own.object) ?? (own.object === 'lead' ? shipped.get('contact') : undefined);
    const ours = named?.fields.get(own.name);
    if (object === undefined || field === undefined || field.crm !== ours?.crm) return [];
    return [{ ...toInstall(own, object, field, mapping), ...fieldWords(locale, own.object, own.name) }];
  });
}

function toInstall(
  own: OwnField,
  object: ObjectMapping,
  field: FieldMapping,
  mapping: CrmMapping,
): FieldToInstall {
  return {
    object: own.object,
    crmObject: object.crmObject,
    name: field.crm,
    label: own.label,
    description: own.description,
    type: typeOf(own, field, mapping),
    editableByUsers: own.editableByUsers ?? false,
  };
}

function typeOf(own: OwnField, field: FieldMapping, mapping: CrmMapping): FieldToInstall['type'] {
  switch (own.type.kind) {
    case 'choice':
    case 'multi_choice':
      return { kind: own.type.kind, options: own.type.options.map((option) => inCrm(option, field)) };
    case 'account_lookup':
      return { kind: 'parent', crmObject: mapping.get('account')?.crmObject ?? '' };
    default:
      return own.type;
  }
}

function inCrm(option: OwnFieldOption, field: FieldMapping): FieldOption {
  return { value: field.values?.toCrm.get(option.value) ?? option.value, label: option.label };
}
