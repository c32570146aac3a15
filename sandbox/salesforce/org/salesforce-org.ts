// What tests and a demo may do to the org behind the API's back: people who edit and merge, admins who hide fields
// and add rules, sessions that end. Everything a client could do itself it should do over HTTP.
import type { ObjectRight } from '../access/access.ts';
import { deleteRow } from '../dml/delete-row.ts';
import { asPlatform, type DmlContext, type DmlInput } from '../dml/dml-context.ts';
import { unableToLock } from '../dml/dml-error.ts';
import type { DmlOutcome } from '../dml/dml-outcome.ts';
import { mergeRows } from '../dml/merge-rows.ts';
import { insertRow, updateRow } from '../dml/write-row.ts';
import type { ComponentType } from '../metadata/component.ts';
import { element, elementsFromJson } from '../metadata/xml.ts';
import type { Field } from '../objects/field.ts';
import type { ObjectDefinition, RecordType } from '../objects/object-definition.ts';
import type { Org } from './org.ts';
import { isDeleted, type Row } from './row.ts';
import type { RowFaults } from './row-faults.ts';
import type { DuplicateRule, ValidationRule } from './rules.ts';
import { keyPrefixOf, parseId } from './salesforce-id.ts';
import type { SeededSetup } from './seed-setup.ts';
import type { SeededWorld } from './seed-world.ts';
import { toStamp } from './stamp.ts';

export interface Acting {
  /** Who does it; the first active person of the world, or the administrator, when left out. */
  readonly userId?: string;
  /** When it counts as done; a time in the past makes a commit that lands behind newer stamps. */
  readonly at?: Date;
}

/** A permission set for a test that does not want to install one over the API. */
export interface Grant {
  /** `Account.Tier__c`; activity fields as `Task.Key__c`. */
  readonly fields?: readonly string[];
  /** All rights on these objects. */
  readonly objects?: readonly string[];
}

export interface SalesforceOrg {
  readonly id: string;
  /** The user the API acts as. */
  readonly integrationUserId: string;
  readonly integrationUsername: string;
  readonly adminUserId: string;
  /** In the order of the world's users. */
  readonly userIds: readonly string[];
  /** Record ids by world index. */
  readonly world: SeededWorld;
  readonly rowFaults: RowFaults;
  now(): Date;
  /** Live records; throws for an unknown object. */
  records(type: string): Row[];
  /** Those in the recycle bin too. */
  recordsWithDeleted(type: string): Row[];
  find(type: string, id: string): Row | null;
  fields(type: string): readonly Field[];
  /** Each of these throws what the record page would show as an error. */
  insert(type: string, fields: DmlInput, acting?: Acting): string;
  editAsHuman(type: string, id: string, fields: DmlInput, acting?: Acting): Row;
  /** Moves SystemModstamp alone, as a job of the platform does. */
  editByAutomation(type: string, id: string, fields: DmlInput): Row;
  remove(id: string, acting?: Acting): void;
  /** Losers stay with IsDeleted and MasterRecordId; their children move to the winner. */
  merge(winnerId: string, loserIds: readonly string[], acting?: Acting): void;
  makeUserInactive(userId: string): void;
  /** Makes a field as an admin does, from Metadata API JSON; visible to nobody until granted. */
  createField(fullName: string, metadata: DmlInput): void;
  createObject(fullName: string, metadata: DmlInput): void;
  /** Grants to the API's user through a permission set of its own. */
  grant(grant: Grant): void;
  hideField(type: string, field: string): void;
  makeFieldReadOnly(type: string, field: string): void;
  deny(type: string, right: ObjectRight): void;
  allowMetadataChanges(allowed: boolean): void;
  /** Answers the new type's id. */
  addRecordType(type: string, recordType: Omit<RecordType, 'id'>): string;
  addValidationRule(rule: ValidationRule): void;
  addDuplicateRule(rule: DuplicateRule): void;
  /** The next writes to the record fail with UNABLE_TO_LOCK_ROW; once when no number is given. */
  lockRow(id: string, times?: number): void;
}

export interface OrgHandleParts {
  readonly org: Org;
  readonly setup: SeededSetup;
  readonly world: SeededWorld;
  readonly customFields: ComponentType;
  readonly customObjects: ComponentType;
}

