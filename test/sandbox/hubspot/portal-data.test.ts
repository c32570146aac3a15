import { describe, expect, it } from 'vitest';
import { createWorld } from '#sandbox/world/create-world.ts';
import { resultsOf, startPortal, textOf } from './api-client.ts';

const world = createWorld({ accounts: 300, asOf: new Date('2026-11-20T00:00:00Z') });

const inHubspot = (items: readonly { readonly crms: readonly string[] }[]) =>
  items.filter(({ crms }) => crms.includes('hubspot')).length;

describe('a portal filled from the world', () => {
  it('holds the companies, people and deals that stand in HubSpot', async () => {
    const { sandbox } = await startPortal({ world });
    expect(sandbox.portal.records('companies')).toHaveLength(inHubspot(world.companies));
    expect(sandbox.portal.records('contacts')).toHaveLength(inHubspot(world.people));
    expect(sandbox.portal.records('deals')).toHaveLength(inHubspot(world.deals));
  });

  it('keeps their dates', async () => {
    const { sandbox } = await startPortal({ world });
    const first = world.companies.find(({ crms }) => crms.includes('hubspot'));
    const [record] = sandbox.portal.records('companies');
    expect(record?.createdAt).toEqual(first?.createdAt);
    expect(record?.updatedAt).toEqual(first?.modifiedAt);
  });

  it('holds only values that its own rules allow', async () => {
    const api = await startPortal({ world });
    for (const type of ['companies', 'contacts', 'deals']) {
      const { body } = await api.get(`/crm/properties/2026-03/${type}`);
      const writable = new Set(
        resultsOf({ body })
          .filter((row) => textOf(row['modificationMetadata']?.['readOnlyValue']) === 'false')
          .map((row) => textOf(row['name'])),
      );
      const records = api.sandbox.portal.records(type);
      expect(records.length).toBeGreaterThan(0);
      for (const { id, properties } of records) {
        const own = Object.entries(properties).filter(([name]) => writable.has(name));
        expect(() => api.sandbox.portal.editAsHuman(type, id, Object.fromEntries(own))).not.toThrow();
      }
    }
  });

  it('gives most contacts a primary company, which counts them', async () => {
    const { sandbox } = await startPortal({ world });
    const contacts = sandbox.portal.records('contacts');
    const placed = contacts.filter(({ properties }) => properties['associatedcompanyid'] !== undefined);
    expect(placed.length).toBeGreaterThan(contacts.length / 2);
    const counted = sandbox.portal
      .records('companies')
      .reduce((sum, { properties }) => sum + Number(properties['num_associated_contacts']), 0);
    expect(counted).toBe(placed.length);
  });

  it('is found by search from the first request on', async () => {
    const api = await startPortal({ world, searchLagMs: 60_000 });
    const { body } = await api.post('/crm/objects/2026-03/companies/search', {});
    expect(Number(body['total'])).toBe(api.sandbox.portal.records('companies').length);
  });
});

describe('owners', () => {
  it('lists active users, and deactivated ones without a user id', async () => {
    const api = await startPortal({ world });
    const [owner] = api.sandbox.portal.owners();
    api.sandbox.portal.setOwnerActive(owner?.id ?? '', false);
    const active = await api.get('/crm/owners/2026-03?limit=500');
    const gone = await api.get('/crm/owners/2026-03?limit=500&archived=true');
    const find = (body: typeof active.body) =>
      resultsOf({ body }).find((row) => textOf(row['id']) === owner?.id);
    expect(find(active.body)).toBeUndefined();
    expect(find(gone.body)).toMatchObject({ archived: true, userIdIncludingInactive: owner?.userId });
    expect(find(gone.body)).not.toHaveProperty('userId');
  });

  it('pages through them', async () => {
    const api = await startPortal({ world });
    const first = await api.get('/crm/owners/2026-03?limit=1');
    const after = textOf(first.body['paging']?.['next']?.['after']);
    const second = await api.get(`/crm/owners/2026-03?limit=1&after=${after}`);
    expect(second.body['results']?.['0']?.['id']).not.toBe(first.body['results']?.['0']?.['id']);
  });
});

describe('pipelines and the account', () => {
  it('says which deal stages are closed, as text', async () => {
    const api = await startPortal();
    const { body } = await api.get('/crm/pipelines/2026-03/deals');
    const stages = Object.values(body['results']?.['0']?.['stages'] ?? {});
    expect(stages.find((stage) => textOf(stage['id']) === 'closedwon')).toMatchObject({
      metadata: { isClosed: 'true', probability: '1.0' },
    });
  });

  it('names the portal', async () => {
    const api = await startPortal({ portalId: 4711 });
    const { body } = await api.get('/account-info/2026-03/details');
    expect(body).toMatchObject({ portalId: 4711, timeZone: 'UTC', companyCurrency: 'USD' });
  });
});
