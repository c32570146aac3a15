import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { type ApiCall, catchApiError, connectJsforce, createApiCall } from './salesforce-client.ts';

let sandbox: SalesforceSandbox;
let call: ApiCall;

beforeEach(async () => {
  sandbox = await startSalesforceSandbox();
  call = createApiCall(sandbox);
});
afterEach(() => sandbox.close());

const named = (Name: string | null) => ({ attributes: { type: 'Account' }, Name });
const insertMany = (count: number): string[] =>
  Array.from({ length: count }, (_one, index) => sandbox.org.insert('Account', { Name: `A${index}` }));

describe('a collection', () => {
  it('is answered row by row, whatever becomes of each', async () => {
    const results = await connectJsforce(sandbox).create('Account', [{ Name: 'one' }, {}, { Name: 'three' }]);
    expect(results).toMatchObject([
      { success: true, errors: [] },
      {
        success: false,
        errors: [
          {
            statusCode: 'REQUIRED_FIELD_MISSING',
            message: 'Required fields are missing: [Name]',
            fields: ['Name'],
          },
        ],
      },
      { success: true, errors: [] },
    ]);
    expect(sandbox.org.records('Account').map((row) => row['Name'])).toEqual(['one', 'three']);
  });

  it('that is all or none leaves nothing behind when one row fails', async () => {
    const { status, json } = await call('POST', '/composite/sobjects', {
      allOrNone: true,
      records: [named('one'), named(null)],
    });
    expect(status).toBe(200);
    expect(json).toMatchObject([
      { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    expect(sandbox.org.records('Account')).toEqual([]);
  });

  it('may hold 200 rows and no more', async () => {
    const connection = connectJsforce(sandbox);
    const rows = Array.from({ length: 201 }, (_one, index) => ({ Name: `A${index}` }));
    const error = await catchApiError(connection.create('Account', rows));
    expect(error).toEqual({
      errorCode: 'EXCEEDED_ID_LIMIT',
      message: 'record limit reached. cannot submit more than 200 records into this call',
    });
    expect(await connection.create('Account', rows.slice(0, 200))).toHaveLength(200);
  });

  it('updates a record once: the second row for one id fails', async () => {
    const [id = ''] = insertMany(1);
    const { json } = await call('PATCH', '/composite/sobjects', {
      records: [
        { ...named('first'), id },
        { ...named('second'), id: id.slice(0, 15) },
      ],
    });
    expect(json).toMatchObject([{ success: true, id }, { success: false }]);
    expect(sandbox.org.find('Account', id)?.['Name']).toBe('first');
  });

  it('accepts both rows for one id in an org that does', async () => {
    const lenient = await startSalesforceSandbox({ quirks: { duplicateIdInUpdate: 'accept' } });
    const id = lenient.org.insert('Account', { Name: 'x' });
    const { json } = await createApiCall(lenient)('PATCH', '/composite/sobjects', {
      records: [
        { ...named('first'), id },
        { ...named('second'), id },
      ],
    });
    await lenient.close();
    expect(json).toMatchObject([{ success: true }, { success: true }]);
  });

  it('reports an unknown field on its row, or refuses the whole call, as the org does', async () => {
    const records = [named('one'), { ...named('two'), Nope__c: 1 }];
    const byRow = await call('POST', '/composite/sobjects', { records });
    expect(byRow.json).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'INVALID_FIELD' }] },
    ]);
    const strict = await startSalesforceSandbox({ quirks: { collectionUnknownField: 'call' } });
    const byCall = await createApiCall(strict)('POST', '/composite/sobjects', { records });
    const left = strict.org.records('Account').length;
    await strict.close();
    expect(byCall).toMatchObject({ status: 400, json: [{ errorCode: 'INVALID_FIELD' }] });
    expect(left).toBe(0);
  });

  it('refuses the whole call for a value of the wrong JSON kind', async () => {
    const { status, json } = await call('POST', '/composite/sobjects', {
      records: [named('one'), { ...named('two'), NumberOfEmployees: 'x' }],
    });
    expect(status).toBe(400);
    expect(json).toMatchObject([{ errorCode: 'JSON_PARSER_ERROR' }]);
    expect(sandbox.org.records('Account')).toEqual([]);
  });

  it('deletes by ids, each with its own answer', async () => {
    const ids = insertMany(2);
    const results = await connectJsforce(sandbox).destroy('Account', [...ids, '001000000000001AAA']);
    expect(results).toMatchObject([
      { success: true, id: ids[0] },
      { success: true, id: ids[1] },
      { success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] },
    ]);
  });

  it('retrieves by ids, with null for what is not there', async () => {
    const [id = ''] = insertMany(1);
    const { json } = await call('POST', '/composite/sobjects/Account', {
      ids: [id, '001000000000001AAA'],
      fields: ['Id', 'Name'],
    });
    expect(json).toMatchObject([{ Id: id, Name: 'A0' }, null]);
  });
});

describe('a locked row', () => {
  it('fails alone, once, and goes through the next time', async () => {
    const ids = insertMany(3);
    sandbox.org.lockRow(ids[1] ?? '');
    const update = () =>
      connectJsforce(sandbox).update(
        'Account',
        ids.map((Id) => ({ Id, Name: 'new' })),
      );
    expect(await update()).toMatchObject([
      { success: true },
      {
        success: false,
        errors: [
          {
            statusCode: 'UNABLE_TO_LOCK_ROW',
            message: `unable to obtain exclusive access to this record or 1 records: ${ids[1] ?? ''}`,
          },
        ],
      },
      { success: true },
    ]);
    expect(await update()).toMatchObject([{ success: true }, { success: true }, { success: true }]);
  });
});
