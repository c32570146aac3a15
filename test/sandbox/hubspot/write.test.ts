import { describe, expect, it } from 'vitest';
import { startPortal, textOf } from './api-client.ts';

const COMPANIES = '/crm/objects/2026-03/companies';
const CONTACTS = '/crm/objects/2026-03/contacts';
const TASKS = '/crm/objects/2026-03/tasks';

describe('writing one record', () => {
  it('creates with 201 and answers what was written', async () => {
    const api = await startPortal();
    const { status, body } = await api.post(COMPANIES, { properties: { name: 'Acme', city: 'Berlin' } });
    expect(status).toBe(201);
    expect(body).toMatchObject({ archived: false, properties: { name: 'Acme', city: 'Berlin' } });
    expect(body['properties']?.['hs_object_id']).toBe(body['id']);
  });

  it('does not find duplicates of a company by its domain', async () => {
    const api = await startPortal();
    const first = await api.post(COMPANIES, { properties: { domain: 'acme.example' } });
    const second = await api.post(COMPANIES, { properties: { domain: 'acme.example' } });
    expect([first.status, second.status]).toEqual([201, 201]);
  });

  it('keeps the bare host of a domain', async () => {
    const api = await startPortal();
    const { body } = await api.post(COMPANIES, {
      properties: { domain: 'https://www.Acme.example/about?x=1' },
    });
    expect(body['properties']?.['domain']).toBe('acme.example');
  });

  it('answers 409 with the existing id to a contact whose address is known', async () => {
    const api = await startPortal();
    const existing = api.sandbox.portal.insert('contacts', { email: 'ada@acme.example' });
    const { status, body } = await api.post(CONTACTS, { properties: { email: ' ADA@acme.example' } });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      category: 'CONFLICT',
      message: `Contact already exists. Existing ID: ${existing.id}`,
    });
  });

  it('answers 400 to a change that would take another contact’s address', async () => {
    const api = await startPortal();
    const first = api.sandbox.portal.insert('contacts', { email: 'ada@acme.example' });
    const second = api.sandbox.portal.insert('contacts', { email: 'bob@acme.example' });
    const { status, body } = await api.patch(`${CONTACTS}/${second.id}`, {
      properties: { email: 'ada@acme.example' },
    });
    expect(status).toBe(400);
    expect(textOf(body['message'])).toContain(`on ${second.id}. ${first.id} already has that value.`);
  });

  it('clears a value with an empty string', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('companies', { name: 'Acme', city: 'Berlin' });
    const { body } = await api.patch(`${COMPANIES}/${id}`, { properties: { city: '' } });
    expect(body['properties']?.['city']).toBeNull();
  });

  it('leaves the modification date alone when nothing changes', async () => {
    let nowMs = Date.UTC(2026, 10, 1);
    const api = await startPortal({ now: () => nowMs });
    const { id } = api.sandbox.portal.insert('companies', { name: 'Acme' });
    nowMs += 60_000;
    const same = await api.patch(`${COMPANIES}/${id}`, { properties: { name: 'Acme' } });
    expect(same.body['properties']?.['hs_lastmodifieddate']).toBe('2026-11-01T00:00:00Z');
    const other = await api.patch(`${COMPANIES}/${id}`, { properties: { name: 'Acme AG' } });
    expect(other.body['properties']?.['hs_lastmodifieddate']).toBe('2026-11-01T00:01:00Z');
  });

  it('keeps a contact’s modification date under its own name', async () => {
    const api = await startPortal();
    const { body } = await api.post(CONTACTS, { properties: { lastname: 'Lovelace' } });
    expect(body['properties']).toHaveProperty('lastmodifieddate');
    expect(body['properties']).not.toHaveProperty('hs_lastmodifieddate');
  });

  it('does not move a lifecycle stage back, without a word, until it is cleared', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('companies', { lifecyclestage: 'customer' });
    const back = { properties: { lifecyclestage: 'lead' } };
    expect((await api.patch(`${COMPANIES}/${id}`, back)).status).toBe(200);
    expect(api.sandbox.portal.record('companies', id)?.properties['lifecyclestage']).toBe('customer');
    await api.patch(`${COMPANIES}/${id}`, { properties: { lifecyclestage: '' } });
    await api.patch(`${COMPANIES}/${id}`, back);
    expect(api.sandbox.portal.record('companies', id)?.properties['lifecyclestage']).toBe('lead');
  });

  it('refuses a task without a due date', async () => {
    const api = await startPortal();
    const { status, body } = await api.post(TASKS, { properties: { hs_task_subject: 'Call' } });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      message: 'Error creating TASK. Some required properties were not set.',
      context: { properties: ['hs_timestamp'] },
    });
  });

  it('creates a task together with its associations, which the company then counts', async () => {
    const api = await startPortal();
    const { portal } = api.sandbox;
    const company = portal.insert('companies', { name: 'Acme' });
    const { status, body } = await api.post(TASKS, {
      properties: {
        hs_timestamp: '2026-12-01T09:00:00Z',
        hs_task_subject: 'Call',
        hs_task_status: 'NOT_STARTED',
      },
      associations: [
        {
          to: { id: company.id },
          types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 192 }],
        },
      ],
    });
    expect(status).toBe(201);
    expect(portal.associations({ type: 'companies', id: company.id }, 'tasks')).toEqual([
      { id: textOf(body['id']), typeIds: [191] },
    ]);
    expect(portal.record('companies', company.id)?.properties['notes_next_activity_date']).toBe(
      '2026-12-01T09:00:00Z',
    );
  });

  it('refuses an association type that starts at another object', async () => {
    const api = await startPortal();
    const company = api.sandbox.portal.insert('companies', { name: 'Acme' });
    const { status } = await api.post(TASKS, {
      properties: { hs_timestamp: '2026-12-01T09:00:00Z' },
      associations: [
        {
          to: { id: company.id },
          types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 341 }],
        },
      ],
    });
    expect(status).toBe(400);
    expect(api.sandbox.portal.records('tasks')).toHaveLength(0);
  });

  it('answers 404 for a record that is archived, and finds it with archived=true', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('companies', { name: 'Acme' });
    expect((await api.delete(`${COMPANIES}/${id}`)).status).toBe(204);
    expect((await api.delete(`${COMPANIES}/${id}`)).status).toBe(204);
    expect((await api.get(`${COMPANIES}/${id}`)).status).toBe(404);
    expect((await api.patch(`${COMPANIES}/${id}`, { properties: { name: 'x' } })).status).toBe(404);
    expect((await api.get(`${COMPANIES}/${id}?archived=true`)).status).toBe(200);
  });

  it('gives an archived contact’s address to the next who asks', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('contacts', { email: 'ada@acme.example' });
    api.sandbox.portal.archive('contacts', id);
    expect((await api.post(CONTACTS, { properties: { email: 'ada@acme.example' } })).status).toBe(201);
  });

  it('tells a person’s edit from a program’s in the history', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('companies', { name: 'Acme' });
    await api.patch(`${COMPANIES}/${id}`, { properties: { name: 'Acme AG' } });
    api.sandbox.portal.editAsHuman('companies', id, { name: 'Acme SE' });
    const { body } = await api.get(`${COMPANIES}/${id}?propertiesWithHistory=name`);
    expect(body['propertiesWithHistory']?.['name']).toMatchObject([
      { value: 'Acme SE', sourceType: 'CRM_UI' },
      { value: 'Acme AG', sourceType: 'INTEGRATION' },
      { value: 'Acme', sourceType: 'CRM_UI' },
    ]);
  });

  it('answers 400 to an object type it does not have', async () => {
    const api = await startPortal();
    const { status, body } = await api.get('/crm/objects/2026-03/gizmos');
    expect(status).toBe(400);
    expect(body['message']).toBe('Unable to infer object type from: gizmos');
  });

  it('answers 400 to a body that is no JSON', async () => {
    const api = await startPortal();
    const response = await fetch(`${api.sandbox.url}${COMPANIES}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.sandbox.token}`, 'content-type': 'application/json' },
      body: '{"properties":',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ category: 'VALIDATION_ERROR' });
  });
});
