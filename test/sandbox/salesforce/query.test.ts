import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { catchApiError, connectJsforce, createApiCall } from './salesforce-client.ts';

const NOW = new Date('2026-05-17T12:00:00Z');

let sandbox: SalesforceSandbox;
let connection: Connection;
const ids: Record<string, string> = {};

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ now: () => NOW });
  connection = connectJsforce(sandbox);
  const { org } = sandbox;
  const add = (key: string, fields: Readonly<Record<string, unknown>>, at: string): void => {
    ids[key] = org.insert('Account', { Name: key, ...fields }, { at: new Date(at) });
  };
  add('Acme', { Industry: 'Banking', NumberOfEmployees: 10, Website: 'acme.com' }, '2026-05-01T00:00:00Z');
  add("O'Neil 100%", { Industry: 'Energy', NumberOfEmployees: 500 }, '2026-05-10T00:00:00Z');
  add('back\\slash', { NumberOfEmployees: 5_000, AnnualRevenue: 1_000_000 }, '2026-05-16T10:00:00Z');
  add('Über_Corp', { Industry: 'Banking', Description: 'x' }, '2026-05-17T08:00:00Z');
  ids['Jane'] = org.insert('Contact', { LastName: 'Doe', FirstName: 'Jane', AccountId: ids['Acme'] });
  ids['John'] = org.insert('Contact', { LastName: 'Roe', Email: 'john@roe.example' });
});
afterAll(() => sandbox.close());

const namesOf = async (where: string): Promise<string[]> => {
  const { records } = await connection.query<{ Name: string }>(`SELECT Name FROM Account ${where}`);
  return records.map((record) => record.Name);
};

describe('conditions', () => {
  it.each([
    ["WHERE Name = 'ACME'", ['Acme']],
    ["WHERE Name = 'O\\'Neil 100%'", ["O'Neil 100%"]],
    ["WHERE Name = 'back\\\\slash'", ['back\\slash']],
    ["WHERE Name LIKE 'a%'", ['Acme']],
    ["WHERE Name LIKE '%100\\%'", ["O'Neil 100%"]],
    ["WHERE Name LIKE '_ber\\_corp'", ['Über_Corp']],
    ['WHERE NumberOfEmployees > 10', ["O'Neil 100%", 'back\\slash']],
    ['WHERE NumberOfEmployees >= 10 AND NumberOfEmployees <= 500', ['Acme', "O'Neil 100%"]],
    ['WHERE AnnualRevenue = 1e6', ['back\\slash']],
    ["WHERE Industry IN ('banking', 'Retail')", ['Acme', 'Über_Corp']],
    ["WHERE Industry NOT IN ('Banking')", ["O'Neil 100%", 'back\\slash']],
    ['WHERE Industry = null', ['back\\slash']],
    ['WHERE Industry != null AND Website = null', ["O'Neil 100%", 'Über_Corp']],
    ["WHERE Industry != 'Banking'", ["O'Neil 100%", 'back\\slash']],
    ["WHERE (NOT Industry = 'Banking') AND NumberOfEmployees < 1000", ["O'Neil 100%"]],
    ["WHERE Name = 'Acme' OR (NumberOfEmployees = 500 AND IsDeleted = false)", ['Acme', "O'Neil 100%"]],
    ['WHERE CreatedDate = TODAY', ['Über_Corp']],
    ['WHERE CreatedDate = LAST_N_DAYS:1', ['back\\slash', 'Über_Corp']],
    ['WHERE CreatedDate > 2026-05-10T00:00:00Z', ['back\\slash', 'Über_Corp']],
    [
      'WHERE CreatedDate >= 2026-05-10T02:00:00+02:00 AND CreatedDate < TODAY',
      ["O'Neil 100%", 'back\\slash'],
    ],
    ["WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName = 'Doe')", ['Acme']],
    ['WHERE Id NOT IN (SELECT AccountId FROM Contact)', ["O'Neil 100%", 'back\\slash', 'Über_Corp']],
    ["WHERE Owner.Name = 'Ada Admin' AND Name = 'Acme'", ['Acme']],
    ['ORDER BY NumberOfEmployees', ['Über_Corp', 'Acme', "O'Neil 100%", 'back\\slash']],
    ['ORDER BY NumberOfEmployees DESC NULLS LAST LIMIT 2', ['back\\slash', "O'Neil 100%"]],
    ['ORDER BY Industry NULLS LAST, Name DESC', ['Über_Corp', 'Acme', "O'Neil 100%", 'back\\slash']],
    ['ORDER BY CreatedDate LIMIT 1 OFFSET 1', ["O'Neil 100%"]],
  ])('%s', async (clause, names) => {
    const found = await namesOf(clause);
    expect(clause.includes('ORDER BY') ? found : found.toSorted()).toEqual(
      clause.includes('ORDER BY') ? names : names.toSorted(),
    );
  });

  it('find a record by its 15-character id', async () => {
    expect(await namesOf(`WHERE Id = '${ids['Acme']?.slice(0, 15) ?? ''}'`)).toEqual(['Acme']);
  });
});

