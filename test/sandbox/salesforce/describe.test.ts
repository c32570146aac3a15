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
});
afterEach(() => sandbox.close());

describe('the description of an object', () => {
  it('tells types, lengths and who may write, field by field', async () => {
    const { fields, keyPrefix } = await connectJsforce(sandbox).describe('Account');
    const find = (name: string) => fields.find((field) => field.name === name);
    expect(keyPrefix).toBe('001');
    expect(find('Name')).toMatchObject({ type: 'string', length: 255, nillable: false, nameField: true });
    expect(find('BillingAddress')).toMatchObject({ type: 'address', createable: false, updateable: false });
    expect(find('BillingCity')).toMatchObject({ compoundFieldName: 'BillingAddress' });
    expect(find('SystemModstamp')).toMatchObject({ type: 'datetime', updateable: false, filterable: true });
    expect(find('Description')).toMatchObject({ type: 'textarea', filterable: false, length: 32_000 });
    expect(find('OwnerId')).toMatchObject({
      type: 'reference',
      referenceTo: ['User'],
      relationshipName: 'Owner',
    });
    expect(find('NumberOfEmployees')).toMatchObject({ type: 'int', digits: 8 });
    expect(find('CurrencyIsoCode')).toMatchObject({ restrictedPicklist: true });
    expect(find('Domain')).toBeUndefined();
  });

  it('leaves out what field-level security hides, and shows what it only protects as read-only', async () => {
    sandbox.org.hideField('Account', 'Phone');
    sandbox.org.makeFieldReadOnly('Account', 'Fax');
    const { fields } = await connectJsforce(sandbox).describe('Account');
    expect(fields.some((field) => field.name === 'Phone')).toBe(false);
    expect(fields.find((field) => field.name === 'Fax')).toMatchObject({
      createable: false,
      updateable: false,
    });
    const id = sandbox.org.insert('Account', { Name: 'Acme' });
    const hidden = await call('PATCH', `/sobjects/Account/${id}`, { Phone: '1' });
    expect(hidden.json).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    const protectedField = await call('PATCH', `/sobjects/Account/${id}`, { Fax: '1' });
    expect(protectedField.json).toMatchObject([
      { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Fax'] },
    ]);
  });

  it('answers 304 while nothing changed, and anew once a grant shows another field', async () => {
    sandbox.org.createField('Account.New__c', { label: 'New', type: 'Date' });
    const first = await call('GET', '/sobjects/Account/describe');
    const headers = { 'If-Modified-Since': first.headers.get('last-modified') ?? '' };
    expect((await call('GET', '/sobjects/Account/describe', undefined, headers)).status).toBe(304);
    sandbox.org.grant({ fields: ['Account.New__c'] });
    const later = await call('GET', '/sobjects/Account/describe', undefined, headers);
    expect(later.status).toBe(200);
    expect(later.text).toContain('New__c');
  });

  it('has no currency field in an org with one currency', async () => {
    const single = await startSalesforceSandbox({ multiCurrency: false });
    const { fields } = await connectJsforce(single).describe('Account');
    await single.close();
    expect(fields.some((field) => field.name === 'CurrencyIsoCode')).toBe(false);
  });

  it('lists only objects the user can read', async () => {
    sandbox.org.deny('Lead', 'read');
    const { sobjects } = await connectJsforce(sandbox).describeGlobal();
    const names = sobjects.map((object) => object.name);
    expect(names).toContain('Account');
    expect(names).not.toContain('Lead');
    expect((await call('GET', '/sobjects/Lead/describe')).status).toBe(404);
  });

  it('says that an object cannot be written, and refuses to', async () => {
    sandbox.org.deny('Account', 'create');
    sandbox.org.deny('Account', 'edit');
    const id = sandbox.org.insert('Account', { Name: 'Acme' });
    const { createable, updateable } = await connectJsforce(sandbox).describe('Account');
    expect({ createable, updateable }).toEqual({ createable: false, updateable: false });
    expect(await call('PATCH', `/sobjects/Account/${id}`, { Name: 'x' })).toMatchObject({
      status: 403,
      json: [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }],
    });
  });
});

describe('versions', () => {
  it('are listed for anyone, and others are not served', async () => {
    const response = await fetch(`${sandbox.url}/services/data/`);
    const versions = (await response.json()) as { label: string; version: string; url: string }[];
    expect(versions.at(-1)).toEqual({ label: "Summer '26", version: '67.0', url: '/services/data/v67.0' });
    expect(versions.find((one) => one.version === '62.0')?.label).toBe("Winter '25");
    const token = sandbox.openSession();
    const old = await fetch(`${sandbox.url}/services/data/v49.0/limits`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(old.status).toBe(404);
  });
});
