import { describe, expect, it } from 'vitest';
import { type Api, startPortal } from './api-client.ts';

const BASE = '/crm/associations/2026-03';

const companyAndContact = async (): Promise<{ api: Api; company: string; contact: string }> => {
  const api = await startPortal();
  const { portal } = api.sandbox;
  return {
    api,
    company: portal.insert('companies', { name: 'Acme' }).id,
    contact: portal.insert('contacts', { lastname: 'Ada' }).id,
  };
};

const inputs = (count: number) => ({
  inputs: Array.from({ length: count }, (_, index) => ({ id: String(index + 1) })),
});

describe('making associations', () => {
  it('makes the first company of a contact its primary one, seen from both ends', async () => {
    const { api, company, contact } = await companyAndContact();
    const { status } = await api.post(`${BASE}/contacts/companies/batch/associate/default`, {
      inputs: [{ from: { id: contact }, to: { id: company } }],
    });
    expect(status).toBe(201);
    const typesOf = (from: string, id: string, to: string) =>
      api.sandbox.portal.associations({ type: from, id }, to)[0]?.typeIds.toSorted((a, b) => a - b);
    expect(typesOf('contacts', contact, 'companies')).toEqual([1, 279]);
    expect(typesOf('companies', company, 'contacts')).toEqual([2, 280]);
    expect(api.sandbox.portal.record('contacts', contact)?.properties['associatedcompanyid']).toBe(company);
  });

  it('keeps one primary company, and moves the mark when another is made primary', async () => {
    const { api, company, contact } = await companyAndContact();
    const { portal } = api.sandbox;
    const other = portal.insert('companies', { name: 'Other' }).id;
    portal.associate({ type: 'contacts', id: contact }, { type: 'companies', id: company });
    portal.associate({ type: 'contacts', id: contact }, { type: 'companies', id: other });
    expect(portal.record('contacts', contact)?.properties['associatedcompanyid']).toBe(company);
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 }];
    await api.post(`${BASE}/contacts/companies/batch/create`, {
      inputs: [{ from: { id: contact }, to: { id: other }, types }],
    });
    expect(portal.record('contacts', contact)?.properties['associatedcompanyid']).toBe(other);
    expect(portal.associations({ type: 'contacts', id: contact }, 'companies')).toMatchObject([
      { id: company, typeIds: [279] },
      { id: other, typeIds: [279, 1] },
    ]);
  });

  it('lets a write of associatedcompanyid set the primary company', async () => {
    const { api, company, contact } = await companyAndContact();
    const path = `/crm/objects/2026-03/contacts/${contact}`;
    await api.patch(path, { properties: { associatedcompanyid: company } });
    expect(api.sandbox.portal.record('companies', company)?.properties['num_associated_contacts']).toBe('1');
    expect((await api.patch(path, { properties: { associatedcompanyid: '5' } })).status).toBe(400);
  });

  it('changes the modification date of a company that gains a contact', async () => {
    let nowMs = Date.UTC(2026, 10, 1);
    const api = await startPortal({ now: () => nowMs });
    const { portal } = api.sandbox;
    const company = portal.insert('companies', { name: 'Acme' });
    nowMs += 60_000;
    portal.insert('contacts', { lastname: 'Ada', associatedcompanyid: company.id });
    expect(portal.record('companies', company.id)?.updatedAt).toEqual(new Date(nowMs));
  });

  it('reports rows whose records do not exist in a 207', async () => {
    const { api, company } = await companyAndContact();
    const { status, body } = await api.post(`${BASE}/contacts/companies/batch/associate/default`, {
      inputs: [{ from: { id: '1' }, to: { id: company } }],
    });
    expect(status).toBe(207);
    expect(body).toMatchObject({ results: [], numErrors: 1, errors: [{ context: { ids: ['1'] } }] });
  });

  it('associates one pair by PUT, of the default type or of those named', async () => {
    const { api, company, contact } = await companyAndContact();
    const record = `/crm/objects/2026-03/contacts/${contact}/associations`;
    expect((await api.put(`${record}/default/companies/${company}`)).status).toBe(200);
    expect((await api.delete(`${record}/companies/${company}`)).status).toBe(204);
    expect(api.sandbox.portal.associations({ type: 'contacts', id: contact }, 'companies')).toEqual([]);
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }];
    expect((await api.put(`${record}/companies/${company}`, types)).status).toBe(201);
  });
});

