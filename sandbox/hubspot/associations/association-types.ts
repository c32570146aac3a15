// The association types HubSpot defines itself, between the types this portal has.
// Numbers are those of HubSpot's reference table; 1, 2, 5 and 6 mark the primary company.
import type { ObjectTypeName } from '#sandbox/hubspot/portal/object-types.ts';

export interface AssociationType {
  readonly typeId: number;
  readonly from: ObjectTypeName;
  readonly to: ObjectTypeName;
  /** The name used by `?associations=` of a list. */
  readonly name: string;
  readonly label: string | null;
  /** The same association seen from the other end. */
  readonly inverseTypeId: number;
}

const pair = (
  from: ObjectTypeName,
  to: ObjectTypeName,
  [typeId, name]: readonly [number, string],
  [inverseTypeId, inverseName]: readonly [number, string],
  labels: readonly [string | null, string | null] = [null, null],
): readonly AssociationType[] => {
  const there: AssociationType = { typeId, from, to, name, label: labels[0], inverseTypeId };
  const back: AssociationType = {
    typeId: inverseTypeId,
    from: to,
    to: from,
    name: inverseName,
    label: labels[1],
    inverseTypeId: typeId,
  };
  return typeId === inverseTypeId ? [there] : [there, back];
};

const PRIMARY = ['Primary', 'Primary'] as const;

const ASSOCIATION_TYPES: readonly AssociationType[] = [
  ...pair('contacts', 'companies', [1, 'contact_to_company'], [2, 'company_to_contact'], PRIMARY),
  ...pair(
    'contacts',
    'companies',
    [279, 'contact_to_company_unlabeled'],
    [280, 'company_to_contact_unlabeled'],
  ),
  ...pair('deals', 'companies', [5, 'deal_to_company'], [6, 'company_to_deal'], PRIMARY),
  ...pair('deals', 'companies', [341, 'deal_to_company_unlabeled'], [342, 'company_to_deal_unlabeled']),
  ...pair('deals', 'contacts', [3, 'deal_to_contact'], [4, 'contact_to_deal']),
  ...pair(
    'companies',
    'companies',
    [13, 'parent_to_child_company'],
    [14, 'child_to_parent_company'],
    ['Child Company', 'Parent Company'],
  ),
  ...pair('companies', 'companies', [450, 'company_to_company'], [450, 'company_to_company']),
  ...pair('contacts', 'contacts', [449, 'contact_to_contact'], [449, 'contact_to_contact']),
  ...pair('deals', 'deals', [451, 'deal_to_deal'], [451, 'deal_to_deal']),
  ...pair('tasks', 'companies', [192, 'task_to_company'], [191, 'company_to_task']),
  ...pair('tasks', 'contacts', [204, 'task_to_contact'], [203, 'contact_to_task']),
  ...pair('tasks', 'deals', [216, 'task_to_deal'], [215, 'deal_to_task']),
  ...pair('notes', 'companies', [190, 'note_to_company'], [189, 'company_to_note']),
  ...pair('notes', 'contacts', [202, 'note_to_contact'], [201, 'contact_to_note']),
  ...pair('notes', 'deals', [214, 'note_to_deal'], [213, 'deal_to_note']),
];

const BY_ID: ReadonlyMap<number, AssociationType> = new Map(
  ASSOCIATION_TYPES.map((type) => [type.typeId, type]),
);

export const PARENT_TO_CHILD_COMPANY = 13;
export const CHILD_TO_PARENT_COMPANY = 14;

export const findAssociationType = (typeId: number): AssociationType | null => BY_ID.get(typeId) ?? null;

export const associationTypesBetween = (
  from: ObjectTypeName,
  to: ObjectTypeName,
): readonly AssociationType[] => ASSOCIATION_TYPES.filter((type) => type.from === from && type.to === to);

/** The type a "default" association gets: the one without a label. */
export const plainAssociationType = (from: ObjectTypeName, to: ObjectTypeName): AssociationType | null =>
  associationTypesBetween(from, to).find((type) => type.label === null) ?? null;

export const primaryAssociationType = (from: ObjectTypeName, to: ObjectTypeName): AssociationType | null =>
  associationTypesBetween(from, to).find((type) => type.label === 'Primary') ?? null;