export const createSalesforceOrg = (parts: OrgHandleParts): SalesforceOrg => {
  const { org, setup, world, customFields, customObjects } = parts;

  const objectNamed = (type: string): ObjectDefinition => {
    const object = org.schema.find(type);
    if (object === undefined) throw new Error(`the org has no object ${type}`);
    return object;
  };
  const objectOf = (id: string): ObjectDefinition => {
    const object = org.schema.findByPrefix(keyPrefixOf(id));
    if (object === undefined) throw new Error(`no object has ids like ${id}`);
    return object;
  };
  const person = (): string =>
    setup.userIds.find((id) => org.table('User').get(id)?.['IsActive'] === true) ?? setup.adminUserId;
  const actingAs = (acting: Acting = {}): DmlContext => asPlatform(org, acting.userId ?? person(), acting.at);
  const find = (type: string, id: string): Row | null =>
    org.table(objectNamed(type).name).get(parseId(id) ?? '') ?? null;
  const edit = (context: DmlContext, type: string, id: string, fields: DmlInput): Row => {
    demand(updateRow(context, objectNamed(type), id, fields));
    return find(type, id) ?? {};
  };
  const fieldKey = (type: string, field: string): string =>
    `${objectNamed(type).name}.${field}`.toLowerCase();

  return {
    id: org.id,
    integrationUserId: setup.integrationUserId,
    integrationUsername: setup.integrationUsername,
    adminUserId: setup.adminUserId,
    userIds: setup.userIds,
    world,
    rowFaults: org.rowFaults,
    now: () => org.now(),
    records: (type) => [...org.table(objectNamed(type).name).rows()].filter((row) => !isDeleted(row)),
    recordsWithDeleted: (type) => [...org.table(objectNamed(type).name).rows()],
    find,
    fields: (type) => objectNamed(type).fields,
    insert: (type, fields, acting) => demand(insertRow(actingAs(acting), objectNamed(type), fields)),
    editAsHuman: (type, id, fields, acting) => edit(actingAs(acting), type, id, fields),
    editByAutomation: (type, id, fields) => edit({ ...actingAs(), automation: true }, type, id, fields),
    remove(id, acting) {
      demand(deleteRow(actingAs(acting), objectOf(id), id));
    },
    merge(winnerId, loserIds, acting) {
      mergeRows(actingAs(acting), objectOf(winnerId), winnerId, loserIds);
    },
    makeUserInactive(userId) {
      edit(asPlatform(org, setup.adminUserId), 'User', userId, { IsActive: false });
    },
    createField(fullName, metadata) {
      demandSaved(customFields, fullName, metadata);
    },
    createObject(fullName, metadata) {
      demandSaved(customObjects, fullName, metadata);
    },
    grant(grant) {
      giveGrant(org, setup, grant);
    },
    hideField(type, field) {
      org.profile.hiddenFields.add(fieldKey(type, field));
    },
    makeFieldReadOnly(type, field) {
      org.profile.readOnlyFields.add(fieldKey(type, field));
    },
    deny(type, right) {
      org.profile.deniedRights.add(`${objectNamed(type).name.toLowerCase()}:${right}`);
    },
    allowMetadataChanges(allowed) {
      org.profile.canModifyMetadata = allowed;
    },
    addRecordType(type, recordType) {
      const object = objectNamed(type);
      const id = org.mintId('012');
      org.schema.addRecordType(object.name, { ...recordType, id });
      org.put('RecordType', {
        Id: id,
        Name: recordType.name,
        DeveloperName: recordType.developerName,
        SobjectType: object.name,
        IsActive: true,
        SystemModstamp: toStamp(org.now()),
      });
      return id;
    },
    addValidationRule: (rule) => {
      org.rules.addValidationRule(rule);
    },
    addDuplicateRule: (rule) => {
      org.rules.addDuplicateRule(rule);
    },
    lockRow(id, times = 1) {
      org.rowFaults.inject({ id, times, error: unableToLock([id]) });
    },
  };
};

const demand = (outcome: DmlOutcome): string => {
  if (outcome.success) return outcome.id;
  throw new Error(outcome.errors.map(({ statusCode, message }) => `${statusCode}: ${message}`).join('; '));
};

const demandSaved = (type: ComponentType, fullName: string, metadata: DmlInput): void => {
  const component = elementsFromJson('metadata', metadata)[0] ?? element('metadata');
  const errors = type.save(fullName, component);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '));
};

const giveGrant = (org: Org, setup: SeededSetup, { fields = [], objects = [] }: Grant): void => {
  const setId = org.mintId('0PS');
  const stamp = toStamp(org.now());
  const put = (objectName: string, prefix: string, row: Row): void => {
    org.put(objectName, { ...row, Id: org.mintId(prefix), SystemModstamp: stamp });
  };
  org.put('PermissionSet', { Id: setId, Name: `Sandbox_${setId}`, Label: 'Sandbox' });
  for (const fullName of fields) {
    put('FieldPermissions', '01k', {
      ParentId: setId,
      SobjectType: fullName.split('.')[0] ?? '',
      Field: fullName,
      PermissionsRead: true,
      PermissionsEdit: true,
    });
  }
  for (const objectName of objects) {
    put('ObjectPermissions', '110', {
      ParentId: setId,
      SobjectType: objectName,
      PermissionsRead: true,
      PermissionsCreate: true,
      PermissionsEdit: true,
      PermissionsDelete: true,
      PermissionsViewAllRecords: false,
      PermissionsModifyAllRecords: false,
    });
  }
  put('PermissionSetAssignment', '0Pa', {
    PermissionSetId: setId,
    AssigneeId: setup.integrationUserId,
    IsActive: true,
  });
};
