import { assert, asyncProperty, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorld } from '#sandbox/world/create-world.ts';
import { type Answer, type Api, resultsOf, startPortal, textOf } from './api-client.ts';

const COMPANIES = '/crm/objects/2026-03/companies/search';

interface Filter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

const search = (api: Api, filters: readonly Filter[], more: object = {}, path = COMPANIES): Promise<Answer> =>
  api.post(path, { filterGroups: filters.length === 0 ? [] : [{ filters }], limit: 200, ...more });

const idsOf = ({ body }: Answer): string[] => resultsOf({ body }).map((row) => textOf(row['id']));

const namesFor = async (api: Api, filter: Filter): Promise<string[]> => {
  const { body } = await search(api, [filter], { properties: ['name'] });
  return resultsOf({ body }).map((row) => textOf(row['properties']?.['name']));
};

const threeCompanies = async (): Promise<Api> => {
  const api = await startPortal();
  const { portal } = api.sandbox;
  portal.insert('companies', { name: 'Acme Rockets', numberofemployees: 9, industry: 'RETAIL' });
  portal.insert('companies', { name: 'Zenith', numberofemployees: 100, industry: 'BANKING' });
  portal.insert('companies', { name: 'Nameless Void' });
  return api;
};

const descending = (propertyName: string) => ({ propertyName, direction: 'DESCENDING' });

describe('search operators', () => {
  it.each<[Filter, readonly string[]]>([
    [{ propertyName: 'name', operator: 'EQ', value: 'ZENITH' }, ['Zenith']],
    [{ propertyName: 'industry', operator: 'NEQ', value: 'RETAIL' }, ['Zenith']],
    [{ propertyName: 'numberofemployees', operator: 'GT', value: '10' }, ['Zenith']],
    [{ propertyName: 'numberofemployees', operator: 'LTE', value: '9' }, ['Acme Rockets']],
    [{ propertyName: 'numberofemployees', operator: 'GTE', value: '9' }, ['Acme Rockets', 'Zenith']],
    [{ propertyName: 'numberofemployees', operator: 'LT', value: '9' }, []],
    [
      { propertyName: 'numberofemployees', operator: 'BETWEEN', value: '9', highValue: '99' },
      ['Acme Rockets'],
    ],
    [{ propertyName: 'industry', operator: 'IN', values: ['BANKING', 'RETAIL'] }, ['Acme Rockets', 'Zenith']],
    [{ propertyName: 'industry', operator: 'NOT_IN', values: ['BANKING'] }, ['Acme Rockets']],
    [{ propertyName: 'industry', operator: 'HAS_PROPERTY' }, ['Acme Rockets', 'Zenith']],
    [{ propertyName: 'industry', operator: 'NOT_HAS_PROPERTY' }, ['Nameless Void']],
    [{ propertyName: 'name', operator: 'CONTAINS_TOKEN', value: 'rockets' }, ['Acme Rockets']],
    [{ propertyName: 'name', operator: 'CONTAINS_TOKEN', value: 'zen*' }, ['Zenith']],
    [{ propertyName: 'name', operator: 'NOT_CONTAINS_TOKEN', value: 'void' }, ['Acme Rockets', 'Zenith']],
  ])('%j', async (filter, names) => {
    expect(await namesFor(await threeCompanies(), filter)).toEqual(names);
  });

  it('needs lower-case operands for IN on text', async () => {
    const api = await threeCompanies();
    expect(await namesFor(api, { propertyName: 'name', operator: 'IN', values: ['Zenith'] })).toEqual([]);
    expect(await namesFor(api, { propertyName: 'name', operator: 'IN', values: ['zenith'] })).toEqual([
      'Zenith',
    ]);
  });

  it('joins filters of a group with and, groups with or', async () => {
    const api = await threeCompanies();
    const answer = await api.post(COMPANIES, {
      filterGroups: [
        {
          filters: [
            { propertyName: 'industry', operator: 'EQ', value: 'RETAIL' },
            { propertyName: 'numberofemployees', operator: 'GT', value: '50' },
          ],
        },
        { filters: [{ propertyName: 'industry', operator: 'EQ', value: 'BANKING' }] },
      ],
    });
    expect(answer.body['total']).toBe(1);
  });

  it('finds by association', async () => {
    const api = await threeCompanies();
    const { portal } = api.sandbox;
    const [company] = portal.records('companies');
    const contact = portal.insert('contacts', { lastname: 'Ada', associatedcompanyid: company?.id });
    portal.insert('contacts', { lastname: 'Bob' });
    const answer = await search(
      api,
      [{ propertyName: 'associations.company', operator: 'EQ', value: company?.id ?? '' }],
      {},
      '/crm/objects/2026-03/contacts/search',
    );
    expect(idsOf(answer)).toEqual([contact.id]);
  });

  it('finds by words of the default text properties', async () => {
    const api = await threeCompanies();
    expect(idsOf(await api.post(COMPANIES, { query: 'acme' }))).toHaveLength(1);
  });

  it('sorts by one property, and refuses two', async () => {
    const api = await threeCompanies();
    const { body } = await search(api, [], {
      sorts: [descending('numberofemployees')],
      properties: ['name'],
    });
    expect(body['results']?.['0']?.['properties']?.['name']).toBe('Zenith');
    expect((await search(api, [], { sorts: [descending('name'), descending('city')] })).status).toBe(400);
  });
});

const filters = (count: number): Filter[] =>
  Array.from({ length: count }, () => ({ propertyName: 'name', operator: 'HAS_PROPERTY' }));
const groups = (...counts: readonly number[]) => ({
  filterGroups: counts.map((count) => ({ filters: filters(count) })),
});

