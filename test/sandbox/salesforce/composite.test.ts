import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { type ApiCall, createApiCall } from './salesforce-client.ts';

const BASE = '/services/data/v62.0';

let sandbox: SalesforceSandbox;
let call: ApiCall;

beforeEach(async () => {
  sandbox = await startSalesforceSandbox();
  call = createApiCall(sandbox);
});
afterEach(() => sandbox.close());

const createAccount = (Name: string | null) => ({
  method: 'POST',
  url: `${BASE}/sobjects/Account`,
  referenceId: 'account',
  body: { Name },
});
const createContact = (LastName: string | null) => ({
  method: 'POST',
  url: `${BASE}/sobjects/Contact`,
  referenceId: 'contact',
  body: { LastName, AccountId: '@{account.id}' },
});
const query = (referenceId: string, soql: string) => ({
  method: 'GET',
  // References are found in the text of the address as it stands.
  url: `${BASE}/query?q=${soql.replaceAll(' ', '+')}`,
  referenceId,
});

describe('a composite call', () => {
  it('uses what one part answered in the next', async () => {
    const { json } = await call('POST', '/composite', {
      compositeRequest: [
        createAccount('Acme'),
        createContact('Doe'),
        query('found', "SELECT Name FROM Account WHERE Id = '@{account.id}'"),
      ],
    });
    const [contact] = sandbox.org.records('Contact');
    expect(contact?.['AccountId']).toBe(sandbox.org.records('Account')[0]?.['Id']);
    expect(json).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 201, referenceId: 'account', body: { success: true } },
        { httpStatusCode: 201, referenceId: 'contact' },
        { httpStatusCode: 200, body: { totalSize: 1, records: [{ Name: 'Acme' }] } },
      ],
    });
  });

  it('halts what depends on a failed part', async () => {
    const { json } = await call('POST', '/composite', {
      compositeRequest: [createAccount(null), createContact('Doe')],
    });
    expect(json).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
        { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
      ],
    });
  });

  it('that is all or none takes back what went before a failure', async () => {
    const { json } = await call('POST', '/composite', {
      allOrNone: true,
      compositeRequest: [createAccount('Acme'), createContact(null)],
    });
    expect(json).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
        { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      ],
    });
    expect(sandbox.org.records('Account')).toEqual([]);
  });

  it('takes a query too long for an address', async () => {
    const id = sandbox.org.insert('Account', { Name: 'Acme' });
    const list = Array.from({ length: 900 }, () => `'${id}'`).join(',');
    const { status, json } = await call('POST', '/composite', {
      compositeRequest: [query('long', `SELECT Id FROM Account WHERE Id IN (${list})`)],
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({ compositeResponse: [{ body: { totalSize: 1 } }] });
  });

  it('may have 25 parts, of which five are queries or collections', async () => {
    const tooMany = await call('POST', '/composite', {
      compositeRequest: Array.from({ length: 26 }, (_one, index) => ({
        ...createAccount('x'),
        referenceId: `r${index}`,
      })),
    });
    expect(tooMany.status).toBe(400);
    const tooManyQueries = await call('POST', '/composite', {
      compositeRequest: Array.from({ length: 6 }, (_one, index) => query(`q${index}`, 'SELECT Id FROM User')),
    });
    expect(tooManyQueries.status).toBe(400);
  });

  it('counts as one call', async () => {
    const before = await call('GET', '/limits');
    await call('POST', '/composite', { compositeRequest: [createAccount('Acme'), createContact('Doe')] });
    const after = await call('GET', '/limits');
    const used = (answer: typeof before) =>
      Number(/=(\d+)/.exec(answer.headers.get('sforce-limit-info') ?? '')?.[1]);
    expect(used(after) - used(before)).toBe(2);
  });
});
