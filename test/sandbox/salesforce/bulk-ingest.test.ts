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

interface Job {
  readonly id: string;
  readonly state: string;
  readonly errorMessage?: string;
  readonly numberRecordsProcessed: number;
  readonly numberRecordsFailed: number;
}

const open = async (settings: Readonly<Record<string, string>>): Promise<string> => {
  const { json } = await call('POST', '/jobs/ingest', { object: 'Account', ...settings });
  return (json as Job).id;
};
const upload = (id: string, csv: string) => call('PUT', `/jobs/ingest/${id}/batches`, csv);
const close = (id: string) => call('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
const check = async (id: string): Promise<Job> => (await call('GET', `/jobs/ingest/${id}`)).json as Job;
const finish = async (id: string): Promise<Job> => {
  await check(id);
  return check(id);
};
const run = async (settings: Readonly<Record<string, string>>, csv: string): Promise<Job> => {
  const id = await open(settings);
  await upload(id, csv);
  await close(id);
  return finish(id);
};
const results = async (id: string, kind: string): Promise<string[]> =>
  (await call('GET', `/jobs/ingest/${id}/${kind}`)).text.trimEnd().split('\n');

describe('an ingest job', () => {
  it('is opened, filled once, closed and seen at work before it is done', async () => {
    const created = await call('POST', '/jobs/ingest', { object: 'Account', operation: 'insert' });
    const { id } = created.json as Job;
    expect(created.json).toMatchObject({
      state: 'Open',
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: 62,
      contentUrl: `services/data/v62.0/jobs/ingest/${id}/batches`,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    });
    expect(await upload(id, 'Name\nAcme\n')).toMatchObject({ status: 201, text: '' });
    expect(await upload(id, 'Name\nAgain\n')).toMatchObject({
      status: 400,
      json: [{ errorCode: 'InvalidBatch' }],
    });
    expect((await close(id)).json).toMatchObject({ state: 'UploadComplete' });
    expect((await check(id)).state).toBe('InProgress');
    expect(await check(id)).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 1,
      numberRecordsFailed: 0,
    });
  });

  it('writes its rows even when nobody polls it', async () => {
    const id = await open({ operation: 'insert' });
    await upload(id, 'Name\nAcme\n');
    await close(id);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    expect(sandbox.org.records('Account')).toHaveLength(1);
  });

  it('that was aborted before it ran writes nothing and gives the rows back', async () => {
    const id = await open({ operation: 'insert' });
    await upload(id, 'Name\nAcme\n');
    await call('PATCH', `/jobs/ingest/${id}`, { state: 'Aborted' });
    expect((await check(id)).state).toBe('Aborted');
    expect(await results(id, 'unprocessedrecords')).toEqual(['Name', 'Acme']);
    expect(sandbox.org.records('Account')).toEqual([]);
  });

  it('is done with rows that failed, each told in its own file and in another order', async () => {
    const ids = ['A', 'B', 'C', 'D'].map((Name) => sandbox.org.insert('Account', { Name }));
    const long = 'x'.repeat(256);
    const job = await run(
      { operation: 'update' },
      `Id,Name,NumberOfEmployees\n${ids[0]},A2,1\n${ids[1]},${long},2\n${ids[2]},C2,many\n${ids[3]},D2,4\n`,
    );
    expect(job).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 4, numberRecordsFailed: 2 });
    const good = await results(job.id, 'successfulResults');
    expect(good[0]).toBe('"sf__Id","sf__Created","Id","Name","NumberOfEmployees"');
    expect(good.slice(1)).toEqual([
      `"${ids[3]}","false","${ids[3]}","D2","4"`,
      `"${ids[0]}","false","${ids[0]}","A2","1"`,
    ]);
    const bad = await results(job.id, 'failedResults');
    expect(bad[0]).toBe('"sf__Id","sf__Error","Id","Name","NumberOfEmployees"');
    expect(bad.join('\n')).toContain(
      `STRING_TOO_LONG:Account Name: data value too large: ${long} (max length=255):Name --`,
    );
    expect(bad.join('\n')).toContain('INVALID_TYPE_ON_FIELD_IN_RECORD');
    expect(await results(job.id, 'unprocessedrecords')).toEqual(['"Id","Name","NumberOfEmployees"']);
  });
});

