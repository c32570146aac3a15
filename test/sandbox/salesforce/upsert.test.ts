import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { type ApiCall, connectJsforce, createApiCall } from './salesforce-client.ts';

let sandbox: SalesforceSandbox;
let call: ApiCall;

beforeEach(async () => {
  sandbox = await startSalesforceSandbox();
  call = createApiCall(sandbox);
  const { org } = sandbox;
  org.createField('Account.Key__c', {
    label: 'Key',
    type: 'Text',
    length: 20,
    externalId: true,
    unique: true,
  });
  org.createField('Account.Group__c', { label: 'Group', type: 'Text', length: 20, externalId: true });
  org.grant({ fields: ['Account.Key__c', 'Account.Group__c'] });
});
afterEach(() => sandbox.close());

describe('upsert by an external id', () => {
  it('creates, then updates, the same record', async () => {
    const first = await call('PATCH', '/sobjects/Account/Key__c/a%2F1', { Name: 'Acme' });
    const second = await call('PATCH', '/sobjects/Account/Key__c/A%2F1', { Name: 'Acme Inc' });
    const { id } = first.json as { id: string };
    expect(first).toMatchObject({ status: 201, json: { id, success: true, created: true } });
    expect(second).toMatchObject({ status: 200, json: { id, success: true, created: false } });
    expect(sandbox.org.find('Account', id)).toMatchObject({ Name: 'Acme Inc', Key__c: 'a/1' });
  });

  it('answers 300 and the places when the value belongs to several records', async () => {
    const ids = ['one', 'two'].map((name) => sandbox.org.insert('Account', { Name: name, Group__c: 'g' }));
    const { status, json } = await call('PATCH', '/sobjects/Account/Group__c/g', { Name: 'x' });
    expect(status).toBe(300);
    expect(json).toEqual(ids.map((id) => `/services/data/v62.0/sobjects/Account/${id}`));
  });

  it('creates nothing when it may only update', async () => {
    const { status } = await call('PATCH', '/sobjects/Account/Key__c/new?updateOnly=true', { Name: 'x' });
    expect(status).toBe(404);
    expect(sandbox.org.records('Account')).toEqual([]);
  });

  it('wants the value in the address alone', async () => {
    const { json } = await call('PATCH', '/sobjects/Account/Key__c/k', { Name: 'x', Key__c: 'k' });
    expect(json).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
  });

  it('is not possible by a field that identifies nothing', async () => {
    const { status, json } = await call('PATCH', '/sobjects/Account/Industry/Banking', { Name: 'x' });
    expect(status).toBe(404);
    expect(json).toEqual([
      {
        errorCode: 'NOT_FOUND',
        message: 'Provided external ID field does not exist or is not accessible: Industry',
      },
    ]);
  });

  it('answers an update with nothing when the org is told to behave as older versions', async () => {
    const old = await startSalesforceSandbox({ quirks: { upsertAnswer: 204 } });
    old.org.insert('Contact', { LastName: 'Doe', Email: 'doe@acme.example' });
    const { status } = await createApiCall(old)('PATCH', '/sobjects/Contact/Email/doe@acme.example', {
      Title: 'CEO',
    });
    await old.close();
    expect(status).toBe(204);
  });
});

describe('a unique external id', () => {
  it('is refused a second time, with the short id of the other record', async () => {
    const id = sandbox.org.insert('Account', { Name: 'one', Key__c: 'k' });
    const { status, json } = await call('POST', '/sobjects/Account', { Name: 'two', Key__c: 'K' });
    expect(status).toBe(400);
    expect(json).toEqual([
      {
        errorCode: 'DUPLICATE_VALUE',
        message: `duplicate value found: Key__c duplicates value on record with id: ${id.slice(0, 15)}`,
        fields: [],
      },
    ]);
  });

  it('is free again once the other record is deleted', async () => {
    sandbox.org.remove(sandbox.org.insert('Account', { Name: 'one', Key__c: 'k' }));
    expect((await call('POST', '/sobjects/Account', { Name: 'two', Key__c: 'k' })).status).toBe(201);
  });
});

describe('upsert of many rows', () => {
  it('says of each whether it was created', async () => {
    sandbox.org.insert('Account', { Name: 'old', Key__c: 'a' });
    const results = await connectJsforce(sandbox).upsert(
      'Account',
      [
        { Key__c: 'a', Name: 'A' },
        { Key__c: 'b', Name: 'B' },
      ],
      'Key__c',
    );
    expect(results).toMatchObject([
      { success: true, created: false },
      { success: true, created: true },
    ]);
  });

  it('refuses every row of a value that stands on several', async () => {
    const { json } = await call('PATCH', '/composite/sobjects/Account/Key__c', {
      records: ['a', 'b', 'a'].map((Key__c) => ({ attributes: { type: 'Account' }, Name: Key__c, Key__c })),
    });
    expect(json).toMatchObject([
      {
        success: false,
        errors: [{ statusCode: 'DUPLICATE_VALUE', message: 'Duplicate external id specified: a' }],
      },
      { success: true },
      { success: false },
    ]);
  });

  it('reports a value that several records have as a row error', async () => {
    const ids = ['one', 'two'].map((name) => sandbox.org.insert('Account', { Name: name, Group__c: 'g' }));
    const { json } = await call('PATCH', '/composite/sobjects/Account/Group__c', {
      records: [{ attributes: { type: 'Account' }, Group__c: 'g', Name: 'x' }],
    });
    expect(json).toMatchObject([
      {
        success: false,
        errors: [
          {
            statusCode: 'DUPLICATE_EXTERNAL_ID',
            message: `Group: more than one record found for external id field: [${ids.join(', ')}]`,
          },
        ],
      },
    ]);
  });
});

describe('a parent named by its external id', () => {
  it('is found', async () => {
    const id = sandbox.org.insert('Account', { Name: 'one', Key__c: 'k' });
    const { json } = await call('POST', '/sobjects/Contact', { LastName: 'Doe', Account: { Key__c: 'k' } });
    expect(sandbox.org.find('Contact', (json as { id: string }).id)?.['AccountId']).toBe(id);
  });

  it('that does not exist fails the row', async () => {
    const { json } = await call('POST', '/sobjects/Contact', { LastName: 'Doe', Account: { Key__c: 'x' } });
    expect(json).toMatchObject([
      { message: 'Foreign key external ID: x not found for field Key__c in entity Account' },
    ]);
  });
});
