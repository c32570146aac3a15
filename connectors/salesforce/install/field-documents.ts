// How our fields are written as Salesforce metadata, and whether a field that stands there will do. Knows no call.
import type { FieldOption, FieldToInstall } from '#ports/crm.ts';
import type { MetadataDocument } from './metadata-store.ts';

/** Custom fields of tasks are made on Activity, which tasks and events share. */
export const fieldFullName = ({ crmObject, name }: FieldToInstall): string =>
  `${crmObject === 'Task' || crmObject === 'Event' ? 'Activity' : crmObject}.${name}`;

/** Permission sets name the task's field by Task. */
export const permissionFieldName = ({ crmObject, name }: FieldToInstall): string => `${crmObject}.${name}`;

/**
 * A parent on an object of our own is master-detail: the row is seen by whoever sees the account, goes and comes back with
 * it, and follows it into a merge. A lookup would leave orphans and need sharing rules of its own. On a standard object it
 * can only be a lookup.
 */
export const isMasterDetail = ({ type, crmObject }: FieldToInstall): boolean =>
  type.kind === 'parent' && crmObject.endsWith('__c');

export const toFieldDocument = (field: FieldToInstall): MetadataDocument => ({
  fullName: fieldFullName(field),
  label: field.label,
  description: field.description,
  inlineHelpText: field.description,
  ...typeOf(field),
});

const MONEY = { precision: 18, scale: 2 } as const;

const typeOf = (field: FieldToInstall): Readonly<Record<string, unknown>> => {
  const { type } = field;
  switch (type.kind) {
    case 'text':
      return {
        type: 'Text',
        length: type.length,
        externalId: type.externalId ?? false,
        unique: type.unique ?? false,
        ...(type.unique === true ? { caseSensitive: false } : {}),
      };
    case 'long_text':
      return { type: 'LongTextArea', length: type.length, visibleLines: 4 };
    case 'number':
      return { type: 'Number', precision: type.precision, scale: type.scale };
    case 'money':
      return { type: 'Currency', ...MONEY };
    case 'date':
      return { type: 'Date' };
    case 'checkbox':
      return { type: 'Checkbox', defaultValue: 'false' };
    case 'choice':
      return { type: 'Picklist', valueSet: valueSetOf(type.options) };
    case 'multi_choice':
      return { type: 'MultiselectPicklist', visibleLines: 5, valueSet: valueSetOf(type.options) };
    case 'parent':
      return parentOf(field, type.crmObject);
  }
};

const parentOf = (field: FieldToInstall, referenceTo: string): Readonly<Record<string, unknown>> => {
  const relationshipName = relationshipNameOf(field.crmObject);
  if (!isMasterDetail(field)) return { type: 'Lookup', referenceTo, relationshipName };
  return {
    type: 'MasterDetail',
    referenceTo,
    relationshipName,
    relationshipLabel: `${labelOf(field.crmObject)}s`,
    relationshipOrder: 0,
    reparentableMasterDetail: true,
    // Whoever may see the account may tick a program on it.
    writeRequiresMasterRead: true,
  };
};

const valueSetOf = (options: readonly FieldOption[]): Readonly<Record<string, unknown>> => ({
  restricted: true,
  valueSetDefinition: {
    sorted: false,
    value: options.map(({ value, label }) => ({ fullName: value, default: false, label })),
  },
});

/** `Tierline_Program__c` as people read it: `Tierline Program`. */
export const labelOf = (crmObject: string): string => crmObject.replace(/__c$/, '').replaceAll('_', ' ');

const relationshipNameOf = (crmObject: string): string => `${crmObject.replace(/__c$/, '')}s`;

// ── what stands there ──────────────────────────────────────────────────────────────────────────────────────────────

export type FieldFit =
  | { readonly fit: 'good' }
  | { readonly fit: 'extend'; readonly document: MetadataDocument; readonly detail: string }
  | { readonly fit: 'never'; readonly detail: string };

/**
 * Compares what we rely on: type, room, uniqueness, choices. Labels, help texts and further choices are the admins' own.
 * A field that is too small is extended, never narrowed; another type is for people to sort out.
 */
export const compareField = (field: FieldToInstall, standing: MetadataDocument): FieldFit => {
  const wanted = toFieldDocument(field);
  if (standing['type'] !== wanted['type'])
    return {
      fit: 'never',
      detail: `is ${String(standing['type'])}, not ${String(wanted['type'])}: rename or delete it, or map another field`,
    };
  const reasons: string[] = [];
  const extended: Record<string, unknown> = { ...standing };
  for (const size of ['length', 'precision', 'scale'] as const) {
    const needed = wanted[size];
    const held = Number(standing[size] ?? 0);
    if (typeof needed !== 'number' || held >= needed) continue;
    reasons.push(`${size} ${held} is less than ${needed}`);
    extended[size] = needed;
  }
  for (const flag of ['externalId', 'unique'] as const) {
    if (wanted[flag] !== true || isTrue(standing[flag])) continue;
    reasons.push(`is not ${flag === 'unique' ? 'unique' : 'an external id'}`);
    extended[flag] = true;
    if (flag === 'unique') extended['caseSensitive'] = false;
  }
  const { type } = field;
  if (type.kind === 'choice' || type.kind === 'multi_choice') {
    const held = heldValues(standing);
    const missing = type.options.filter(({ value }) => !held.has(value));
    if (held.size === 0 && hasGlobalValues(standing))
      return { fit: 'never', detail: 'uses a global value set: add our values there, or map another field' };
    if (missing.length > 0) {
      reasons.push(`lacks ${missing.map(({ value }) => value).join(', ')}`);
      extended['valueSet'] = withValues(standing, missing);
    }
  }
  if (reasons.length === 0) return { fit: 'good' };
  return {
    fit: 'extend',
    document: { ...extended, fullName: wanted.fullName },
    detail: reasons.join('; '),
  };
};

const isTrue = (value: unknown): boolean => value === true || value === 'true';

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null || value === '' ? [] : Array.isArray(value) ? value : [value];

const partOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

const definedValues = (standing: MetadataDocument): readonly unknown[] =>
  listOf(partOf(partOf(standing['valueSet'], 'valueSetDefinition'), 'value'));

const heldValues = (standing: MetadataDocument): ReadonlySet<string> =>
  new Set(
    definedValues(standing)
      .filter((value) => partOf(value, 'isActive') !== false && partOf(value, 'isActive') !== 'false')
      .map((value) => String(partOf(value, 'fullName'))),
  );

const hasGlobalValues = (standing: MetadataDocument): boolean => {
  const name = partOf(standing['valueSet'], 'valueSetName');
  return typeof name === 'string' && name !== '';
};

const withValues = (
  standing: MetadataDocument,
  missing: readonly FieldOption[],
): Readonly<Record<string, unknown>> => {
  const added = new Set(missing.map(({ value }) => value));
  const kept = definedValues(standing).filter((value) => !added.has(String(partOf(value, 'fullName'))));
  const valueSet = standing['valueSet'];
  return {
    ...(typeof valueSet === 'object' ? valueSet : {}),
    valueSetDefinition: {
      sorted: false,
      value: [...kept, ...missing.map(({ value, label }) => ({ fullName: value, default: false, label }))],
    },
  };
};