describe('selected fields', () => {
  it('nest parents, and give null for an empty lookup', async () => {
    const { records } = await connection.query(
      'SELECT LastName, account.name, Account.Owner.IsActive FROM Contact ORDER BY LastName',
    );
    expect(records).toMatchObject([
      { LastName: 'Doe', Account: { Name: 'Acme', Owner: { IsActive: true } } },
      { LastName: 'Roe', Account: null },
    ]);
  });

  it('read addresses as one value', async () => {
    sandbox.org.editAsHuman('Account', ids['Acme'] ?? '', { BillingCity: 'Kyoto' });
    const { records } = await connection.query("SELECT BillingAddress FROM Account WHERE Name = 'Acme'");
    expect(records[0]).toMatchObject({ BillingAddress: { city: 'Kyoto', country: null } });
  });

  it('list the children of a record', async () => {
    const { records } = await connection.query(
      "SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name IN ('Acme', 'back\\\\slash') ORDER BY Name",
    );
    expect(records).toMatchObject([
      { Name: 'Acme', Contacts: { totalSize: 1, records: [{ LastName: 'Doe' }] } },
      { Name: 'back\\slash', Contacts: null },
    ]);
  });

  it('say of what kind the record behind a polymorphic lookup is', async () => {
    sandbox.org.insert('Task', { Subject: 'Call', WhatId: ids['Acme'], WhoId: ids['Jane'] });
    const { records } = await connection.query('SELECT What.Type, What.Name, Who.Type, AccountId FROM Task');
    expect(records[0]).toMatchObject({
      What: { Type: 'Account', Name: 'Acme' },
      Who: { Type: 'Contact' },
      AccountId: ids['Acme'],
    });
  });
});

describe('aggregates', () => {
  it('COUNT() answers in totalSize', async () => {
    const answer = await connection.query('SELECT COUNT() FROM Account');
    expect(answer).toMatchObject({ totalSize: 4, done: true, records: [] });
  });

  it('group, filter groups and sort them', async () => {
    const { records } = await connection.query(
      'SELECT Industry, COUNT(Id) total, MAX(NumberOfEmployees), MIN(CreatedDate) ' +
        'FROM Account GROUP BY Industry HAVING COUNT(Id) >= 1 ORDER BY COUNT(Id) DESC, Industry',
    );
    expect(records).toMatchObject([
      { attributes: { type: 'AggregateResult' }, Industry: 'Banking', total: 2, expr0: 10 },
      { Industry: null, total: 1, expr0: 5_000, expr1: '2026-05-16T10:00:00.000+0000' },
      { Industry: 'Energy', total: 1, expr0: 500 },
    ]);
  });
});

describe('refused queries', () => {
  it('point at the column that does not exist', async () => {
    const error = await catchApiError(connection.query('SELECT Id, Foo FROM Account'));
    expect(error).toEqual({
      errorCode: 'INVALID_FIELD',
      message:
        "\nSELECT Id, Foo FROM Account\n           ^\nERROR at Row:1:Column:12\nNo such column 'Foo' on entity " +
        "'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom " +
        'field name. Please reference your WSDL or the describe call for the appropriate names.',
    });
  });

  it.each([
    ['SELECT Id FORM Account', 'MALFORMED_QUERY', "unexpected token: 'FORM'"],
    ['SELECT Id FROM', 'MALFORMED_QUERY', 'unexpected token'],
    ["SELECT Id FROM Account WHERE Name = 'x", 'MALFORMED_QUERY', 'mismatched character'],
    ["SELECT Id FROM Account WHERE Name = 'a\\z'", 'MALFORMED_QUERY', 'Illegal character sequence'],
    ['SELECT Id FROM Acount', 'INVALID_TYPE', "sObject type 'Acount' is not supported"],
    ['SELECT Id FROM Account WHERE Name = 5', 'INVALID_FIELD', 'must be of type string'],
    ["SELECT Id FROM Account WHERE NumberOfEmployees = '5'", 'INVALID_FIELD', 'must be of type int'],
    ["SELECT Id FROM Account WHERE CreatedDate > '2026-01-01'", 'INVALID_FIELD', 'must be of type dateTime'],
    ['SELECT Id FROM Account WHERE CreatedDate > 2026-01-01', 'INVALID_FIELD', 'must be of type dateTime'],
    ["SELECT Id FROM Account WHERE Description = 'x'", 'INVALID_FIELD', 'can not be filtered'],
    [
      "SELECT Id FROM Account WHERE Id = 'nonsense'",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid ID field: nonsense',
    ],
    ['SELECT Foo.Name FROM Account', 'INVALID_FIELD', "Didn't understand relationship 'Foo'"],
    [
      "SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
      'MALFORMED_QUERY',
      "unexpected token: 'OR'",
    ],
    ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name'],
    ['SELECT Id FROM Account LIMIT 1 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset'],
    ['SELECT Id, Id FROM Account', 'INVALID_FIELD', 'duplicate field selected'],
    ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY', 'LIMIT'],
  ])('%s', async (soql, errorCode, message) => {
    const error = await catchApiError(connection.query(soql));
    expect(error.errorCode).toBe(errorCode);
    expect(error.message).toContain(message);
  });

  it('of more than 16 KB of URI get 414', async () => {
    const answer = await createApiCall(sandbox)('GET', `/query?q=${'x'.repeat(17_000)}`);
    expect(answer.status).toBe(414);
  });
});
