import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { type ApiCall, createApiCall } from './salesforce-client.ts';

let sandbox: SalesforceSandbox;
let call: ApiCall;
let accountId: string;

beforeEach(async () => {
  sandbox = await startSalesforceSandbox();
  call = createApiCall(sandbox);
  accountId = sandbox.org.insert('Account', { Name: 'Acme' });
});
afterEach(() => sandbox.close());

const account = (): Readonly<Record<string, unknown>> => sandbox.org.find('Account', accountId) ?? {};

describe('a record', () => {
  it('is made with its defaults, its owner and its stamps', async () => {
    const { status, json, headers } = await call('POST', '/sobjects/Task', {
      Subject: 'Call',
      WhatId: accountId,
    });
    const { id } = json as { id: string };
    expect(status).toBe(201);
    expect(json).toEqual({ id, success: true, errors: [] });
    expect(headers.get('location')).toBe(`/services/data/v62.0/sobjects/Task/${id}`);
    expect(sandbox.org.find('Task', id)).toMatchObject({
      Status: 'Not Started',
      Priority: 'Normal',
      IsClosed: false,
      AccountId: accountId,
      OwnerId: sandbox.org.integrationUserId,
      CreatedById: sandbox.org.integrationUserId,
    });
  });

  it('is read with the fields asked for', async () => {
    const { json } = await call('GET', `/sobjects/Account/${accountId}?fields=Name,Industry`);
    expect(json).toEqual({
      attributes: { type: 'Account', url: `/services/data/v62.0/sobjects/Account/${accountId}` },
      Name: 'Acme',
      Industry: null,
    });
  });

  it('is updated without a word, null clearing a field and blanks cut off', async () => {
    await call('PATCH', `/sobjects/Account/${accountId}`, { Industry: ' Banking ', Phone: '1' });
    const answer = await call('PATCH', `/sobjects/Account/${accountId.slice(0, 15)}`, { Phone: null });
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(account()).toMatchObject({ Name: 'Acme', Industry: 'Banking', Phone: null });
  });

  it('that was deleted is gone for reads and writes, and stays in the bin', async () => {
    expect((await call('DELETE', `/sobjects/Account/${accountId}`)).status).toBe(204);
    const again = await call('PATCH', `/sobjects/Account/${accountId}`, { Name: 'x' });
    expect(again.status).toBe(404);
    expect(again.json).toMatchObject([{ errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted' }]);
    expect(account()['IsDeleted']).toBe(true);
    const all = await call('GET', '/queryAll?q=SELECT+Id+FROM+Account+WHERE+IsDeleted+=+true');
    expect(all.json).toMatchObject({ totalSize: 1 });
  });

  it('takes its contacts and deals with it', () => {
    const contactId = sandbox.org.insert('Contact', { LastName: 'Doe', AccountId: accountId });
    const childId = sandbox.org.insert('Account', { Name: 'Daughter', ParentId: accountId });
    sandbox.org.remove(accountId);
    expect(sandbox.org.find('Contact', contactId)?.['IsDeleted']).toBe(true);
    expect(sandbox.org.find('Account', childId)).toMatchObject({ IsDeleted: false, ParentId: null });
  });

  it('derives the state of a deal from its stage', async () => {
    const { json } = await call('POST', '/sobjects/Opportunity', {
      Name: 'Deal',
      AccountId: accountId,
      StageName: 'Closed Won',
      CloseDate: '2026-05-01',
      Amount: 10.005,
    });
    expect(sandbox.org.find('Opportunity', (json as { id: string }).id)).toMatchObject({
      IsClosed: true,
      IsWon: true,
      Probability: 100,
      ForecastCategoryName: 'Closed',
    });
  });
});

const post = async (type: string, fields: Readonly<Record<string, unknown>>) => {
  const { status, json } = await call('POST', `/sobjects/${type}`, fields);
  const [error] = json as { errorCode: string; message: string; fields?: string[] }[];
  return { status, ...error };
};

describe('a refused write', () => {
  it('names the required fields that are missing', async () => {
    expect(await post('Opportunity', { Name: 'x' })).toEqual({
      status: 400,
      errorCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [StageName, CloseDate]',
      fields: ['StageName', 'CloseDate'],
    });
  });

  it('says how long a text may be', async () => {
    expect(await post('Account', { Name: 'x'.repeat(256) })).toMatchObject({
      errorCode: 'STRING_TOO_LONG',
      message: `Account Name: data value too large: ${'x'.repeat(256)} (max length=255)`,
    });
  });

  it.each([
    ['Account', { Nope__c: 1 }, 'INVALID_FIELD', "No such column 'Nope__c' on sobject of type Account"],
    ['Account', { CreatedDate: '2026-01-01T00:00:00Z' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'CreatedDate'],
    ['Account', { BillingAddress: {} }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'BillingAddress'],
    ['Account', { NumberOfEmployees: 'many' }, 'JSON_PARSER_ERROR', 'Cannot deserialize instance of int'],
    ['Account', { Name: 5 }, 'JSON_PARSER_ERROR', 'from VALUE_NUMBER_INT value 5'],
    ['Account', { NumberOfEmployees: 1e9 }, 'NUMBER_OUTSIDE_VALID_RANGE', 'Employees'],
    ['Account', { ParentId: '003000000000001' }, 'MALFORMED_ID', 'id value of incorrect type'],
    ['Account', { ParentId: 'nonsense' }, 'MALFORMED_ID', 'Parent Account ID'],
    [
      'Account',
      { ParentId: '001000000000001AAA' },
      'INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
    ],
    [
      'Contact',
      { LastName: 'x', Email: 'no at sign' },
      'INVALID_EMAIL_ADDRESS',
      'invalid email address: no at sign',
    ],
    [
      'Contact',
      { LastName: 'x', HasOptedOutOfEmail: null },
      'INVALID_TYPE_ON_FIELD_IN_RECORD',
      'Email Opt Out',
    ],
    ['Event', { Subject: 'x' }, 'REQUIRED_FIELD_MISSING', 'ActivityDateTime'],
  ])('of %s %j is %s', async (type, fields, errorCode, message) => {
    const base = type === 'Account' ? { Name: 'x' } : {};
    const error = await post(type, { ...base, ...fields });
    expect(error).toMatchObject({ status: 400, errorCode });
    expect(error.message).toContain(message);
  });

  it('changes nothing', async () => {
    await call('PATCH', `/sobjects/Account/${accountId}`, { Name: 'New', Industry: 'x'.repeat(300) });
    expect(account()['Name']).toBe('Acme');
  });

  it('of an unknown record is 404', async () => {
    const { status, json } = await call('PATCH', '/sobjects/Account/001000000000001AAA', { Name: 'x' });
    expect(status).toBe(404);
    expect(json).toMatchObject([{ errorCode: 'INVALID_CROSS_REFERENCE_KEY' }]);
  });

  it('of JSON that does not parse says so', async () => {
    const { status, json } = await call('POST', '/sobjects/Account', '{"Name": ');
    expect(status).toBe(400);
    expect(json).toMatchObject([{ errorCode: 'JSON_PARSER_ERROR' }]);
  });
});

describe('an owner who is not active', () => {
  it('cannot be given a record', async () => {
    const userId = sandbox.org.adminUserId;
    sandbox.org.makeUserInactive(userId);
    const { json } = await call('PATCH', `/sobjects/Account/${accountId}`, { OwnerId: userId });
    expect(json).toMatchObject([
      {
        errorCode: 'INACTIVE_OWNER_OR_USER',
        message: `operation performed with inactive user [${userId.slice(0, 15)}] as owner of account`,
      },
    ]);
  });

  it('keeps the records they own, which can still be edited', async () => {
    sandbox.org.makeUserInactive(sandbox.org.adminUserId);
    expect(account()['OwnerId']).toBe(sandbox.org.adminUserId);
    expect((await call('PATCH', `/sobjects/Account/${accountId}`, { Name: 'New' })).status).toBe(204);
  });
});

describe('what admins add', () => {
  it('validation rules refuse rows in their own words', async () => {
    sandbox.org.addValidationRule({
      object: 'Account',
      errorWhen: (row) => row['Industry'] === null,
      message: 'Please choose an industry',
      field: 'Industry',
    });
    const { json } = await call('PATCH', `/sobjects/Account/${accountId}`, { Industry: null });
    expect(json).toEqual([
      {
        errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: 'Please choose an industry',
        fields: ['Industry'],
      },
    ]);
  });

  it('duplicate rules that alert let a row pass with the header', async () => {
    sandbox.org.addDuplicateRule({ object: 'Account', field: 'Name', action: 'alert' });
    const refused = await call('POST', '/sobjects/Account', { Name: 'ACME' });
    expect(refused.json).toMatchObject([{ errorCode: 'DUPLICATES_DETECTED' }]);
    const allowed = await call(
      'POST',
      '/sobjects/Account',
      { Name: 'ACME' },
      {
        'Sforce-Duplicate-Rule-Header': 'allowSave=true',
      },
    );
    expect(allowed.status).toBe(201);
  });

  it('record types narrow restricted picklists', async () => {
    const { org } = sandbox;
    org.createField('Account.Tier__c', picklist(['Gold', 'Silver']));
    org.grant({ fields: ['Account.Tier__c'] });
    const recordTypeId = org.addRecordType('Account', {
      name: 'Partner',
      developerName: 'Partner',
      picklists: { Tier__c: ['Silver'] },
    });
    const update = (Tier__c: string) =>
      call('PATCH', `/sobjects/Account/${accountId}`, { RecordTypeId: recordTypeId, Tier__c });
    expect((await update('Gold')).json).toMatchObject([
      {
        errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        message: 'Tier: bad value for restricted picklist field: Gold',
      },
    ]);
    expect((await update('Silver')).status).toBe(204);
  });
});

const picklist = (values: readonly string[]) => ({
  label: 'Tier',
  type: 'Picklist',
  valueSet: {
    restricted: true,
    valueSetDefinition: {
      sorted: false,
      value: values.map((value) => ({ fullName: value, label: value, default: false })),
    },
  },
});
