import { Client } from '@hubspot/api-client';
import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/associations/v4/models/AssociationSpec.js';
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/companies/models/Filter.js';
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';
import { describe, expect, it } from 'vitest';
import { createWorld } from '#sandbox/world/create-world.ts';
import { type Api, startPortal } from './api-client.ts';

const clientOf = (api: Api): Client =>
  new Client({ accessToken: api.sandbox.token, basePath: api.sandbox.url });

describe('the vendor’s own client', () => {
  it('lists all records through getAll', async () => {
    const api = await startPortal({ world: createWorld({ accounts: 230, peopleFactor: 1 }) });
    const companies = await clientOf(api).crm.companies.getAll(100, undefined, ['name', 'domain']);
    expect(companies).toHaveLength(230);
    expect(companies[0]?.createdAt).toBeInstanceOf(Date);
  });

  it('calls dated paths with its request function, which does not throw on a refusal', async () => {
    const api = await startPortal();
    const client = clientOf(api);
    const created = await client.apiRequest({
      method: 'POST',
      path: '/crm/objects/2026-03/companies',
      body: { properties: { name: 'Acme' } },
    });
    expect(created.status).toBe(201);
    const refused = await client.apiRequest({
      method: 'POST',
      path: '/crm/objects/2026-03/companies',
      body: { properties: { nope: 'x' } },
    });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ category: 'VALIDATION_ERROR' });
  });

  it('searches', async () => {
    const api = await startPortal();
    api.sandbox.portal.insert('companies', { name: 'Acme', city: 'Berlin' });
    api.sandbox.portal.insert('companies', { name: 'Zenith', city: 'Paris' });
    const { total, results } = await clientOf(api).crm.companies.searchApi.doSearch({
      filterGroups: [
        { filters: [{ propertyName: 'city', operator: FilterOperatorEnum.Eq, value: 'Berlin' }] },
      ],
      properties: ['name'],
      limit: 10,
    });
    expect(total).toBe(1);
    expect(results[0]?.properties['name']).toBe('Acme');
  });

  it('does not throw on a 207, so that its caller has to look', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('companies', { name: 'Acme' });
    const answer = await clientOf(api).crm.companies.batchApi.update({
      inputs: [
        { id, properties: { city: 'Berlin' }, objectWriteTraceId: 'a' },
        { id: '9', properties: { city: 'Paris' }, objectWriteTraceId: 'b' },
      ],
    });
    expect(answer).toMatchObject({ numErrors: 1, results: [{ id }] });
  });

  it('throws on a refusal, with the body', async () => {
    const api = await startPortal();
    api.sandbox.portal.insert('contacts', { email: 'ada@acme.example' });
    const creation = clientOf(api).crm.contacts.basicApi.create({
      properties: { email: 'ada@acme.example' },
      associations: [],
    });
    await expect(creation).rejects.toMatchObject({ code: 409, body: { category: 'CONFLICT' } });
  });

  it('makes a group and properties, twice', async () => {
    const api = await startPortal();
    const { groupsApi, batchApi, coreApi } = clientOf(api).crm.properties;
    await groupsApi.create('companies', { name: 'acct', label: 'Accounts', displayOrder: -1 });
    const definition = {
      name: 'acct_reason',
      label: 'Reason',
      type: PropertyCreateTypeEnum.String,
      fieldType: PropertyCreateFieldTypeEnum.Text,
      groupName: 'acct',
    };
    await batchApi.create('companies', { inputs: [definition] });
    await expect(coreApi.create('companies', definition)).rejects.toMatchObject({
      code: 409,
      body: { subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS' },
    });
  });

  it('associates and reads associations through v4', async () => {
    const api = await startPortal();
    const company = api.sandbox.portal.insert('companies', { name: 'Acme' });
    const contact = api.sandbox.portal.insert('contacts', { lastname: 'Ada' });
    const { basicApi, batchApi } = clientOf(api).crm.associations.v4;
    await basicApi.create('contacts', contact.id, 'companies', company.id, [
      { associationCategory: AssociationSpecAssociationCategoryEnum.HubspotDefined, associationTypeId: 279 },
    ]);
    const { results } = await batchApi.getPage('contacts', 'companies', { inputs: [{ id: contact.id }] });
    expect(String(results[0]?.to[0]?.toObjectId)).toBe(company.id);
  });

  it('reads owners and refreshes tokens', async () => {
    const api = await startPortal({ world: createWorld({ accounts: 20 }) });
    const client = clientOf(api);
    const owners = await client.crm.owners.ownersApi.getPage(undefined, undefined, 100, false);
    expect(owners.results.length).toBeGreaterThan(0);
    const { clientId, clientSecret, refreshToken } = api.sandbox.oauth;
    const tokens = await client.oauth.tokensApi.create(
      'refresh_token',
      undefined,
      undefined,
      clientId,
      clientSecret,
      refreshToken,
    );
    client.setAccessToken(tokens.accessToken);
    expect((await client.crm.companies.basicApi.getPage(10)).results).toHaveLength(10);
  });
});
