import type { Connection } from 'jsforce';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { catchApiError, connectJsforce } from './salesforce-client.ts';

let sandbox: SalesforceSandbox;
let connection: Connection;

beforeEach(async () => {
  sandbox = await startSalesforceSandbox();
  connection = connectJsforce(sandbox);
});
afterEach(() => sandbox.close());

const TIERS = {
  fullName: 'Account.Tier__c',
  label: 'Tier & "rank"',
  type: 'Picklist',
  valueSet: {
    restricted: true,
    valueSetDefinition: {
      sorted: false,
      value: ['Tier 1', 'Tier <2>'].map((value) => ({ fullName: value, label: value, default: false })),
    },
  },
};
const TASK_KEY = {
  fullName: 'Activity.Key__c',
  label: 'Key',
  type: 'Text',
  length: 120,
  externalId: true,
  unique: true,
};
const PROGRAM = {
  fullName: 'Program__c',
  label: 'Program',
  pluralLabel: 'Programs',
  nameField: { label: 'Program', type: 'AutoNumber', displayFormat: 'P-{0000}' },
  deploymentStatus: 'Deployed',
  sharingModel: 'ReadWrite',
};
const ACCOUNT_LOOKUP = {
  fullName: 'Program__c.Account__c',
  label: 'Account',
  type: 'Lookup',
  referenceTo: 'Account',
  relationshipName: 'Programs',
  relationshipLabel: 'Programs',
};

const upsert = (type: string, components: readonly object[]) =>
  connection.metadata.upsert(type, [...components]);
const messagesOf = async (type: string, component: object): Promise<string[]> => {
  const [result] = await upsert(type, [component]);
  return (result?.errors ?? []).map((error) => error.message);
};
const fieldNames = async (object: string): Promise<string[]> =>
  (await connection.describe(object)).fields.map((field) => field.name);

const grantByApi = async (fields: readonly string[], objects: readonly string[] = []): Promise<void> => {
  await upsert('PermissionSet', [
    {
      fullName: 'Integration',
      label: 'Integration',
      fieldPermissions: fields.map((field) => ({ field, readable: true, editable: true })),
      objectPermissions: objects.map((object) => ({
        object,
        allowCreate: true,
        allowDelete: true,
        allowEdit: true,
        allowRead: true,
        modifyAllRecords: false,
        viewAllRecords: false,
      })),
    },
  ]);
  const { records } = await connection.query<{ Id: string }>(
    "SELECT Id FROM PermissionSet WHERE Name = 'Integration'",
  );
  await connection.create('PermissionSetAssignment', {
    AssigneeId: sandbox.org.integrationUserId,
    PermissionSetId: records[0]?.Id ?? '',
  });
};

