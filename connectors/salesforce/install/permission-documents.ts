// What our two permission sets grant, and the union with what stands in the org. Knows no call.
//
// Least rights that work: the integration reads all accounts, contacts and opportunities, edits accounts and contacts where
// sharing lets it, deletes nothing but rows of our own objects. "Modify All" would bring deletion with it and is left to the
// admin. Tasks have no object permission of their own: "Edit Tasks" is a user permission.
import type { FieldToInstall } from '#ports/crm.ts';
import { isMasterDetail, permissionFieldName } from './field-documents.ts';
import type { MetadataDocument } from './metadata-store.ts';

export const INTEGRATION_SET = 'Tierline_Integration';
export const USER_SET = 'Tierline_User';

interface ObjectGrant {
  readonly object: string;
  readonly allowCreate: boolean;
  readonly allowDelete: boolean;
  readonly allowEdit: boolean;
  readonly allowRead: boolean;
  readonly modifyAllRecords: boolean;
  readonly viewAllRecords: boolean;
}

const READ: Omit<ObjectGrant, 'object'> = {
  allowCreate: false,
  allowDelete: false,
  allowEdit: false,
  allowRead: true,
  modifyAllRecords: false,
  viewAllRecords: false,
};

const isActivity = (crmObject: string): boolean => crmObject === 'Task' || crmObject === 'Event';

/** A field that Salesforce requires of every row has no permissions: naming it fails the whole set. */
const grantable = (fields: readonly FieldToInstall[]): readonly FieldToInstall[] =>
  fields.filter((field) => !isMasterDetail(field));

export const integrationSet = (fields: readonly FieldToInstall[]): MetadataDocument => {
  const objects = new Set(fields.map(({ crmObject }) => crmObject));
  const grants: ObjectGrant[] = [
    // What masters, contacts and opportunities hang on must be readable first.
    { ...READ, object: 'Account', allowEdit: true, viewAllRecords: true },
    { ...READ, object: 'Contact', allowEdit: true, viewAllRecords: true },
    { ...READ, object: 'Opportunity', viewAllRecords: true },
  ];
  if (objects.has('Lead')) grants.push({ ...READ, object: 'Lead', allowEdit: true, viewAllRecords: true });
  for (const object of objects) {
    if (object.endsWith('__c'))
      grants.push({ ...READ, object, allowCreate: true, allowEdit: true, allowDelete: true });
  }
  return {
    fullName: INTEGRATION_SET,
    label: 'Tierline Integration',
    description:
      'What Tierline needs: reads accounts, contacts and deals, writes its own fields, tasks and programs.',
    hasActivationRequired: false,
    fieldPermissions: grantable(fields).map((field) => ({
      field: permissionFieldName(field),
      readable: true,
      editable: true,
    })),
    objectPermissions: grants,
    ...([...objects].some(isActivity) ? { userPermissions: [{ name: 'EditTask', enabled: true }] } : {}),
  };
};

export const userSet = (fields: readonly FieldToInstall[]): MetadataDocument => {
  const grants: ObjectGrant[] = [{ ...READ, object: 'Account' }];
  for (const object of new Set(fields.map(({ crmObject }) => crmObject))) {
    const editable = fields.some((field) => field.crmObject === object && field.editableByUsers);
    if (object.endsWith('__c')) grants.push({ ...READ, object, allowEdit: editable });
  }
  return {
    fullName: USER_SET,
    label: 'Tierline User',
    description: 'See tiers, reasons and programs; overrule a tier and ask for programs.',
    hasActivationRequired: false,
    fieldPermissions: grantable(fields).map((field) => ({
      field: permissionFieldName(field),
      readable: true,
      editable: field.editableByUsers,
    })),
    objectPermissions: grants,
  };
};

const LISTS = [
  { name: 'fieldPermissions', key: 'field' },
  { name: 'objectPermissions', key: 'object' },
  { name: 'userPermissions', key: 'name' },
] as const;

export interface Union {
  /** Everything that stands plus everything wanted: right whether an upsert merges or replaces. */
  readonly document: MetadataDocument;
  /** Grants that were added; none means that nothing needs to be sent. */
  readonly added: readonly string[];
}

export const uniteSets = (standing: MetadataDocument, wanted: MetadataDocument): Union => {
  const added: string[] = [];
  const document: Record<string, unknown> = { ...standing };
  for (const { name, key } of LISTS) {
    const rows = new Map(rowsOf(standing[name]).map((row) => [rowKey(row[key]), row]));
    for (const row of rowsOf(wanted[name])) {
      const id = rowKey(row[key]);
      const held = rows.get(id);
      const united = uniteRow(held, row);
      if (held !== undefined && Object.keys(row).every((flag) => isSameFlag(held[flag], united[flag])))
        continue;
      rows.set(id, united);
      added.push(id);
    }
    if (rows.size > 0) document[name] = [...rows.values()];
  }
  return { document: { ...document, fullName: wanted.fullName }, added };
};

type Row = Readonly<Record<string, unknown>>;

const rowsOf = (value: unknown): readonly Row[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).filter(
    (row): row is Row => typeof row === 'object' && row !== null,
  );

// Orgs give a task's field back by either name.
const rowKey = (key: unknown): string => String(key).replace(/^Activity\./, 'Task.');

/** Grants add up; one that people gave is never taken away. */
const uniteRow = (held: Row | undefined, wanted: Row): Row => {
  if (held === undefined) return wanted;
  const united: Record<string, unknown> = { ...held };
  for (const [name, value] of Object.entries(wanted)) {
    if (typeof value === 'boolean') united[name] = value || isGranted(held[name]);
  }
  return united;
};

const isGranted = (value: unknown): boolean => value === true || value === 'true';

const isSameFlag = (held: unknown, united: unknown): boolean =>
  typeof united === 'boolean' ? isGranted(held) === united : true;
