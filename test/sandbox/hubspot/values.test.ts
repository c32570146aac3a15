import { describe, expect, it } from 'vitest';
import { type Api, startPortal, textOf } from './api-client.ts';

const write = async (api: Api, type: string, properties: Record<string, unknown>) =>
  api.post(`/crm/objects/2026-03/${type}`, { properties });

const withDateProperty = async (): Promise<Api> => {
  const api = await startPortal();
  await api.post('/crm/properties/2026-03/companies', {
    name: 'review_on',
    label: 'Review on',
    type: 'date',
    fieldType: 'date',
    groupName: 'companyinformation',
  });
  return api;
};

describe('values HubSpot refuses', () => {
  it.each([
    ['companies', { no_such_thing: 'x' }, 'PROPERTY_DOESNT_EXIST'],
    ['companies', { industry: 'Software' }, 'INVALID_OPTION'],
    ['companies', { hs_num_decision_makers: '3' }, 'READ_ONLY_VALUE'],
    ['companies', { numberofemployees: '1,200' }, 'INVALID_INTEGER'],
    ['companies', { hs_is_target_account: 'yes' }, 'INVALID_OPTION'],
    ['companies', { hubspot_owner_id: '1' }, 'INVALID_OWNER_ID'],
    ['contacts', { email: 'ada@' }, 'INVALID_EMAIL'],
    ['contacts', { hs_buying_role: 'CHAMPION;BOSS' }, 'INVALID_OPTION'],
    ['tasks', { hs_timestamp: 'tomorrow' }, 'INVALID_LONG'],
  ])('%s %j → %s', async (type, properties, code) => {
    const api = await startPortal();
    const { status, body } = await write(api, type, properties);
    expect(status).toBe(400);
    const [name] = Object.keys(properties);
    expect(body).toMatchObject({
      status: 'error',
      category: 'VALIDATION_ERROR',
      errors: [{ code, context: { propertyName: [name] } }],
    });
  });

  it('repeats the reasons as JSON inside the message', async () => {
    const api = await startPortal();
    const { body } = await write(api, 'companies', { nope: 'x', industry: 'y' });
    const message = textOf(body['message']);
    expect(message.startsWith('Property values were not valid: [')).toBe(true);
    const listed: unknown = JSON.parse(message.slice(message.indexOf('[')));
    expect(listed).toMatchObject([
      { isValid: false, error: 'PROPERTY_DOESNT_EXIST', name: 'nope', portalId: api.sandbox.portal.id },
      { isValid: false, error: 'INVALID_OPTION', name: 'industry' },
    ]);
  });

  it('names the clock time of a date that is not midnight', async () => {
    const api = await withDateProperty();
    const { body } = await write(api, 'companies', { review_on: '1560211200001' });
    expect(body['errors']?.['0']).toMatchObject({
      code: 'INVALID_DATE',
      message: '1560211200001 is at 0:0:0.1 UTC, not midnight!',
    });
  });

  it('refuses a day that no calendar has', async () => {
    const api = await withDateProperty();
    expect((await write(api, 'companies', { review_on: '2026-02-30' })).status).toBe(400);
  });
});

describe('values HubSpot takes', () => {
  it.each([['2026-02-28'], ['1772236800000'], ['2026-02-28T00:00:00Z']])(
    'a date given as %s is a day',
    async (given) => {
      const api = await withDateProperty();
      const { body } = await write(api, 'companies', { review_on: given });
      expect(body['properties']?.['review_on']).toBe('2026-02-28');
    },
  );

  it.each([['2026-12-01T09:00:00Z'], ['2026-12-01T10:00:00+01:00'], ['1796115600000']])(
    'a moment given as %s is shown in ISO',
    async (given) => {
      const api = await startPortal();
      const { body } = await write(api, 'tasks', { hs_timestamp: given });
      expect(body['properties']?.['hs_timestamp']).toBe('2026-12-01T09:00:00Z');
    },
  );

  it('replaces a multi-checkbox, and appends with a leading semicolon', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('contacts', { hs_buying_role: 'CHAMPION' });
    const change = async (value: string) =>
      (await api.patch(`/crm/objects/2026-03/contacts/${id}`, { properties: { hs_buying_role: value } }))
        .body['properties']?.['hs_buying_role'];
    expect(await change(';BUDGET_HOLDER;CHAMPION')).toBe('CHAMPION;BUDGET_HOLDER');
    expect(await change('END_USER')).toBe('END_USER');
  });

  it('takes numbers and booleans that are no strings', async () => {
    const api = await startPortal();
    const { body } = await write(api, 'companies', { numberofemployees: 1200, hs_is_target_account: true });
    expect(body['properties']).toMatchObject({ numberofemployees: '1200', hs_is_target_account: 'true' });
  });

  it('works a deal’s outcome out from its stage', async () => {
    const api = await startPortal();
    const { body } = await write(api, 'deals', { dealname: 'Big one', dealstage: 'closedwon' });
    const { body: read } = await api.get(
      `/crm/objects/2026-03/deals/${textOf(body['id'])}?properties=hs_is_closed,hs_is_closed_won`,
    );
    expect(read['properties']).toMatchObject({ hs_is_closed: 'true', hs_is_closed_won: 'true' });
  });
});