describe('a new field', () => {
  it('exists for nobody until a permission set that grants it is assigned', async () => {
    const accountId = sandbox.org.insert('Account', { Name: 'Acme' });
    expect(await upsert('CustomField', [TIERS])).toMatchObject([{ success: true, created: true }]);

    expect(await fieldNames('Account')).not.toContain('Tier__c');
    const read = await catchApiError(connection.query('SELECT Tier__c FROM Account'));
    expect(read.message).toContain("No such column 'Tier__c' on entity 'Account'");
    const write = await catchApiError(connection.update('Account', { Id: accountId, Tier__c: 'Tier 1' }));
    expect(write).toEqual({
      errorCode: 'INVALID_FIELD',
      message: "No such column 'Tier__c' on sobject of type Account",
    });

    await grantByApi(['Account.Tier__c']);
    expect(await fieldNames('Account')).toContain('Tier__c');
    expect(await connection.update('Account', { Id: accountId, Tier__c: 'Tier 1' })).toMatchObject({
      success: true,
    });
    const { records } = await connection.query('SELECT Tier__c FROM Account');
    expect(records).toMatchObject([{ Tier__c: 'Tier 1' }]);
  });

  it('is described as it was made', async () => {
    await upsert('CustomField', [TIERS]);
    sandbox.org.grant({ fields: ['Account.Tier__c'] });
    const field = (await connection.describe('Account')).fields.find((one) => one.name === 'Tier__c');
    expect(field).toMatchObject({
      label: 'Tier & "rank"',
      type: 'picklist',
      custom: true,
      restrictedPicklist: true,
      nillable: true,
      createable: true,
      updateable: true,
    });
    expect(field?.picklistValues?.map((one) => one.value)).toEqual(['Tier 1', 'Tier <2>']);
  });

  it('on Activity appears on tasks and events, granted as a field of Task', async () => {
    await upsert('CustomField', [TASK_KEY]);
    await grantByApi(['Task.Key__c']);
    expect(await fieldNames('Task')).toContain('Key__c');
    expect(await fieldNames('Event')).toContain('Key__c');
    expect(
      await messagesOf('PermissionSet', {
        fullName: 'Other',
        label: 'Other',
        fieldPermissions: [{ field: 'Activity.Key__c', readable: true, editable: true }],
      }),
    ).toEqual(['In field: field - no CustomField named Activity.Key__c found']);
  });

  it('is updated, not made again, the second time', async () => {
    await upsert('CustomField', [TIERS]);
    expect(await upsert('CustomField', [TIERS])).toMatchObject([{ success: true, created: false }]);
    expect(await connection.metadata.create('CustomField', [TIERS])).toMatchObject([
      { success: false, errors: [{ statusCode: 'DUPLICATE_DEVELOPER_NAME' }] },
    ]);
  });

  it('keeps values that were taken off its list, as inactive ones', async () => {
    await upsert('CustomField', [TIERS]);
    const [first] = TIERS.valueSet.valueSetDefinition.value;
    const shorter = {
      ...TIERS,
      valueSet: { restricted: true, valueSetDefinition: { sorted: false, value: [first] } },
    };
    await upsert('CustomField', [shorter]);
    const field = sandbox.org.fields('Account').find((one) => one.name === 'Tier__c');
    expect(field?.picklistValues).toMatchObject([
      { value: 'Tier 1', active: true },
      { value: 'Tier <2>', active: false },
    ]);
  });

  it('reads unticked on older records when it is a checkbox', async () => {
    sandbox.org.insert('Account', { Name: 'Acme' });
    await upsert('CustomField', [
      { fullName: 'Account.Flag__c', label: 'Flag', type: 'Checkbox', defaultValue: 'false' },
    ]);
    sandbox.org.grant({ fields: ['Account.Flag__c'] });
    const { records } = await connection.query('SELECT Flag__c FROM Account WHERE Flag__c = false');
    expect(records).toMatchObject([{ Flag__c: false }]);
  });

  it('comes back from readMetadata as it was sent', async () => {
    await upsert('CustomField', [TIERS]);
    const [known, unknown] = await connection.metadata.read('CustomField', [
      'Account.Tier__c',
      'Account.Nope__c',
    ]);
    expect(known).toMatchObject({
      fullName: 'Account.Tier__c',
      label: 'Tier & "rank"',
      type: 'Picklist',
      required: false,
      valueSet: {
        restricted: true,
        valueSetDefinition: { value: [{ fullName: 'Tier 1' }, { fullName: 'Tier <2>' }] },
      },
    });
    expect(unknown?.fullName).toBeUndefined();
  });

  it('can be made over the Tooling API', async () => {
    await connection.tooling.sobject('CustomField').create({
      FullName: 'Account.Note__c',
      Metadata: { label: 'Note', type: 'Text', length: 40 },
    });
    expect(sandbox.org.fields('Account').map((field) => field.name)).toContain('Note__c');
  });
});

