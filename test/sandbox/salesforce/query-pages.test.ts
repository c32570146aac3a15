import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { createWorld } from '#sandbox/world/create-world.ts';
import { catchApiError, connectJsforce, createApiCall } from './salesforce-client.ts';

let sandbox: SalesforceSandbox;
let connection: Connection;

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ world: createWorld({ accounts: 2_100 }) });
  connection = connectJsforce(sandbox);
});
afterAll(() => sandbox.close());

interface Page {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly { readonly Id: string }[];
}

describe('pages of a query', () => {
  it('hold 2,000 records and lead through all of them', async () => {
    const ids = new Set<string>();
    let page = await connection.query<{ Id: string }>('SELECT Id FROM Contact');
    const total = page.totalSize;
    let pages = 1;
    for (const record of page.records) ids.add(record.Id);
    expect(page.records).toHaveLength(2_000);
    while (!page.done && page.nextRecordsUrl !== undefined) {
      page = await connection.queryMore<{ Id: string }>(page.nextRecordsUrl);
      pages += 1;
      for (const record of page.records) ids.add(record.Id);
    }
    expect(ids.size).toBe(total);
    expect(total).toBe(sandbox.org.records('Contact').length);
    expect(pages).toBe(Math.ceil(total / 2_000));
  });

  it('are as small as asked for, down to 200', async () => {
    const call = createApiCall(sandbox);
    const size = async (wish: string): Promise<number> => {
      const headers = { 'Sforce-Query-Options': `batchSize=${wish}` };
      const { json } = await call('GET', '/query?q=SELECT+Id+FROM+Contact', undefined, headers);
      return (json as Page).records.length;
    };
    expect(await size('500')).toBe(500);
    expect(await size('10')).toBe(200);
    expect(await size('9999')).toBe(2_000);
  });

  it('are smaller than asked for when rows are wide', async () => {
    const { records } = await connection.query('SELECT Id, Description FROM Contact');
    expect(records).toHaveLength(1_000);
  });

  it('show records as they were when the query began', async () => {
    const first = await connection.query<{ Id: string; Title: string | null }>(
      'SELECT Id, Title FROM Contact ORDER BY Id',
    );
    const last = sandbox.org.records('Contact').at(-1)?.['Id'];
    sandbox.org.editAsHuman('Contact', String(last), { Title: 'Changed meanwhile' });
    let page = first;
    while (!page.done && page.nextRecordsUrl !== undefined)
      page = await connection.queryMore(page.nextRecordsUrl);
    expect(page.records.at(-1)?.Title).not.toBe('Changed meanwhile');
  });

  it('are gone when ten newer queries of the user are open', async () => {
    const first = await connection.query('SELECT Id FROM Contact');
    for (let index = 0; index < 10; index += 1) await connection.query('SELECT Id FROM Contact');
    const error = await catchApiError(connection.queryMore(first.nextRecordsUrl ?? ''));
    expect(error).toEqual({ errorCode: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' });
  });

  it('cost one read each', async () => {
    sandbox.calls.reset();
    const first = await connection.query('SELECT Id FROM Account');
    await connection.queryMore(first.nextRecordsUrl ?? '');
    expect(sandbox.calls.count('read')).toBe(2);
    await connection.query('SELECT Id FROM User');
    expect(sandbox.calls.count('read')).toBe(2);
  });
});

describe('the world', () => {
  it('becomes accounts whose owners, parents and contacts hang together', async () => {
    const orphans = await connection.query(
      'SELECT COUNT() FROM Contact WHERE AccountId != null AND Account.Name = null',
    );
    expect(orphans.totalSize).toBe(0);
    const owned = await connection.query('SELECT COUNT() FROM Account WHERE Owner.Name != null');
    expect(owned.totalSize).toBe(sandbox.org.records('Account').length);
  });

  it('has won deals only in stages that count as won', async () => {
    const { records } = await connection.query(
      "SELECT StageName, IsClosed, IsWon FROM Opportunity WHERE IsWon = true AND StageName != 'Closed Won'",
    );
    expect(records).toEqual([]);
    const won = await connection.query('SELECT COUNT() FROM Opportunity WHERE IsWon = true');
    expect(won.totalSize).toBeGreaterThan(0);
  });

  it('was made in the past, and stamps have no milliseconds', () => {
    const stamps = sandbox.org.records('Account').map((row) => String(row['SystemModstamp']));
    expect(stamps.every((stamp) => stamp.endsWith('.000+0000'))).toBe(true);
    expect(new Set(stamps).size).toBeGreaterThan(100);
  });
});
