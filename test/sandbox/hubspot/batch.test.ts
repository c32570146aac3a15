import { describe, expect, it } from 'vitest';
import { resultsOf, startPortal, textOf } from './api-client.ts';

const COMPANIES = '/crm/objects/2026-03/companies/batch';
const CONTACTS = '/crm/objects/2026-03/contacts/batch';

describe('batch update', () => {
  it('refuses the whole batch for one bad row when a trace id is missing', async () => {
    const api = await startPortal();
    const good = api.sandbox.portal.insert('companies', { name: 'Good' });
    const bad = api.sandbox.portal.insert('companies', { name: 'Bad' });
    const { status } = await api.post(`${COMPANIES}/update`, {
      inputs: [
        { id: good.id, properties: { city: 'Berlin' }, objectWriteTraceId: 'a' },
        { id: bad.id, properties: { industry: 'no such industry' } },
      ],
    });
    expect(status).toBe(400);
    expect(api.sandbox.portal.record('companies', good.id)?.properties).not.toHaveProperty('city');
  });

  it('refuses only the bad row when every row has a trace id', async () => {
    const api = await startPortal();
    const good = api.sandbox.portal.insert('companies', { name: 'Good' });
    const bad = api.sandbox.portal.insert('companies', { name: 'Bad' });
    const { status, body } = await api.post(`${COMPANIES}/update`, {
      inputs: [
        { id: good.id, properties: { city: 'Berlin' }, objectWriteTraceId: 'a' },
        { id: bad.id, properties: { industry: 'no such industry' }, objectWriteTraceId: 'b' },
      ],
    });
    expect(status).toBe(207);
    expect(body).toMatchObject({
      status: 'COMPLETE',
      numErrors: 1,
      results: [{ id: good.id, objectWriteTraceId: 'a' }],
      errors: [{ status: 'error', category: 'VALIDATION_ERROR', context: { objectWriteTraceId: ['b'] } }],
    });
    expect(api.sandbox.portal.record('companies', good.id)?.properties['city']).toBe('Berlin');
  });

  it('reports ids it does not have in a 207, without trace ids too', async () => {
    const api = await startPortal();
    const company = api.sandbox.portal.insert('companies', { name: 'Acme' });
    const { status, body } = await api.post(`${COMPANIES}/update`, {
      inputs: [
        { id: company.id, properties: { city: 'Berlin' } },
        { id: '123', properties: { city: 'Paris' } },
      ],
    });
    expect(status).toBe(207);
    expect(body['results']).toHaveLength(1);
    expect(body['errors']?.['0']).toMatchObject({ category: 'OBJECT_NOT_FOUND', context: { ids: ['123'] } });
  });

  it('drops a merged-away id without a word', async () => {
    const api = await startPortal();
    const { portal } = api.sandbox;
    const first = portal.insert('companies', { name: 'First' });
    const second = portal.insert('companies', { name: 'Second' });
    const survivor = portal.merge('companies', first.id, second.id);
    const { status, body } = await api.post(`${COMPANIES}/update`, {
      inputs: [
        { id: first.id, properties: { city: 'Berlin' }, objectWriteTraceId: 'a' },
        { id: survivor.id, properties: { zip: '10115' }, objectWriteTraceId: 'b' },
      ],
    });
    expect(status).toBe(200);
    expect(body['results']).toMatchObject([{ id: survivor.id }]);
    expect(body).not.toHaveProperty('errors');
    expect(portal.record('companies', survivor.id)?.properties).not.toHaveProperty('city');
  });

  it('refuses the same id twice', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('companies', { name: 'Acme' });
    const input = { id, properties: { city: 'Berlin' }, objectWriteTraceId: 'a' };
    const { status } = await api.post(`${COMPANIES}/update`, { inputs: [input, input] });
    expect(status).toBe(400);
  });

  it('refuses a key that is not unique, such as domain', async () => {
    const api = await startPortal();
    const { status, body } = await api.post(`${COMPANIES}/update`, {
      inputs: [{ id: 'acme.example', idProperty: 'domain', properties: { city: 'Berlin' } }],
    });
    expect(status).toBe(400);
    expect(body['message']).toBe(
      `Unable to perform update by non-unique 0-2 property domain in portal ID ${api.sandbox.portal.id}`,
    );
  });

  it('refuses more than 100 rows', async () => {
    const api = await startPortal();
    const inputs = Array.from({ length: 101 }, (_, index) => ({ id: String(index + 1), properties: {} }));
    expect((await api.post(`${COMPANIES}/update`, { inputs })).status).toBe(400);
  });

  it('refuses one row on demand, once', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('companies', { name: 'Acme' });
    api.sandbox.portal.refuseRow({ type: 'companies', id });
    const body = { inputs: [{ id, properties: { city: 'Berlin' }, objectWriteTraceId: 'a' }] };
    expect((await api.post(`${COMPANIES}/update`, body)).status).toBe(207);
    expect((await api.post(`${COMPANIES}/update`, body)).status).toBe(200);
  });
});

