// `setup` against the sandbox's Metadata API, with fields of every kind.
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigError } from '#errors/errors.ts';
import type { Crm, FieldToInstall, InstallReport, InstallRequest } from '#ports/crm.ts';
import {
  type SalesforceSandbox,
  type SalesforceSandboxOptions,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { connectTo } from '../fake-salesforce.ts';

const account = {
  object: 'account',
  crmObject: 'Account',
  description: 'd',
  editableByUsers: false,
} as const;
const program = {
  object: 'program',
  crmObject: 'Tierline_Program__c',
  description: 'd',
  editableByUsers: false,
} as const;
const TIERS = ['Tier 1', 'Tier 2', 'Tier 3', 'Not tiered', 'Unscored', 'Excluded'];
const tierOptions = TIERS.map((value) => ({ value, label: value }));

const FIELDS: readonly FieldToInstall[] = [
  { ...account, name: 'Tierline_Tier__c', label: 'Tier', type: { kind: 'choice', options: tierOptions } },
  { ...account, name: 'Tierline_Tier_Reason__c', label: 'Reason', type: { kind: 'text', length: 255 } },
  { ...account, name: 'Tierline_Tier_Since__c', label: 'Since', type: { kind: 'date' } },
  { ...account, name: 'Tierline_Fit__c', label: 'Fit', type: { kind: 'number', precision: 4, scale: 1 } },
  {
    ...account,
    name: 'Tierline_Company_Key__c',
    label: 'Key',
    type: { kind: 'text', length: 40, externalId: true },
  },
  {
    ...account,
    name: 'Tierline_Override_Reason__c',
    label: 'Override Reason',
    type: { kind: 'text', length: 255 },
    editableByUsers: true,
  },
  { ...account, name: 'Tierline_Status__c', label: 'Status', type: { kind: 'long_text', length: 32_768 } },
  {
    ...account,
    name: 'Tierline_Asked__c',
    label: 'Asked',
    type: { kind: 'multi_choice', options: tierOptions },
  },
  {
    object: 'contact',
    crmObject: 'Contact',
    name: 'Tierline_Tier__c',
    label: 'Tier',
    description: 'd',
    editableByUsers: false,
    type: { kind: 'choice', options: tierOptions },
  },
  {
    object: 'task',
    crmObject: 'Task',
    name: 'Tierline_Task_Key__c',
    label: 'Task Key',
    description: 'd',
    editableByUsers: false,
    type: { kind: 'text', length: 120, externalId: true, unique: true },
  },
  { ...program, name: 'Account__c', label: 'Account', type: { kind: 'parent', crmObject: 'Account' } },
  { ...program, name: 'Program__c', label: 'Program', type: { kind: 'text', length: 80 } },
  {
    ...program,
    name: 'Requested__c',
    label: 'Requested',
    type: { kind: 'checkbox' },
    editableByUsers: true,
  },
  { ...program, name: 'Cost__c', label: 'Cost', type: { kind: 'money' } },
  {
    ...program,
    name: 'External_Key__c',
    label: 'Key',
    type: { kind: 'text', length: 120, externalId: true, unique: true },
  },
];

const resultsOf = (report: InstallReport): Set<string> => new Set(report.steps.map(({ result }) => result));

describe('setup', () => {
  let sandbox: SalesforceSandbox;
  let crm: Crm;
  afterEach(async () => {
    await sandbox.close();
  });

  const start = async (options: SalesforceSandboxOptions = {}): Promise<void> => {
    sandbox = await startSalesforceSandbox(options);
    ({ crm } = connectTo(sandbox.url, {
      auth: {
        flow: 'client-credentials',
        loginUrl: sandbox.url,
        clientId: sandbox.clientId,
        clientSecret: sandbox.clientSecret,
      },
    }));
  };
  const install = (request: Partial<InstallRequest> = {}): Promise<InstallReport> =>
    crm.install({ fields: FIELDS, users: [], profile: null, layouts: [], dryRun: false, ...request });
  const soapWrites = (): number =>
    sandbox.calls.entries.filter(({ path }) => path.includes('/services/Soap/m/')).length;

  it.each(['merge', 'replace'] as const)(
    'makes every field, seen by the connected user, and does nothing the second time (sets that %s)',
    async (permissionSetUpsert) => {
      await start({ quirks: { permissionSetUpsert } });
      const first = await install({ layouts: 'all' });
      expect(first.steps.filter(({ result }) => result === 'failed')).toEqual([]);
      for (const { crmObject, name } of FIELDS) {
        const schema = await crm.describe(crmObject);
        expect(schema?.fields.has(name), `${crmObject}.${name}`).toBe(true);
      }
      const tier = (await crm.describe('Account'))?.fields.get('Tierline_Tier__c');
      expect(tier).toMatchObject({ kind: 'choice', restricted: true, options: TIERS, updateable: true });

      const again = await install({ layouts: 'all' });
      expect(resultsOf(again)).toEqual(new Set(['present']));
      expect(again.byHand).toEqual(first.byHand);
    },
  );

  it('counts none of its calls as reads or writes of records', async () => {
    await start();
    await install({ layouts: 'all', profile: 'System Administrator' });
    expect(crm.usage()).toMatchObject({ read: 0, write: 0 });
    expect(sandbox.calls.count('read') + sandbox.calls.count('write')).toBe(0);
  });

  it('changes nothing on a dry run and says what it would do', async () => {
    await start();
    const report = await install({ dryRun: true, layouts: 'all', users: ['Ada Admin'] });
    expect(resultsOf(report)).toEqual(new Set(['would_create', 'would_change']));
    expect(await crm.describe('Tierline_Program__c')).toBeNull();
    expect(sandbox.org.fields('Account').some(({ name }) => name.startsWith('Tierline_'))).toBe(false);
    expect(
      sandbox.org.records('PermissionSet').filter(({ Name }) => String(Name).startsWith('Tierline')),
    ).toEqual([]);
  });

  it('hangs programs on the account by master-detail, so that they are seen and go with it', async () => {
    await start();
    await install();
    const accountId = sandbox.org.insert('Account', { Name: 'Acme' });
    const row = sandbox.org.insert('Tierline_Program__c', { Account__c: accountId, External_Key__c: 'k' });
    sandbox.org.remove(accountId);
    expect(sandbox.org.find('Tierline_Program__c', row)).toMatchObject({ IsDeleted: true });
  });

  it('lets people edit only what is theirs', async () => {
    await start();
    await install();
    const set = sandbox.org.records('PermissionSet').find(({ Name }) => Name === 'Tierline_User');
    const grants = sandbox.org.records('FieldPermissions').filter(({ ParentId }) => ParentId === set?.['Id']);
    const editable = grants
      .filter(({ PermissionsEdit }) => PermissionsEdit === true)
      .map(({ Field }) => Field);
    expect(new Set(editable)).toEqual(
      new Set(['Account.Tierline_Override_Reason__c', 'Tierline_Program__c.Requested__c']),
    );
    expect(grants.map(({ Field }) => Field)).toContain('Account.Tierline_Tier__c');
  });

  it('assigns the sets to the connected user, the people named and the users of the profile', async () => {
    await start();
    const report = await install({ users: ['admin@tierline.sandbox'], profile: 'System Administrator' });
    expect(report.steps.filter(({ what }) => what === 'assignment')).toEqual([
      { what: 'assignment', name: 'Tierline_Integration to the connected user', result: 'created' },
      { what: 'assignment', name: 'Tierline_User to admin@tierline.sandbox', result: 'created' },
    ]);
    expect(report.byHand.some((line) => line.includes('Manage Assignments'))).toBe(false);
  });

  it('says which people and profiles it does not know', async () => {
    await start();
    const report = await install({ users: ['Nobody'], profile: 'No Profile' });
    expect(report.steps.filter(({ result }) => result === 'failed')).toMatchObject([
      { what: 'user', name: 'Nobody', detail: 'no active user of that name' },
      { what: 'profile', name: 'No Profile' },
    ]);
  });

  it('keeps grants that people added to our sets', async () => {
    await start({ quirks: { permissionSetUpsert: 'replace' } });
    await install({ fields: FIELDS.slice(0, 2) });
    const set = sandbox.org.records('PermissionSet').find(({ Name }) => Name === 'Tierline_User');
    sandbox.org.createField('Account.Extra__c', { label: 'Extra', type: 'Text', length: 10 });
    await addGrant(String(set?.['Id']), 'Account.Extra__c');
    await install();
    const fields = sandbox.org
      .records('FieldPermissions')
      .filter(({ ParentId }) => ParentId === set?.['Id'])
      .map(({ Field }) => Field);
    expect(fields).toContain('Account.Extra__c');
    expect(fields).toContain('Tierline_Program__c.Requested__c');
  });

  it('leaves labels and further choices to the admins, and extends what is too small', async () => {
    await start();
    sandbox.org.createField('Account.Tierline_Tier_Reason__c', { label: 'Why', type: 'Text', length: 80 });
    sandbox.org.createField('Account.Tierline_Tier__c', {
      label: 'Our tier',
      type: 'Picklist',
      valueSet: {
        restricted: true,
        valueSetDefinition: {
          sorted: false,
          value: ['Tier 1', 'Strategic'].map((name) => ({ fullName: name, default: false, label: name })),
        },
      },
    });
    const report = await install();
    const step = (name: string) => report.steps.find((one) => one.what === 'field' && one.name === name);
    expect(step('Account.Tierline_Tier_Reason__c')).toMatchObject({
      result: 'changed',
      detail: 'length 80 is less than 255',
    });
    expect(step('Account.Tierline_Tier__c')).toMatchObject({ result: 'changed' });
    const schema = await crm.describe('Account');
    expect(schema?.fields.get('Tierline_Tier__c')).toMatchObject({ label: 'Our tier' });
    expect(schema?.fields.get('Tierline_Tier__c')?.options).toEqual(
      expect.arrayContaining(['Strategic', ...TIERS]),
    );
    expect(schema?.fields.get('Tierline_Tier_Reason__c')).toMatchObject({ label: 'Why', maxLength: 255 });
  });

  it('does not touch a field of another type, says so, and installs the rest', async () => {
    await start();
    sandbox.org.createField('Account.Tierline_Fit__c', { label: 'Fit', type: 'Text', length: 20 });
    const report = await install();
    const failed = report.steps.filter(({ result }) => result === 'failed');
    expect(failed[0]).toMatchObject({ what: 'field', name: 'Account.Tierline_Fit__c' });
    expect(failed[0]?.detail).toContain('is Text, not Number');
    expect((await crm.describe('Account'))?.fields.has('Tierline_Tier__c')).toBe(true);
  });

  it('adds our section to a layout and keeps all else of it', async () => {
    await start();
    const before = await layoutFields();
    const report = await install({ layouts: ['Account Layout', 'Contact-Contact Layout', 'No Layout'] });
    expect(report.steps.filter(({ what }) => what === 'layout')).toMatchObject([
      { name: 'No Layout', result: 'failed' },
      { name: 'Account-Account Layout', result: 'changed' },
      { name: 'Contact-Contact Layout', result: 'changed' },
    ]);
    const after = await layoutFields();
    expect(after).toEqual(expect.arrayContaining([...before]));
    expect(after).toContain('Tierline_Tier__c');
    expect(report.byHand.some((line) => line.includes('Tierline Programs'))).toBe(true);
  });

  it('tells admins what is missing when the connected user may not change the setup', async () => {
    await start();
    sandbox.org.allowMetadataChanges(false);
    const refused = install();
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toMatchObject({ next: expect.stringContaining('Modify Metadata') });
  });

  it('names objects whose record types must be given our values by hand', async () => {
    await start();
    sandbox.org.addRecordType('Account', {
      name: 'Partner',
      developerName: 'Partner',
      picklists: {},
    });
    const report = await install();
    expect(report.byHand.some((line) => line.includes('Object Manager > Account > Record Types'))).toBe(true);
  });

  it('sends metadata ten components a call', async () => {
    await start();
    await install();
    // Read: 1 object, 15 fields in 2, 2 sets in 1. Write: the object, the parent, 14 fields in 2, 2 sets in 1.
    expect(soapWrites()).toBe(1 + 2 + 1 + 1 + 1 + 2 + 1);
  });

  const layoutFields = async (): Promise<readonly string[]> => {
    const response = await fetch(`${sandbox.url}/services/Soap/m/62.0`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '""' },
      body: `<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader><sessionId>${sandbox.openSession()}</sessionId></SessionHeader></env:Header><env:Body xmlns="http://soap.sforce.com/2006/04/metadata"><readMetadata><type>Layout</type><fullNames>Account-Account Layout</fullNames></readMetadata></env:Body></env:Envelope>`,
    });
    return [...(await response.text()).matchAll(/<field>(\w+)<\/field>/g)].map((match) => match[1] ?? '');
  };

  const addGrant = async (setId: string, field: string): Promise<void> => {
    const response = await fetch(`${sandbox.url}/services/data/v62.0/sobjects/FieldPermissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${sandbox.openSession()}` },
      body: JSON.stringify({
        ParentId: setId,
        SobjectType: 'Account',
        Field: field,
        PermissionsRead: true,
        PermissionsEdit: false,
      }),
    });
    expect(response.status).toBe(201);
  };
});
