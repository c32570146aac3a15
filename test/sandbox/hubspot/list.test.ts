import { describe, expect, it } from 'vitest';
import { createWorld } from '#sandbox/world/create-world.ts';
import { type Api, resultsOf, startPortal, textOf } from './api-client.ts';

const COMPANIES = '/crm/objects/2026-03/companies';
const world = createWorld({ accounts: 250, asOf: new Date('2026-11-20T00:00:00Z') });

const walk = async (api: Api, path: string): Promise<string[]> => {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { body } = await api.get(`${path}${after === null ? '' : `&after=${after}`}`);
    for (const record of resultsOf({ body })) ids.push(textOf(record['id']));
    after = body['paging'] === undefined ? null : textOf(body['paging']['next']?.['after']);
  } while (after !== null);
  return ids;
};

const long = (length: number): string => `${COMPANIES}?properties=${'p'.repeat(length)}`;

describe('listing records', () => {
  it('gives every record once, in the order of the ids as numbers', async () => {
    const api = await startPortal({ world });
    const ids = await walk(api, `${COMPANIES}?limit=100`);
    expect(ids).toHaveLength(250);
    expect(new Set(ids).size).toBe(250);
    expect(ids).toEqual(ids.toSorted((left, right) => Number(left) - Number(right)));
  });

  it('has ids whose order as text is another one', async () => {
    const api = await startPortal({ world });
    const ids = await walk(api, `${COMPANIES}?limit=100`);
    expect(ids).not.toEqual(ids.toSorted());
  });

  it('gives a few default properties when none are named', async () => {
    const api = await startPortal({ world });
    const { body } = await api.get(`${COMPANIES}?limit=1`);
    expect(Object.keys(body['results']?.['0']?.['properties'] ?? {}).toSorted()).toEqual([
      'createdate',
      'domain',
      'hs_lastmodifieddate',
      'hs_object_id',
      'name',
    ]);
  });

  it('answers null for a property without a value and nothing for an unknown one', async () => {
    const api = await startPortal();
    api.sandbox.portal.insert('companies', { name: 'Acme' });
    const { body } = await api.get(`${COMPANIES}?properties=industry,no_such_property`);
    const properties = body['results']?.['0']?.['properties'];
    expect(properties).toHaveProperty('industry', null);
    expect(properties).not.toHaveProperty('no_such_property');
  });

  it('refuses a page of more than 100', async () => {
    const api = await startPortal();
    const answer = await api.get(`${COMPANIES}?limit=101`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
  });

  it('refuses a page of more than 50 when the history is asked for', async () => {
    const api = await startPortal();
    expect((await api.get(`${COMPANIES}?limit=51&propertiesWithHistory=name`)).status).toBe(400);
    expect((await api.get(`${COMPANIES}?limit=50&propertiesWithHistory=name`)).status).toBe(200);
  });

  it('shows archived records only when asked for them, and then only them', async () => {
    const api = await startPortal();
    const kept = api.sandbox.portal.insert('companies', { name: 'Kept' });
    const gone = api.sandbox.portal.insert('companies', { name: 'Gone' });
    api.sandbox.portal.archive('companies', gone.id);
    expect(await walk(api, `${COMPANIES}?limit=10`)).toEqual([kept.id]);
    const { body } = await api.get(`${COMPANIES}?archived=true`);
    expect(body['results']?.['0']).toMatchObject({ id: gone.id, archived: true });
    expect(body['results']?.['0']).toHaveProperty('archivedAt');
  });

  it('shows associations with both the primary and the plain type', async () => {
    const api = await startPortal();
    const company = api.sandbox.portal.insert('companies', { name: 'Acme' });
    const contact = api.sandbox.portal.insert('contacts', {
      email: 'a@acme.example',
      associatedcompanyid: company.id,
    });
    const { body } = await api.get('/crm/objects/2026-03/contacts?associations=companies');
    expect(body['results']?.['0']).toMatchObject({
      id: contact.id,
      associations: {
        companies: {
          results: expect.arrayContaining([
            { id: company.id, type: 'contact_to_company' },
            { id: company.id, type: 'contact_to_company_unlabeled' },
          ]),
        },
      },
    });
  });

  it('says where to go on when a record has more associations than it shows', async () => {
    const api = await startPortal();
    const { portal } = api.sandbox;
    const company = portal.insert('companies', { name: 'Acme' });
    for (let index = 0; index < 130; index += 1)
      portal.insert('contacts', { lastname: `Person ${index}`, associatedcompanyid: company.id });
    const { body } = await api.get(`${COMPANIES}?associations=contacts`);
    const after = body['results']?.['0']?.['associations']?.['contacts']?.['paging']?.['next']?.['after'];
    const rest = await api.get(`${COMPANIES}/${company.id}/associations/contacts?after=${textOf(after)}`);
    expect(rest.body['results']).toHaveLength(30);
  });

  it('answers 414 to a query string over 8 KiB, also over Node’s own 16', async () => {
    const api = await startPortal();
    expect((await api.get(long(8200))).status).toBe(414);
    expect((await api.get(long(40_000))).status).toBe(414);
    expect((await api.get(long(8000))).status).toBe(200);
  });

  it('leaves out zero milliseconds and keeps others', async () => {
    let nowMs = Date.UTC(2026, 10, 1, 12, 0, 0);
    const api = await startPortal({ now: () => nowMs });
    api.sandbox.portal.insert('companies', { name: 'Even' });
    nowMs += 123;
    api.sandbox.portal.insert('companies', { name: 'Odd' });
    const { body } = await api.get(COMPANIES);
    expect(body['results']?.['0']?.['createdAt']).toBe('2026-11-01T12:00:00Z');
    expect(body['results']?.['1']?.['createdAt']).toBe('2026-11-01T12:00:00.123Z');
  });
});
