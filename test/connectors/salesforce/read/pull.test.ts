import { afterEach, describe, expect, it } from 'vitest';
import { toLongId } from '#connectors/salesforce/salesforce-id.ts';
import { ConfigError, ContractError, InterruptedError, UnavailableError } from '#errors/errors.ts';
import type { Crm, PullEnd, PullPage, PullRequest, RawRecord } from '#ports/crm.ts';
import {
  type Answer,
  connectTo,
  error,
  type FakeCall,
  type FakeSalesforce,
  startFakeSalesforce,
  USER_ID,
} from '../fake-salesforce.ts';

const DATE = 'Mon, 02 Nov 2026 08:00:05 GMT';
const STAMP = '2026-11-02T07:00:00.000+0000';

const idOf = (number: number): string => toLongId(`001A00000${String(number).padStart(6, '0')}`);
const row = (number: number, more: object = {}): object => ({
  attributes: { type: 'Account' },
  Id: idOf(number),
  SystemModstamp: STAMP,
  IsDeleted: false,
  MasterRecordId: null,
  Name: `Account ${number}`,
  NumberOfEmployees: number,
  ...more,
});
const rows = (from: number, to: number): object[] =>
  Array.from({ length: to - from }, (_value, index) => row(from + index));
const page = (records: readonly object[], totalSize = records.length, done = true) => ({
  body: {
    totalSize,
    done,
    records,
    ...(done ? {} : { nextRecordsUrl: '/services/data/v62.0/query/01g-2000' }),
  },
  headers: { date: DATE },
});
const soqlOf = (call: FakeCall | undefined): string => call?.query.get('q') ?? '';
const counted = (path: string, count: number): { body: object; headers: Record<string, string> } | null =>
  path.endsWith('/limits/recordCount')
    ? { body: { sObjects: [{ name: 'Account', count }] }, headers: { date: DATE } }
    : null;

const csvOf = (from: number, to: number): string =>
  [
    '"Id","SystemModstamp","IsDeleted","MasterRecordId","Name","NumberOfEmployees"',
    ...Array.from(
      { length: to - from },
      (_value, index) =>
        `"${idOf(from + index)}","2026-11-02T07:00:00.000Z","false","","Account ${from + index}","${from + index}"`,
    ),
  ].join('\n');

