import { describe, expect, it } from 'vitest';
import { startPortal, textOf } from './api-client.ts';

const COMPANIES = '/crm/objects/2026-03/companies';

describe('merging records', () => {
  it('makes a new record with a new id that remembers both old ones', async () => {
    const api = await startPortal();
    const { portal } = api.sandbox;
    const first = portal.insert('companies', { name: 'First', city: 'Berlin' });
    const second = portal.insert('companies', { name: 'Second', zip: '10115' });
    const { status, body } = await api.post(`${COMPANIES}/merge`, {
      primaryObjectId: first.id,
      objectIdToMerge: second.id,
    });
    expect(status).toBe(200);
    const id = textOf(body['id']);
    expect([first.id, second.id]).not.toContain(id);
    expect(portal.record('companies', id)?.properties).toMatchObject({
      name: 'First',
      city: 'Berlin',
      zip: '10115',
      hs_merged_object_ids: `${first.id};${second.id}`,
    });
    expect(portal.records('companies').map((record) => record.id)).toEqual([id]);
  });

  it('answers either old id with the new record', async () => {
    const api = await startPortal();
    const { portal } = api.sandbox;
    const first = portal.insert('companies', { name: 'First' });
    const second = portal.insert('companies', { name: 'Second' });
    const survivor = portal.merge('companies', first.id, second.id);
    for (const id of [first.id, second.id])
      expect((await api.get(`${COMPANIES}/${id}`)).body['id']).toBe(survivor.id);
  });

  it('follows a chain of merges to its end', async () => {
    const api = await startPortal();
    const { portal } = api.sandbox;
    const [a, b, c] = ['A', 'B', 'C'].map((name) => portal.insert('companies', { name }));
    const ab = portal.merge('companies', a?.id ?? '', b?.id ?? '');
    const abc = portal.merge('companies', ab.id, c?.id ?? '');
    expect((await api.get(`${COMPANIES}/${a?.id ?? ''}`)).body['id']).toBe(abc.id);
    expect(abc.properties['hs_merged_object_ids']?.split(';')).toHaveLength(4);
  });

  it('moves the associations of both, with one primary company a contact', async () => {
    const api = await startPortal();
    const { portal } = api.sandbox;
    const first = portal.insert('companies', { name: 'First' });
    const second = portal.insert('companies', { name: 'Second' });
    const ada = portal.insert('contacts', { lastname: 'Ada', associatedcompanyid: first.id });
    const bob = portal.insert('contacts', { lastname: 'Bob', associatedcompanyid: second.id });
    portal.associate({ type: 'contacts', id: ada.id }, { type: 'companies', id: second.id });
    const survivor = portal.merge('companies', first.id, second.id);
    for (const contact of [ada, bob]) {
      expect(portal.record('contacts', contact.id)?.properties['associatedcompanyid']).toBe(survivor.id);
      expect(portal.associations({ type: 'contacts', id: contact.id }, 'companies')).toHaveLength(1);
    }
    expect(survivor.properties['num_associated_contacts']).toBe('2');
  });

  it('keeps a merged contact’s other address for it alone', async () => {
    const api = await startPortal();
    const { portal } = api.sandbox;
    const first = portal.insert('contacts', { email: 'ada@acme.example' });
    const second = portal.insert('contacts', { email: 'ada@home.example' });
    const survivor = portal.merge('contacts', first.id, second.id);
    expect(survivor.properties['hs_additional_emails']).toBe('ada@home.example');
    const again = await api.post('/crm/objects/2026-03/contacts', {
      properties: { email: 'ada@home.example' },
    });
    expect(again.status).toBe(409);
    expect(again.body['message']).toBe(`Contact already exists. Existing ID: ${survivor.id}`);
  });

  it('refuses to merge a record with itself', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('companies', { name: 'Acme' });
    const answer = await api.post(`${COMPANIES}/merge`, { primaryObjectId: id, objectIdToMerge: id });
    expect(answer.status).toBe(400);
  });

  it('lets search find the survivor and not the old records', async () => {
    const api = await startPortal();
    const { portal } = api.sandbox;
    const first = portal.insert('companies', { name: 'First' });
    const second = portal.insert('companies', { name: 'Second' });
    const survivor = portal.merge('companies', first.id, second.id);
    const { body } = await api.post(`${COMPANIES}/search`, {});
    expect(body['results']).toMatchObject([{ id: survivor.id }]);
    expect(body['total']).toBe(1);
  });
});