describe('the cells of an upload', () => {
  it('leave a field alone when empty and clear it with #N/A', async () => {
    const id = sandbox.org.insert('Account', { Name: 'A', Industry: 'Banking', Phone: '1' });
    await run({ operation: 'update' }, `Id,Industry,Phone\n${id},,#N/A\n`);
    expect(sandbox.org.find('Account', id)).toMatchObject({ Industry: 'Banking', Phone: null });
  });

  it('may hold delimiters, quotes and line breaks', async () => {
    await run({ operation: 'insert' }, 'Name,Description\n"a, ""b""","one\ntwo"\n');
    expect(sandbox.org.records('Account')[0]).toMatchObject({ Name: 'a, "b"', Description: 'one\ntwo' });
  });

  it('are split at the delimiter and the line ending of the job', async () => {
    await run(
      { operation: 'insert', columnDelimiter: 'SEMICOLON', lineEnding: 'CRLF' },
      'Name;Industry\r\nAcme;Banking\r\n',
    );
    expect(sandbox.org.records('Account')[0]).toMatchObject({ Name: 'Acme', Industry: 'Banking' });
  });

  it('name a parent by its external id', async () => {
    const { org } = sandbox;
    org.createField('Account.Key__c', { label: 'Key', type: 'Text', length: 20, externalId: true });
    org.grant({ fields: ['Account.Key__c'] });
    const id = org.insert('Account', { Name: 'A', Key__c: 'k' });
    await run({ object: 'Contact', operation: 'insert' }, 'LastName,Account.Key__c\nDoe,k\n');
    expect(org.records('Contact')[0]?.['AccountId']).toBe(id);
  });
});

describe('a job fails as a whole', () => {
  it('when lines do not end as it said', async () => {
    expect(await run({ operation: 'insert' }, 'Name\r\nAcme\r\n')).toMatchObject({
      state: 'Failed',
      errorMessage: 'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
    });
  });

  it('when a column is unknown or invisible', async () => {
    sandbox.org.createField('Account.Hidden__c', { label: 'Hidden', type: 'Text', length: 20 });
    expect(await run({ operation: 'insert' }, 'Name,Hidden__c\nAcme,x\n')).toMatchObject({
      state: 'Failed',
      errorMessage: 'InvalidBatch : Field name not found : Hidden__c',
    });
    expect(sandbox.org.records('Account')).toEqual([]);
  });

  it('but not for an unknown column in an org that ignores those', async () => {
    await sandbox.close();
    sandbox = await startSalesforceSandbox({ quirks: { bulkUnknownColumn: 'ignore' } });
    call = createApiCall(sandbox);
    expect(await run({ operation: 'insert' }, 'Name,Nope\nAcme,x\n')).toMatchObject({ state: 'JobComplete' });
  });
});

describe('the other operations', () => {
  it('upsert tells the created from the updated', async () => {
    const { org } = sandbox;
    org.createField('Account.Key__c', {
      label: 'Key',
      type: 'Text',
      length: 20,
      externalId: true,
      unique: true,
    });
    org.grant({ fields: ['Account.Key__c'] });
    org.insert('Account', { Name: 'old', Key__c: 'a' });
    const job = await run(
      { operation: 'upsert', externalIdFieldName: 'Key__c' },
      'Key__c,Name\na,A\nb,B\nb,again\n',
    );
    expect(job).toMatchObject({ numberRecordsProcessed: 3, numberRecordsFailed: 1 });
    const good = (await results(job.id, 'successfulResults')).join('\n');
    expect(good).toContain('"false","a","A"');
    expect(good).toContain('"true","b","B"');
    expect((await results(job.id, 'failedResults')).join('\n')).toContain(
      'Duplicate external id specified: b',
    );
  });

  it('delete removes by id', async () => {
    const id = sandbox.org.insert('Account', { Name: 'A' });
    await run({ operation: 'delete' }, `Id\n${id}\n`);
    expect(sandbox.org.records('Account')).toEqual([]);
  });

  it('work through jsforce, for ten thousand rows', async () => {
    const connection = connectJsforce(sandbox);
    const input = Array.from({ length: 10_000 }, (_one, index) => ({ Name: `A${index}` }));
    const answer = await connection.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'insert',
      input,
    });
    expect(answer.successfulResults).toHaveLength(10_000);
    expect(answer.failedResults).toEqual([]);
    expect(sandbox.org.records('Account')).toHaveLength(10_000);
  });
});