describe('pull', () => {
  let fake: FakeSalesforce;
  let crm: Crm;
  afterEach(async () => {
    await fake.close();
  });

  const start = async (answer: Answer): Promise<void> => {
    fake = await startFakeSalesforce({ answer });
    ({ crm } = connectTo(fake.url));
  };

  const pull = async (
    request: Partial<PullRequest> = {},
  ): Promise<{ records: RawRecord[]; pages: PullPage[]; end: PullEnd }> => {
    const generator = crm.pull({
      object: 'account',
      crmObject: 'Account',
      fields: ['Name', 'NumberOfEmployees'],
      cursor: null,
      skip: [],
      reread: [],
      ...request,
    });
    const pages: PullPage[] = [];
    for (;;) {
      const step = await generator.next();
      if (step.done === true)
        return { records: pages.flatMap(({ records }) => records), pages, end: step.value };
      pages.push(step.value);
    }
  };

  const queries = (): readonly string[] =>
    fake.calls.filter(({ path }) => path.endsWith('/queryAll')).map(soqlOf);

  it('puts the cursor ten minutes before the second in which the CRM began to answer', async () => {
    await start(({ path }) =>
      path.endsWith('/queryAll') ? page(rows(0, 1)) : path.endsWith('/recordCount') ? error(403, 'X') : null,
    );
    const { end } = await pull({ object: 'opportunity' });
    expect(end).toEqual({ cursor: '2026-11-02T07:50:05.000Z', counted: 1 });
  });

  it('takes the clock of the count when that was asked first', async () => {
    await start(({ path }) => {
      const count = counted(path, 1);
      if (count !== null) return { ...count, headers: { date: 'Mon, 02 Nov 2026 07:59:00 GMT' } };
      return path.endsWith('/queryAll') ? page(rows(0, 1)) : null;
    });
    expect((await pull()).end.cursor).toBe('2026-11-02T07:49:00.000Z');
  });

  it('goes on by the last id, closes its own pages, and stops at the count without an empty page', async () => {
    await start(({ path, query }) => {
      if (!path.endsWith('/queryAll')) return null;
      const after = /Id > '(\w+)'/.exec(query.get('q') ?? '')?.[1];
      if (after === undefined) return page(rows(0, 2000), 4000, false);
      return page(rows(2000, 4000), 2000);
    });
    const { records, end } = await pull();
    expect(new Set(records.map(({ id }) => id)).size).toBe(4000);
    expect(end.counted).toBe(4000);
    expect(queries()).toEqual([
      'SELECT Id, SystemModstamp, IsDeleted, MasterRecordId, Name, NumberOfEmployees FROM Account ORDER BY Id',
      `SELECT Id, SystemModstamp, IsDeleted, MasterRecordId, Name, NumberOfEmployees FROM Account WHERE Id > '${idOf(1999)}' ORDER BY Id LIMIT 2000`,
    ]);
    expect(crm.usage().read).toBe(2);
  });

  it('goes on when Salesforce makes pages smaller than asked for', async () => {
    await start(({ path, query }) => {
      if (!path.endsWith('/queryAll')) return null;
      const after = /Id > '(\w+)'/.exec(query.get('q') ?? '')?.[1];
      const from =
        after === undefined ? 0 : Array.from({ length: 500 }, (_v, i) => idOf(i)).indexOf(after) + 1;
      return page(rows(from, Math.min(500, from + 200)), 500 - from, from >= 300);
    });
    expect((await pull()).records).toHaveLength(500);
  });

  it('reads changes in the order of stamp and id and goes on behind both', async () => {
    await start(({ path, query }) => {
      if (!path.endsWith('/queryAll')) return null;
      return (query.get('q') ?? '').includes('Id >')
        ? page(rows(2000, 2500), 500)
        : page(rows(0, 2000), 2500, false);
    });
    const { records, end } = await pull({ cursor: '2026-11-01T00:00:00.000Z' });
    expect(records).toHaveLength(2500);
    expect(end.counted).toBeNull();
    const [first, second] = queries();
    expect(first).toContain('WHERE SystemModstamp >= 2026-11-01T00:00:00.000Z ORDER BY SystemModstamp, Id');
    expect(second).toContain(
      `(SystemModstamp > 2026-11-02T07:00:00.000Z OR (SystemModstamp = 2026-11-02T07:00:00.000Z AND Id > '${idOf(1999)}')) ORDER BY SystemModstamp, Id LIMIT 2000`,
    );
  });

  it('leaves out our own echoes by actor and window', async () => {
    await start(({ path }) => (path.endsWith('/queryAll') ? page([]) : null));
    const window = { from: '2026-11-01T01:00:00.000Z', to: '2026-11-01T01:00:09.999Z', rows: 500 };
    await pull({ cursor: '2026-11-01T00:00:00.000Z', skip: [window] });
    expect(queries()[0]).toContain(
      `(NOT (LastModifiedById = '${USER_ID}' AND SystemModstamp >= ${window.from}`,
    );
    expect(crm.usage().read).toBe(1);
  });

  it('marks deleted rows and tells into which one they were merged', async () => {
    const merged = row(1, { IsDeleted: true, MasterRecordId: idOf(2) });
    await start(({ path }) => (path.endsWith('/queryAll') ? page([merged, row(2)]) : null));
    const { records } = await pull();
    expect(records[0]).toMatchObject({ id: idOf(1), deleted: true, mergedInto: idOf(2) });
    expect(records[1]).toMatchObject({ id: idOf(2), deleted: false, mergedInto: null });
  });

  it('flattens a field of a parent under its dotted name, null when there is no parent', async () => {
    const describes: Readonly<Record<string, object>> = {
      Account: {
        name: 'Account',
        fields: [
          field('Id', 'id'),
          field('SystemModstamp', 'datetime'),
          { ...field('OwnerId', 'reference'), referenceTo: ['User'], relationshipName: 'Owner' },
        ],
      },
      User: { name: 'User', fields: [field('IsActive', 'boolean')] },
    };
    await start(({ path }) => {
      const object = /sobjects\/(\w+)\/describe$/.exec(path)?.[1];
      if (object !== undefined) return { body: describes[object] };
      return path.endsWith('/queryAll')
        ? page([
            { Id: idOf(1), SystemModstamp: STAMP, Owner: { attributes: {}, IsActive: false } },
            { Id: idOf(2), SystemModstamp: STAMP, Owner: null },
          ])
        : null;
    });
    const { records } = await pull({ fields: ['owner.isactive'] });
    expect(records.map(({ fields }) => fields)).toEqual([
      { 'owner.isactive': false },
      { 'owner.isactive': null },
    ]);
    expect(queries()[0]).toContain('Owner.IsActive');
  });

  it('names all missing fields at once', async () => {
    await start(() => null);
    const refused = pull({ fields: ['Name', 'Nope__c', 'Owner.Nope'] });
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow('Account has no field Nope__c, Owner.Nope');
  });

  it('puts a query that is too long for an address into a composite call', async () => {
    const names = Array.from({ length: 400 }, (_value, index) => `A_Field_With_A_Long_Name_${index}__c`);
    await start(({ path }) => {
      if (path.endsWith('/describe'))
        return {
          body: {
            name: 'Account',
            fields: [field('Id', 'id'), ...names.map((name) => field(name, 'string'))],
          },
        };
      if (!path.endsWith('/composite')) return null;
      const record = { Id: idOf(1), ...Object.fromEntries(names.map((name) => [name, name])) };
      return {
        body: {
          compositeResponse: [
            {
              body: { totalSize: 1, done: true, records: [record] },
              httpHeaders: {},
              httpStatusCode: 200,
              referenceId: 'page',
            },
          ],
        },
      };
    });
    const { records } = await pull({ fields: names });
    expect(records[0]?.fields['A_Field_With_A_Long_Name_399__c']).toBe('A_Field_With_A_Long_Name_399__c');
    expect(crm.usage().read).toBe(1);
  });

  it('asks for many ids in several calls, each id once', async () => {
    await start(({ path, query }) =>
      path.endsWith('/queryAll')
        ? page(
            [...(query.get('q') ?? '').matchAll(/'(\w{18})'/g)].map((match) => ({ ...row(1), Id: match[1] })),
          )
        : null,
    );
    const ids = Array.from({ length: 450 }, (_value, index) => idOf(index));
    const { records, end } = await pull({ ids: [...ids, ...ids, 'no id'], cursor: 'kept' });
    expect(records.map(({ id }) => id)).toEqual(ids);
    expect(end).toEqual({ cursor: 'kept', counted: null });
    expect(crm.usage().read).toBe(3);
  });

  it('reads only records in which a field has a value', async () => {
    await start(({ path }) => (path.endsWith('/queryAll') ? page([]) : null));
    await pull({ havingField: 'Key__c' });
    expect(queries()[0]).toContain('WHERE Key__c != null');
    expect(fake.calls.some(({ path }) => path.endsWith('recordCount'))).toBe(false);
  });

  it('does not take nonsense for a cursor', async () => {
    await start(() => null);
    await expect(pull({ cursor: "'; DROP" })).rejects.toThrow(ContractError);
  });

  describe('by bulk', () => {
    const JOB = '7500000000000001';
    const bulk = (results: readonly { csv: string; locator: string }[], total: number, polls = 1): Answer => {
      let looks = 0;
      let given = 0;
      return ({ method, path }) => {
        const count = counted(path, total);
        if (count !== null) return count;
        if (method === 'POST' && path.endsWith('/jobs/query'))
          return { body: { id: JOB, state: 'UploadComplete' }, headers: { date: DATE } };
        if (path.endsWith(`/jobs/query/${JOB}`)) {
          looks += 1;
          const state = looks >= polls ? 'JobComplete' : 'InProgress';
          return { body: { id: JOB, state, numberRecordsProcessed: total } };
        }
        if (!path.endsWith('/results')) return null;
        const result = results[given];
        given += 1;
        return { body: result?.csv ?? '', headers: { 'sforce-locator': result?.locator ?? 'null' } };
      };
    };

    it('takes a job when that needs fewer calls', async () => {
      await start(bulk([{ csv: csvOf(0, 7000), locator: 'null' }], 7000));
      const { records, end, pages } = await pull();
      expect(records).toHaveLength(7000);
      expect(end.counted).toBe(7000);
      expect(pages.length).toBeGreaterThan(1);
      expect(crm.usage().read).toBe(3);
    });

    it('gives the same records as REST', async () => {
      await start(bulk([{ csv: csvOf(0, 7000), locator: 'null' }], 7000));
      const byBulk = (await pull()).records.slice(0, 3);
      await fake.close();
      await start(({ path }) => (path.endsWith('/queryAll') ? page(rows(0, 3)) : null));
      expect((await pull()).records).toEqual(byBulk);
    });

    it('goes through all result pages', async () => {
      await start(
        bulk(
          [
            { csv: csvOf(0, 4000), locator: 'MDowR2FI' },
            { csv: csvOf(4000, 7000), locator: 'null' },
          ],
          7000,
        ),
      );
      expect(new Set((await pull()).records.map(({ id }) => id)).size).toBe(7000);
      const results = fake.calls.filter(({ path }) => path.endsWith('/results'));
      expect(results.map(({ query }) => query.get('locator'))).toEqual([null, 'MDowR2FI']);
    });

    it('waits by size before the first look, and longer after it', async () => {
      fake = await startFakeSalesforce({ answer: bulk([{ csv: csvOf(0, 7000), locator: 'null' }], 7000, 3) });
      const connected = connectTo(fake.url, {
        timings: { bulkFirstPollMs: 1000, bulkPollPerThousandMs: 100, bulkPollCapMs: 60_000 },
      });
      ({ crm } = connected);
      await pull();
      expect(connected.clock.sleeps).toEqual([1700, 2550, 3825]);
    });

    it('goes on by bulk behind the first page when only that told the size', async () => {
      const job = bulk([{ csv: csvOf(2000, 10_000), locator: 'null' }], 8000);
      await start((call, index) => {
        if (call.path.endsWith('/recordCount')) return counted(call.path, 10);
        if (call.path.endsWith('/queryAll')) return page(rows(0, 2000), 10_000, false);
        return job(call, index);
      });
      const { records, end } = await pull();
      expect(new Set(records.map(({ id }) => id)).size).toBe(10_000);
      expect(end.counted).toBe(10_000);
      expect(crm.usage().read).toBe(4);
      const create = fake.calls.find(({ method }) => method === 'POST');
      expect(JSON.parse(create?.body ?? '{}')).toMatchObject({
        operation: 'queryAll',
        query: expect.stringContaining(`WHERE Id > '${idOf(1999)}'`),
      });
    });

    it('takes accounts for many when the org does not tell', async () => {
      const job = bulk([{ csv: csvOf(0, 30), locator: 'null' }], 30);
      await start((call, index) =>
        call.path.endsWith('/recordCount') ? error(403, 'INSUFFICIENT_ACCESS') : job(call, index),
      );
      expect((await pull()).records).toHaveLength(30);
      expect(crm.usage().read).toBe(3);
    });

    it('reads page by page when the org refuses the job', async () => {
      await start(({ method, path, query }) => {
        const count = counted(path, 7000);
        if (count !== null) return count;
        if (method === 'POST') return error(400, 'FEATURENOTENABLED', 'Bulk is off');
        if (!path.endsWith('/queryAll')) return null;
        return (query.get('q') ?? '').includes('Id >')
          ? page(rows(2000, 2500), 500)
          : page(rows(0, 2000), 2500, false);
      });
      expect((await pull()).records).toHaveLength(2500);
    });

    it('reads page by page when the job fails', async () => {
      await start(({ method, path }) => {
        const count = counted(path, 7000);
        if (count !== null) return count;
        if (method === 'POST') return { body: { id: JOB, state: 'UploadComplete' } };
        if (path.endsWith(JOB)) return { body: { id: JOB, state: 'Failed', errorMessage: 'x' } };
        return path.endsWith('/queryAll') ? page(rows(0, 10)) : null;
      });
      expect((await pull()).records).toHaveLength(10);
    });

    it('takes a job when the query is too slow for a page', async () => {
      const job = bulk([{ csv: csvOf(0, 50), locator: 'null' }], 50);
      await start((call, index) =>
        call.path.endsWith('/queryAll')
          ? error(400, 'QUERY_TIMEOUT', 'running for too long')
          : job(call, index),
      );
      expect((await pull()).records).toHaveLength(50);
    });

    it('gives up when neither way works', async () => {
      await start(({ method, path }) => {
        if (method === 'POST') return error(400, 'FEATURENOTENABLED');
        return path.endsWith('/queryAll') ? error(400, 'QUERY_TIMEOUT') : null;
      });
      await expect(pull()).rejects.toThrow(UnavailableError);
    });

    it('does not take a column that Salesforce left out for empty', async () => {
      const csv = csvOf(0, 7000).replaceAll(/,"?(?:Name|Account \d+)"?/g, '');
      await start(bulk([{ csv, locator: 'null' }], 7000));
      await expect(pull()).rejects.toThrow('lacks the columns Name');
    });

    it('takes the word for no rows as no rows', async () => {
      await start(bulk([{ csv: 'Records not found for this query', locator: 'null' }], 7000));
      expect((await pull()).records).toEqual([]);
    });

    it('stops while it waits when it is told to', async () => {
      await start(bulk([], 7000));
      const controller = new AbortController();
      const stopped = pull({ signal: controller.signal });
      controller.abort();
      await expect(stopped).rejects.toThrow(InterruptedError);
    });
  });
});

function field(name: string, type: string): object {
  return { name, label: name, type, createable: true, updateable: true, filterable: true };
}