describe('search limits', () => {
  it.each([
    ['six groups', groups(1, 1, 1, 1, 1, 1)],
    ['seven filters in a group', groups(7)],
    ['nineteen filters', groups(6, 6, 6, 1)],
    ['a page of 201', { limit: 201 }],
    [
      'BETWEEN without a high value',
      { filterGroups: [{ filters: [{ propertyName: 'city', operator: 'BETWEEN', value: '1' }] }] },
    ],
    [
      'an unknown operator',
      { filterGroups: [{ filters: [{ propertyName: 'city', operator: 'LIKE', value: '1' }] }] },
    ],
    [
      'an unknown property',
      { filterGroups: [{ filters: [{ propertyName: 'nope', operator: 'EQ', value: '1' }] }] },
    ],
    ['a body over 3,000 characters', { query: 'x'.repeat(3000) }],
  ])('refuses %s', async (_name, body) => {
    const api = await startPortal();
    expect((await api.post(COMPANIES, body)).status).toBe(400);
  });

  it('takes five groups and eighteen filters', async () => {
    const api = await startPortal();
    expect((await api.post(COMPANIES, groups(6, 6, 4, 1, 1))).status).toBe(200);
  });

  it('never gives more than 10,000 results: the page after them is a 400', async () => {
    const api = await startPortal({ world: createWorld({ accounts: 10_050, peopleFactor: 0 }) });
    const last = await search(api, [], { after: '9800' });
    expect(last.status).toBe(200);
    expect(Number(last.body['total'])).toBe(10_050);
    expect(last.body['paging']?.['next']?.['after']).toBe('10000');
    expect((await search(api, [], { after: '10000' })).status).toBe(400);
  });
});

describe('the search index', () => {
  it('does not see a new record until it has caught up', async () => {
    let nowMs = Date.UTC(2026, 10, 1);
    const api = await startPortal({ searchLagMs: 5_000, now: () => nowMs });
    await api.post('/crm/objects/2026-03/companies', { properties: { name: 'Acme' } });
    expect(idsOf(await search(api, []))).toHaveLength(0);
    nowMs += 4_999;
    expect(idsOf(await search(api, []))).toHaveLength(0);
    nowMs += 1;
    expect(idsOf(await search(api, []))).toHaveLength(1);
  });

  it('matches what it knew and answers what is true now', async () => {
    let nowMs = Date.UTC(2026, 10, 1);
    const api = await startPortal({ searchLagMs: 5_000, now: () => nowMs });
    const { id } = api.sandbox.portal.insert('companies', { name: 'Before' });
    nowMs += 10_000;
    api.sandbox.portal.editAsHuman('companies', id, { name: 'After' });
    const answer = await search(api, [{ propertyName: 'name', operator: 'EQ', value: 'Before' }]);
    expect(answer.body['results']?.['0']).toMatchObject({ id, properties: { name: 'After' } });
  });

  it('does not see a new association until it has caught up', async () => {
    let nowMs = Date.UTC(2026, 10, 1);
    const api = await startPortal({ searchLagMs: 5_000, now: () => nowMs });
    const { portal } = api.sandbox;
    const company = portal.insert('companies', { name: 'Acme' });
    const contact = portal.insert('contacts', { lastname: 'Ada' });
    portal.settleIndex();
    nowMs += 1_000;
    portal.associate({ type: 'contacts', id: contact.id }, { type: 'companies', id: company.id });
    const byCompany = (): Promise<Answer> =>
      search(
        api,
        [{ propertyName: 'associations.company', operator: 'EQ', value: company.id }],
        {},
        '/crm/objects/2026-03/contacts/search',
      );
    expect(idsOf(await byCompany())).toHaveLength(0);
    nowMs += 5_000;
    expect(idsOf(await byCompany())).toEqual([contact.id]);
  });

  it('never shows archived records', async () => {
    const api = await threeCompanies();
    const [first] = api.sandbox.portal.records('companies');
    api.sandbox.portal.archive('companies', first?.id ?? '');
    expect(idsOf(await search(api, []))).toHaveLength(2);
  });

  it('can be told to catch up at once', async () => {
    const api = await startPortal({ searchLagMs: 3_600_000 });
    api.sandbox.portal.insert('companies', { name: 'Acme' });
    api.sandbox.portal.settleIndex();
    expect(idsOf(await search(api, []))).toHaveLength(1);
  });
});

describe('reading by id windows', () => {
  it('meets every record once, whatever the page size, although all have one modification date', async () => {
    let nowMs = Date.UTC(2026, 10, 1);
    const api = await startPortal({ now: () => (nowMs += 1) });
    const made = Array.from({ length: 137 }, (_, index) =>
      api.sandbox.portal.insert('companies', { name: `Company ${index}` }),
    ).map(({ id }) => id);
    api.sandbox.portal.touchAll('companies');
    const dates = api.sandbox.portal.records('companies').map(({ updatedAt }) => updatedAt.getTime());
    expect(new Set(dates).size).toBe(1);

    await assert(
      asyncProperty(integer({ min: 1, max: 200 }), async (limit) => {
        const seen: string[] = [];
        let last = '0';
        for (;;) {
          const page = idsOf(
            await search(
              api,
              [
                { propertyName: 'hs_lastmodifieddate', operator: 'LTE', value: String(dates[0]) },
                { propertyName: 'hs_object_id', operator: 'GT', value: last },
              ],
              { limit, sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }] },
            ),
          );
          if (page.length === 0) break;
          seen.push(...page);
          last = page.at(-1) ?? '';
        }
        expect(seen).toEqual(made);
      }),
      { numRuns: 12, examples: [[1], [137], [200]] },
    );
  });
});
