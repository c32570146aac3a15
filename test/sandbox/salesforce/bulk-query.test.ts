import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printDouble } from '#sandbox/salesforce/bulk/print-cell.ts';
import {
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { createWorld } from '#sandbox/world/create-world.ts';
import { type ApiCall, connectJsforce, createApiCall } from './salesforce-client.ts';

let sandbox: SalesforceSandbox;
let call: ApiCall;

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ world: createWorld({ accounts: 300 }) });
  call = createApiCall(sandbox);
});
afterAll(() => sandbox.close());

interface Job {
  readonly id: string;
  readonly state: string;
}

const start = async (query: string, operation = 'query'): Promise<Job> =>
  (await call('POST', '/jobs/query', { operation, query })).json as Job;
const finish = async (query: string, operation?: string): Promise<string> => {
  const { id } = await start(query, operation);
  await call('GET', `/jobs/query/${id}`);
  await call('GET', `/jobs/query/${id}`);
  return id;
};

describe('a query job', () => {
  it('shows its work over two polls and then its number of records', async () => {
    const { id, state } = await start('SELECT Id FROM Account');
    expect(state).toBe('UploadComplete');
    expect((await call('GET', `/jobs/query/${id}`)).json).toMatchObject({ state: 'InProgress' });
    expect((await call('GET', `/jobs/query/${id}/results`)).status).toBe(400);
    expect((await call('GET', `/jobs/query/${id}`)).json).toMatchObject({
      state: 'JobComplete',
      jobType: 'V2Query',
      numberRecordsProcessed: 300,
    });
  });

  it('gives its results page by page until the locator is the word null', async () => {
    const id = await finish('SELECT Id FROM Contact');
    const ids = new Set<string>();
    let locator: string | null = null;
    let pages = 0;
    do {
      const next: string = locator === null ? '' : `&locator=${locator}`;
      const page = await call('GET', `/jobs/query/${id}/results?maxRecords=250${next}`);
      const rows: { Id: string }[] = parse(page.text, { columns: true });
      expect(page.headers.get('sforce-numberofrecords')).toBe(String(rows.length));
      for (const row of rows) ids.add(row.Id);
      locator = page.headers.get('sforce-locator');
      pages += 1;
    } while (locator !== 'null');
    expect(ids.size).toBe(sandbox.org.records('Contact').length);
    expect(pages).toBe(Math.ceil(ids.size / 250));
  });

  it('gives the same page for the same locator', async () => {
    const id = await finish('SELECT Id FROM Contact');
    const first = await call('GET', `/jobs/query/${id}/results?maxRecords=10`);
    const path = `/jobs/query/${id}/results?maxRecords=10&locator=${first.headers.get('sforce-locator') ?? ''}`;
    expect((await call('GET', path)).text).toBe((await call('GET', path)).text);
  });

  it('quotes every cell, leaves nothing for null, and writes times with Z', async () => {
    const accountId = sandbox.org.insert('Account', { Name: 'Say "hi", world', AnnualRevenue: 139_000_000 });
    const id = await finish(
      `SELECT Name, AnnualRevenue, NumberOfEmployees, IsDeleted, Owner.Name, CreatedDate FROM Account WHERE Id = '${accountId}'`,
    );
    const { text } = await call('GET', `/jobs/query/${id}/results`);
    const [header, line] = text.trimEnd().split('\n');
    expect(header).toBe('"Name","AnnualRevenue","NumberOfEmployees","IsDeleted","Owner.Name","CreatedDate"');
    expect(line).toMatch(
      /^"Say ""hi"", world","1\.39E8","","false","[^"]+","\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z"$/,
    );
  });

  it('sees deleted records with queryAll only', async () => {
    sandbox.org.remove(sandbox.org.insert('Lead', { LastName: 'x', Company: 'y' }));
    const without = await finish('SELECT Id FROM Lead');
    const withDeleted = await finish('SELECT Id FROM Lead', 'queryAll');
    expect((await call('GET', `/jobs/query/${without}`)).json).toMatchObject({ numberRecordsProcessed: 0 });
    expect((await call('GET', `/jobs/query/${withDeleted}`)).json).toMatchObject({
      numberRecordsProcessed: 1,
    });
  });

  it('fails for compound fields, aggregates and children', async () => {
    for (const query of [
      'SELECT BillingAddress FROM Account',
      'SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry',
      'SELECT Id, (SELECT Id FROM Contacts) FROM Account',
    ]) {
      const id = await finish(query);
      expect((await call('GET', `/jobs/query/${id}`)).json).toMatchObject({ state: 'Failed' });
    }
  });

  it('is not made for a query that is wrong', async () => {
    const answer = await call('POST', '/jobs/query', {
      operation: 'query',
      query: 'SELECT Nope FROM Account',
    });
    expect(answer).toMatchObject({ status: 400, json: [{ errorCode: 'INVALID_FIELD' }] });
  });

  it('comes through jsforce when it has one page', async () => {
    const stream = await connectJsforce(sandbox).bulk2.query('SELECT Id, Name FROM Opportunity');
    const rows = (await stream.toArray()) as unknown[];
    expect(rows).toHaveLength(sandbox.org.records('Opportunity').length);
  });

  it('and all its polls and pages are reads', async () => {
    sandbox.calls.reset();
    const id = await finish('SELECT Id FROM Account');
    await call('GET', `/jobs/query/${id}/results`);
    expect(sandbox.calls.count('read')).toBe(4);
    expect(sandbox.calls.count('write')).toBe(0);
  });
});

describe('decimals', () => {
  it.each([
    [0, '0.0'],
    [1_000, '1000.0'],
    [12.5, '12.5'],
    [9_999_999, '9999999.0'],
    [10_000_000, '1.0E7'],
    [139_000_000, '1.39E8'],
    [-2_500_000_000.5, '-2.5000000005E9'],
    [0.0005, '5.0E-4'],
  ])('%d looks as Java prints it: %s', (value, printed) => {
    expect(printDouble(value)).toBe(printed);
    expect(Number(printed)).toBe(value);
  });
});