describe('reading associations', () => {
  it('answers records without any as errors of a 207', async () => {
    const { api, company, contact } = await companyAndContact();
    const lonely = api.sandbox.portal.insert('contacts', { lastname: 'Lonely' }).id;
    api.sandbox.portal.associate({ type: 'contacts', id: contact }, { type: 'companies', id: company });
    const { status, body } = await api.post(`${BASE}/contacts/companies/batch/read`, {
      inputs: [{ id: contact }, { id: lonely }],
    });
    expect(status).toBe(207);
    expect(body).toMatchObject({
      results: [
        {
          from: { id: contact },
          to: [
            {
              toObjectId: company,
              associationTypes: expect.arrayContaining([
                { category: 'HUBSPOT_DEFINED', typeId: 279, label: null },
                { category: 'HUBSPOT_DEFINED', typeId: 1, label: 'Primary' },
              ]),
            },
          ],
        },
      ],
      numErrors: 1,
      errors: [
        {
          subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
          message: `No company is associated with contact ${lonely}.`,
          context: { fromObjectId: [lonely], fromObjectType: ['contact'], toObjectType: ['company'] },
        },
      ],
    });
  });

  it('gives 500 a record and says where to go on', async () => {
    const { api, company } = await companyAndContact();
    for (let index = 0; index < 620; index += 1)
      api.sandbox.portal.insert('contacts', { lastname: `P${index}`, associatedcompanyid: company });
    const read = (input: object) =>
      api.post(`${BASE}/companies/contacts/batch/read`, { inputs: [{ id: company, ...input }] });
    const first = await read({});
    expect(first.body['results']?.['0']?.['to']).toHaveLength(500);
    const after = first.body['results']?.['0']?.['paging']?.['next']?.['after'];
    const second = await read({ after });
    expect(second.body['results']?.['0']?.['to']).toHaveLength(120);
    expect(second.body['results']?.['0']).not.toHaveProperty('paging');
  });

  it('takes 1,000 records a call', async () => {
    const api = await startPortal();
    expect((await api.post(`${BASE}/companies/contacts/batch/read`, inputs(1000))).status).toBe(207);
    expect((await api.post(`${BASE}/companies/contacts/batch/read`, inputs(1001))).status).toBe(400);
  });

  it('answers ids as numbers on v4 and as text on dated versions', async () => {
    const { api, company, contact } = await companyAndContact();
    api.sandbox.portal.associate({ type: 'contacts', id: contact }, { type: 'companies', id: company });
    const body = { inputs: [{ id: contact }] };
    const dated = await api.post(`${BASE}/contacts/companies/batch/read`, body);
    const v4 = await api.post('/crm/v4/associations/contacts/companies/batch/read', body);
    expect(dated.body['results']?.['0']?.['to']?.['0']?.['toObjectId']).toBe(company);
    expect(v4.body['results']?.['0']?.['to']?.['0']?.['toObjectId']).toBe(Number(company));
  });

  it('hides archived neighbours until they are restored', async () => {
    const { api, company, contact } = await companyAndContact();
    const { portal } = api.sandbox;
    portal.associate({ type: 'contacts', id: contact }, { type: 'companies', id: company });
    portal.archive('companies', company);
    expect(portal.associations({ type: 'contacts', id: contact }, 'companies')).toEqual([]);
    expect(portal.record('contacts', contact)?.properties).not.toHaveProperty('associatedcompanyid');
    portal.restore('companies', company);
    expect(portal.record('contacts', contact)?.properties['associatedcompanyid']).toBe(company);
  });

  it('lists the labels of a pair of types', async () => {
    const api = await startPortal();
    const { body } = await api.get(`${BASE}/companies/companies/labels`);
    expect(body['results']).toEqual([
      { category: 'HUBSPOT_DEFINED', typeId: 13, label: 'Child Company' },
      { category: 'HUBSPOT_DEFINED', typeId: 14, label: 'Parent Company' },
      { category: 'HUBSPOT_DEFINED', typeId: 450, label: null },
    ]);
  });
});

describe('undoing associations', () => {
  it('takes all types off a pair, or only those named', async () => {
    const { api, company, contact } = await companyAndContact();
    const { portal } = api.sandbox;
    portal.associate({ type: 'contacts', id: contact }, { type: 'companies', id: company });
    const pair = { from: { id: contact }, to: { id: company } };
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 }];
    await api.post(`${BASE}/contacts/companies/batch/labels/archive`, { inputs: [{ ...pair, types }] });
    expect(portal.associations({ type: 'contacts', id: contact }, 'companies')[0]?.typeIds).toEqual([279]);
    await api.post(`${BASE}/contacts/companies/batch/archive`, { inputs: [{ ...pair, to: [pair.to] }] });
    expect(portal.associations({ type: 'contacts', id: contact }, 'companies')).toEqual([]);
  });
});

describe('roll-ups', () => {
  it('count decision makers and buying roles among a company’s contacts', async () => {
    const { api, company } = await companyAndContact();
    const { portal } = api.sandbox;
    const contact = portal.insert('contacts', { lastname: 'Boss', associatedcompanyid: company });
    await api.patch(`/crm/objects/2026-03/contacts/${contact.id}`, {
      properties: { hs_buying_role: 'DECISION_MAKER;CHAMPION' },
    });
    expect(portal.record('companies', company)?.properties).toMatchObject({
      hs_num_decision_makers: '1',
      hs_num_contacts_with_buying_roles: '1',
    });
    portal.archive('contacts', contact.id);
    expect(portal.record('companies', company)?.properties['hs_num_decision_makers']).toBe('0');
  });

  it('name the parent company and count the children', async () => {
    const { api, company } = await companyAndContact();
    const { portal } = api.sandbox;
    const child = portal.insert('companies', { name: 'Child' });
    portal.associate(
      { type: 'companies', id: company },
      { type: 'companies', id: child.id },
      'Child Company',
    );
    expect(portal.record('companies', child.id)?.properties['hs_parent_company_id']).toBe(company);
    expect(portal.record('companies', company)?.properties['hs_num_child_companies']).toBe('1');
  });
});
