import { describe, expect, it } from 'vitest';
import { startPortal } from './api-client.ts';

describe('API versions', () => {
  it.each([
    '/crm/v3/objects/companies',
    '/crm/v3/objects/0-2',
    '/crm/objects/2025-09/companies',
    '/crm/objects/2026-03/company',
    '/crm/objects/2026-09/0-2',
  ])('%s answers the same', async (path) => {
    const api = await startPortal();
    api.sandbox.portal.insert('companies', { name: 'Acme' });
    const { status, body } = await api.get(path);
    expect(status).toBe(200);
    expect(body['results']?.['0']?.['properties']?.['name']).toBe('Acme');
  });

  it('answers 404 to a version that does not exist', async () => {
    const api = await startPortal();
    expect((await api.get('/crm/objects/2031-03/companies')).status).toBe(404);
  });

  it('holds writes to the create form only from 2026-09 on', async () => {
    const api = await startPortal();
    api.sandbox.portal.requireOnCreate('companies', ['domain']);
    const body = { properties: { name: 'Acme' } };
    expect((await api.post('/crm/objects/2026-03/companies', body)).status).toBe(201);
    const refused = await api.post('/crm/objects/2026-09/companies', body);
    expect(refused.status).toBe(400);
    expect(refused.body['errors']?.['0']).toMatchObject({
      code: 'MISSING_REQUIRED_PROPERTY',
      context: { propertyName: ['domain'] },
    });
  });

  it('holds changes to conditional rules only from 2026-09 on', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('deals', { dealname: 'Big one' });
    api.sandbox.portal.requireWhen('deals', {
      when: { property: 'dealstage', equals: 'closedlost' },
      requires: 'closed_lost_reason',
    });
    const body = { properties: { dealstage: 'closedlost' } };
    const refused = await api.patch(`/crm/objects/2026-09/deals/${id}`, body);
    expect(refused.body['errors']?.['0']?.['code']).toBe('MISSING_CONDITIONAL_REQUIRED_PROPERTY');
    expect((await api.patch(`/crm/objects/2026-03/deals/${id}`, body)).status).toBe(200);
  });

  it('refuses only the rows that break a rule when every row has a trace id', async () => {
    const api = await startPortal();
    api.sandbox.portal.requireOnCreate('companies', ['domain']);
    const { status, body } = await api.post('/crm/objects/2026-09/companies/batch/create', {
      inputs: [
        { properties: { name: 'A', domain: 'a.example' }, objectWriteTraceId: 'a' },
        { properties: { name: 'B' }, objectWriteTraceId: 'b' },
      ],
    });
    expect(status).toBe(207);
    expect(body['errors']?.['0']?.['context']?.['objectWriteTraceId']).toEqual(['b']);
  });
});