describe('batch create', () => {
  it('does not answer in the order of the rows', async () => {
    const api = await startPortal();
    const inputs = ['a', 'b', 'c'].map((name) => ({ properties: { name }, objectWriteTraceId: name }));
    const { status, body } = await api.post(`${COMPANIES}/create`, { inputs });
    expect(status).toBe(201);
    const traces = resultsOf({ body }).map((row) => textOf(row['objectWriteTraceId']));
    expect(traces).not.toEqual(['a', 'b', 'c']);
    expect(traces.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('makes nothing when one address is known and there are no trace ids', async () => {
    const api = await startPortal();
    api.sandbox.portal.insert('contacts', { email: 'ada@acme.example' });
    const { status } = await api.post(`${CONTACTS}/create`, {
      inputs: [{ properties: { email: 'new@acme.example' } }, { properties: { email: 'ada@acme.example' } }],
    });
    expect(status).toBe(409);
    expect(api.sandbox.portal.records('contacts')).toHaveLength(1);
  });

  it('makes the others when every row has a trace id, and names the existing contact', async () => {
    const api = await startPortal();
    const existing = api.sandbox.portal.insert('contacts', { email: 'ada@acme.example' });
    const { status, body } = await api.post(`${CONTACTS}/create`, {
      inputs: [
        { properties: { email: 'new@acme.example' }, objectWriteTraceId: '0' },
        { properties: { email: 'ada@acme.example' }, objectWriteTraceId: '1' },
      ],
    });
    expect(status).toBe(207);
    expect(body['errors']?.['0']).toMatchObject({
      category: 'CONFLICT',
      context: { objectWriteTraceId: ['1'], existingId: [existing.id] },
    });
  });

  it('refuses two rows of one batch with the same address', async () => {
    const api = await startPortal();
    const inputs = [1, 2].map(() => ({ properties: { email: 'ada@acme.example' } }));
    expect((await api.post(`${CONTACTS}/create`, { inputs })).status).toBe(409);
    expect(api.sandbox.portal.records('contacts')).toHaveLength(0);
  });
});

describe('batch upsert', () => {
  it('updates what it finds by a unique property and creates the rest', async () => {
    const api = await startPortal();
    await api.post('/crm/properties/2026-03/companies', {
      name: 'erp_id',
      label: 'ERP id',
      type: 'string',
      fieldType: 'text',
      groupName: 'companyinformation',
      hasUniqueValue: true,
    });
    const known = api.sandbox.portal.insert('companies', { name: 'Old', erp_id: 'e-1' });
    const { status, body } = await api.post(`${COMPANIES}/upsert`, {
      inputs: [
        { id: 'e-1', idProperty: 'erp_id', properties: { name: 'New' } },
        { id: 'e-2', idProperty: 'erp_id', properties: { name: 'Second' } },
      ],
    });
    expect(status).toBe(200);
    const rows = resultsOf({ body });
    expect(rows.find((row) => textOf(row['id']) === known.id)).toMatchObject({ new: false });
    expect(rows.filter((row) => textOf(row['new']) === 'true')).toHaveLength(1);
    expect(api.sandbox.portal.records('companies')).toHaveLength(2);
  });

  it('by address is all or nothing, trace ids or not', async () => {
    const api = await startPortal();
    const { status } = await api.post(`${CONTACTS}/upsert`, {
      inputs: [
        { id: 'a@acme.example', idProperty: 'email', properties: {}, objectWriteTraceId: 'a' },
        {
          id: 'b@acme.example',
          idProperty: 'email',
          properties: { hs_buying_role: 'BOSS' },
          objectWriteTraceId: 'b',
        },
      ],
    });
    expect(status).toBe(400);
    expect(api.sandbox.portal.records('contacts')).toHaveLength(0);
  });

  it('refuses the record id as a key', async () => {
    const api = await startPortal();
    const { status } = await api.post(`${COMPANIES}/upsert`, {
      inputs: [{ id: '1', idProperty: 'hs_object_id', properties: {} }],
    });
    expect(status).toBe(400);
  });
});

describe('batch read', () => {
  it('reports missing and archived ids together in a 207', async () => {
    const api = await startPortal();
    const kept = api.sandbox.portal.insert('contacts', { lastname: 'Kept' });
    const gone = api.sandbox.portal.insert('contacts', { lastname: 'Gone' });
    api.sandbox.portal.archive('contacts', gone.id);
    const { status, body } = await api.post(`${CONTACTS}/read`, {
      properties: ['lastname'],
      inputs: [{ id: kept.id }, { id: gone.id }, { id: '42' }],
    });
    expect(status).toBe(207);
    expect(body).toMatchObject({
      results: [{ id: kept.id }],
      numErrors: 1,
      errors: [
        {
          category: 'OBJECT_NOT_FOUND',
          message:
            'Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.',
          context: { ids: [gone.id, '42'] },
        },
      ],
    });
  });

  it('takes 100 ids, or 50 with history', async () => {
    const api = await startPortal();
    const inputs = Array.from({ length: 51 }, (_, index) => ({ id: String(index + 1) }));
    expect((await api.post(`${CONTACTS}/read`, { inputs })).status).toBe(207);
    expect((await api.post(`${CONTACTS}/read`, { inputs, propertiesWithHistory: ['email'] })).status).toBe(
      400,
    );
  });

  it('finds contacts by address', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('contacts', { email: 'ada@acme.example' });
    const { body } = await api.post(`${CONTACTS}/read`, {
      idProperty: 'email',
      inputs: [{ id: 'ADA@acme.example' }],
    });
    expect(body['results']?.['0']?.['id']).toBe(id);
  });
});

describe('batch archive', () => {
  it('answers 204 and takes the records out of lists', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('companies', { name: 'Acme' });
    expect((await api.post(`${COMPANIES}/archive`, { inputs: [{ id }, { id: '7' }] })).status).toBe(204);
    expect(api.sandbox.portal.records('companies')).toHaveLength(0);
    expect(api.sandbox.portal.archivedRecords('companies')).toHaveLength(1);
  });
});
