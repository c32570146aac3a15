// A field that `setup` makes → the property definition HubSpot takes for it.
import type { FieldOption, FieldToInstall } from '#ports/crm.ts';

export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly groupName: string;
  readonly type: string;
  readonly fieldType: string;
  readonly formField: boolean;
  readonly options?: readonly PropertyOption[];
  readonly showCurrencySymbol?: boolean;
}

export interface PropertyOption {
  readonly value: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
}

/** Properties of one group stand next to each other on a record. */
export const PROPERTY_GROUP = { name: 'tierline', label: 'Tierline' } as const;

/** HubSpot wants them spelled out for a single checkbox. */
const YES_NO: readonly FieldOption[] = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/**
 * Null for what HubSpot has no property for: parents are associations there. Lengths, precision and uniqueness are not
 * carried over: texts have no length in HubSpot, and task properties cannot be unique.
 */
export function toPropertyDefinition(field: FieldToInstall): PropertyDefinition | null {
  const shape = shapeOf(field);
  if (shape === null) return null;
  return {
    name: field.name,
    label: field.label,
    description: field.description,
    groupName: PROPERTY_GROUP.name,
    formField: false,
    ...shape,
  };
}

export function toOptions(options: readonly FieldOption[]): readonly PropertyOption[] {
  return options.map(({ value, label }, displayOrder) => ({ value, label, displayOrder, hidden: false }));
}

type Shape = Pick<PropertyDefinition, 'type' | 'fieldType' | 'options' | 'showCurrencySymbol'>;

const shapeOf = ({ type }: FieldToInstall): Shape | null => {
  switch (type.kind) {
    case 'text':
      return { type: 'string', fieldType: 'text' };
    case 'long_text':
      return { type: 'string', fieldType: 'textarea' };
    case 'number':
      return { type: 'number', fieldType: 'number' };
    case 'money':
      return { type: 'number', fieldType: 'number', showCurrencySymbol: true };
    case 'date':
      return { type: 'date', fieldType: 'date' };
    case 'checkbox':
      return { type: 'bool', fieldType: 'booleancheckbox', options: toOptions(YES_NO) };
    case 'choice':
      return { type: 'enumeration', fieldType: 'select', options: toOptions(type.options) };
    case 'multi_choice':
      return { type: 'enumeration', fieldType: 'checkbox', options: toOptions(type.options) };
    case 'parent':
      return null;
  }
};