describe('a refused component', () => {
  it.each([
    [
      { fullName: 'Account.X__c', label: 'X', type: 'Text' },
      "Must specify 'length' for a CustomField of type Text",
    ],
    [
      { fullName: 'Account.X__c', label: 'X', type: 'Checkbox' },
      "Must specify 'defaultValue' for a CustomField of type Checkbox",
    ],
    [
      { fullName: 'Account.X__c', label: 'X', type: 'TextArea', length: 255 },
      "Can not specify 'length' for a CustomField of type TextArea",
    ],
    [{ fullName: 'Account.X__c', type: 'Date' }, 'Required field is missing: label'],
    [
      { fullName: 'Nope__c.X__c', label: 'X', type: 'Date' },
      "Entity of type 'CustomObject' named 'Nope__c' cannot be found",
    ],
    [
      { ...ACCOUNT_LOOKUP, fullName: 'Contact.Other__c', required: true },
      'must specify either cascade delete or restrict delete for required lookup foreign key',
    ],
  ])('%j says why', async (component, message) => {
    expect(await messagesOf('CustomField', component)).toEqual([message]);
  });

  it('does not keep the others from being saved', async () => {
    const results = await upsert('CustomField', [
      { fullName: 'Account.X__c', label: 'X', type: 'Text' },
      { fullName: 'Account.Y__c', label: 'Y', type: 'Date' },
    ]);
    expect(results).toMatchObject([{ success: false }, { success: true }]);
  });

  it('is each of more than ten', async () => {
    const eleven = Array.from({ length: 11 }, (_one, index) => ({
      fullName: `Account.F${index}__c`,
      label: 'F',
      type: 'Date',
    }));
    const error = await catchApiError(upsert('CustomField', eleven));
    expect(error.errorCode).toBe('sf:EXCEEDED_ID_LIMIT');
  });

  it('is any, when the user may not modify metadata', async () => {
    sandbox.org.allowMetadataChanges(false);
    const error = await catchApiError(upsert('CustomField', [TIERS]));
    expect(error).toEqual({
      errorCode: 'sf:INSUFFICIENT_ACCESS',
      message:
        'INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
    });
  });
});

describe('a new object', () => {
  it('is unknown until granted, then holds numbered records that belong to accounts', async () => {
    await upsert('CustomObject', [PROGRAM]);
    await upsert('CustomField', [ACCOUNT_LOOKUP]);
    const hidden = await catchApiError(connection.query('SELECT Id FROM Program__c'));
    expect(hidden.errorCode).toBe('INVALID_TYPE');

    await grantByApi(['Program__c.Account__c'], ['Program__c', 'Account']);
    const accountId = sandbox.org.insert('Account', { Name: 'Acme' });
    await connection.create('Program__c', [{ Account__c: accountId }, { Account__c: accountId }]);
    const { records } = await connection.query(
      "SELECT Name, Account__r.Name FROM Program__c WHERE Account__r.Name = 'Acme' ORDER BY Name",
    );
    expect(records).toMatchObject([
      { Name: 'P-0001', Account__r: { Name: 'Acme' } },
      { Name: 'P-0002', Account__r: { Name: 'Acme' } },
    ]);
    const children = await connection.query('SELECT (SELECT Name FROM Programs__r) FROM Account');
    expect(children.records).toMatchObject([{ Programs__r: { totalSize: 2 } }]);
  });

  it('names a record by its id when nobody does', async () => {
    await upsert('CustomObject', [{ ...PROGRAM, nameField: { label: 'Program', type: 'Text' } }]);
    sandbox.org.grant({ objects: ['Program__c'] });
    const made = await connection.create('Program__c', {});
    const { records } = await connection.query<{ Id: string; Name: string }>(
      'SELECT Id, Name FROM Program__c',
    );
    expect(made.success).toBe(true);
    expect(records[0]?.Name).toBe(records[0]?.Id);
  });

  it('needs what every object needs', async () => {
    const { nameField: _nameField, ...nameless } = PROGRAM;
    expect(await messagesOf('CustomObject', nameless)).toEqual(['Required field is missing: nameField']);
    expect(await messagesOf('CustomObject', { ...PROGRAM, sharingModel: 'ControlledByParent' })).toEqual([
      'Cannot set sharingModel to ControlledByParent on a CustomObject without a MasterDetail relationship field',
    ]);
  });
});

const grantedBy = async (quirk: 'replace' | 'merge'): Promise<unknown[]> => {
  const own = await startSalesforceSandbox({ quirks: { permissionSetUpsert: quirk } });
  const metadata = connectJsforce(own).metadata;
  for (const field of ['Account.Industry', 'Account.Type']) {
    await metadata.upsert('PermissionSet', [
      { fullName: 'P', label: 'P', fieldPermissions: [{ field, readable: true, editable: true }] },
    ]);
  }
  const [read] = await metadata.read('PermissionSet', ['P']);
  await own.close();
  return (read?.fieldPermissions ?? []).map((one) => one.field);
};

describe('a permission set', () => {
  it('may not list required fields', async () => {
    await upsert('CustomObject', [PROGRAM]);
    await upsert('CustomField', [
      { fullName: 'Program__c.Program__c', label: 'Program', type: 'Text', length: 40, required: true },
    ]);
    expect(
      await messagesOf('PermissionSet', {
        fullName: 'P',
        label: 'P',
        fieldPermissions: [{ field: 'Program__c.Program__c', readable: true, editable: true }],
      }),
    ).toEqual(['You cannot deploy to a required field: Program__c.Program__c']);
  });

  it('grants no right without the one it rests on', async () => {
    expect(
      await messagesOf('PermissionSet', {
        fullName: 'P',
        label: 'P',
        objectPermissions: [{ object: 'Account', allowEdit: true, allowRead: false }],
      }),
    ).toEqual(['Permission Edit Account depends on permission(s): Read Account']);
  });

  it('that is upserted loses what it no longer lists, unless the org merges', async () => {
    expect(await grantedBy('replace')).toEqual(['Account.Type']);
    expect(await grantedBy('merge')).toEqual(['Account.Industry', 'Account.Type']);
  });

  it('cannot be assigned to a user twice', async () => {
    await grantByApi(['Account.Industry']);
    const { records } = await connection.query<{ Id: string }>('SELECT Id FROM PermissionSet');
    const error = await catchApiError(
      connection.create('PermissionSetAssignment', {
        AssigneeId: sandbox.org.integrationUserId,
        PermissionSetId: records[0]?.Id ?? '',
      }),
    );
    expect(error.errorCode).toBe('DUPLICATE_VALUE');
  });
});

const NAME = 'Account-Account Layout';

const withItems = (fields: readonly string[]) => ({
  fullName: NAME,
  layoutSections: [
    {
      label: 'x',
      style: 'OneColumn',
      layoutColumns: [{ layoutItems: fields.map((field) => ({ behavior: 'Edit', field })) }],
    },
  ],
});

describe('a page layout', () => {
  it('takes a section of our own and keeps the others', async () => {
    await upsert('CustomField', [TIERS]);
    const [layout] = await connection.metadata.read('Layout', [NAME]);
    const section = {
      label: 'Tierline',
      style: 'TwoColumnsTopToBottom',
      customLabel: true,
      detailHeading: true,
      editHeading: true,
      layoutColumns: [{ layoutItems: [{ behavior: 'Readonly', field: 'Tier__c' }] }, { layoutItems: [] }],
    };
    const sections = [...(layout?.layoutSections ?? []), section];
    expect(
      await connection.metadata.update('Layout', [{ fullName: NAME, layoutSections: sections }]),
    ).toMatchObject([{ success: true }]);
    const [after] = await connection.metadata.read('Layout', [NAME]);
    expect(after?.layoutSections.map((one) => one.label)).toEqual(['Account Information', 'Tierline']);
  });

  it('is refused with a field that does not exist, stands there twice, or is missing though required', async () => {
    expect(await messagesOf('Layout', withItems(['Name', 'Nope__c']))).toEqual([
      'In field: field - no CustomField named Account.Nope__c found',
    ]);
    expect(await messagesOf('Layout', withItems(['Name', 'Phone', 'Phone']))).toEqual([
      'Field:Phone is on the layout more than once',
    ]);
    expect(await messagesOf('Layout', withItems(['Phone']))).toEqual([
      'Layout must contain an item for required layout field: Name',
    ]);
  });

  it('is listed with the others', async () => {
    const layouts = await connection.metadata.list([{ type: 'Layout' }]);
    expect(layouts.map((one) => one.fullName)).toContain(NAME);
    const { metadataObjects } = await connection.metadata.describe();
    expect(metadataObjects.map((one) => one.xmlName)).toEqual([
      'CustomObject',
      'CustomField',
      'PermissionSet',
      'Layout',
    ]);
  });
});
