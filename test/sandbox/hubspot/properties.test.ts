import { describe, expect, it } from 'vitest';
import { resultsOf, startPortal, textOf } from './api-client.ts';

const COMPANIES = '/crm/properties/2026-03/companies';

const tierProperty = {
  name: 'acct_tier',
  label: 'Account tier',
  type: 'enumeration',
  fieldType: 'select',
  groupName: 'acct',
  options: [
    { label: 'Tier 1', value: 'tier_1' },
    { label: 'Tier 2', value: 'tier_2' },
  ],
};

const textProperty = (name: string, more: object = {}) => ({
  name,
  label: name,
  type: 'string',
  fieldType: 'text',
  groupName: 'companyinformation',
  ...more,
});

const withGroup = async () => {
  const api = await startPortal();
  await api.post(`${COMPANIES}/groups`, { name: 'acct', label: 'Accounts' });
  return api;
};

describe('defining properties', () => {
  it('needs the group first', async () => {
    const api = await startPortal();
    expect((await api.post(COMPANIES, tierProperty)).status).toBe(400);
    expect((await api.post(`${COMPANIES}/groups`, { name: 'acct', label: 'Accounts' })).status).toBe(201);
    expect((await api.post(COMPANIES, tierProperty)).status).toBe(201);
  });

  it('answers 409 to a name that exists, and changes nothing', async () => {
    const api = await withGroup();
    await api.post(COMPANIES, tierProperty);
    const { status, body } = await api.post(COMPANIES, { ...tierProperty, label: 'Other' });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
      message: "A property named 'acct_tier' already exists.",
    });
    expect((await api.get(`${COMPANIES}/acct_tier`)).body['label']).toBe('Account tier');
  });

  it('makes what it can of a batch and reports existing names in a 207', async () => {
    const api = await withGroup();
    await api.post(COMPANIES, tierProperty);
    const { status, body } = await api.post(`${COMPANIES}/batch/create`, {
      inputs: [tierProperty, textProperty('acct_reason')],
    });
    expect(status).toBe(207);
    expect(body).toMatchObject({
      results: [{ name: 'acct_reason' }],
      errors: [{ category: 'OBJECT_ALREADY_EXISTS', context: { name: ['acct_tier'] } }],
    });
  });

  it('is usable in records at once', async () => {
    const api = await withGroup();
    await api.post(COMPANIES, tierProperty);
    const { body } = await api.post('/crm/objects/2026-03/companies', {
      properties: { acct_tier: 'tier_1' },
    });
    expect(body['properties']?.['acct_tier']).toBe('tier_1');
  });

  it.each([
    ['a number with a text field', textProperty('x', { type: 'number' })],
    ['a name in capitals', textProperty('Tier')],
    ['an enumeration without options', { ...tierProperty, groupName: 'companyinformation', options: [] }],
    [
      'two options of one value',
      {
        ...tierProperty,
        groupName: 'companyinformation',
        options: [
          { label: 'A', value: 'a' },
          { label: 'B', value: 'a' },
        ],
      },
    ],
    ['a bool without yes and no', textProperty('x', { type: 'bool', fieldType: 'booleancheckbox' })],
    ['an unknown type', textProperty('x', { type: 'money' })],
  ])('refuses %s', async (_name, definition) => {
    const api = await startPortal();
    expect((await api.post(COMPANIES, definition)).status).toBe(400);
  });

  it('allows ten unique properties and no eleventh', async () => {
    const api = await startPortal();
    const statuses: number[] = [];
    for (let index = 0; index < 11; index += 1)
      statuses.push(
        (await api.post(COMPANIES, textProperty(`key_${index}`, { hasUniqueValue: true }))).status,
      );
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 201), 400]);
  });

  it('never makes a property unique afterwards', async () => {
    const api = await startPortal();
    await api.post(COMPANIES, textProperty('key'));
    const { status, body } = await api.patch(`${COMPANIES}/key`, { hasUniqueValue: true });
    expect(status).toBe(200);
    expect(body['hasUniqueValue']).toBe(false);
  });

  it('has no unique properties for tasks, but plain ones', async () => {
    const api = await startPortal();
    const definition = { ...textProperty('task_key'), groupName: 'task' };
    const tasks = '/crm/properties/2026-03/tasks';
    expect((await api.post(tasks, { ...definition, hasUniqueValue: true })).status).toBe(400);
    expect((await api.post(tasks, definition)).status).toBe(201);
  });
});

describe('changing properties', () => {
  it('replaces the options, and keeps them when the change names none', async () => {
    const api = await withGroup();
    await api.post(COMPANIES, tierProperty);
    const options = async () => {
      const { body } = await api.get(`${COMPANIES}/acct_tier`);
      return Object.values(body['options'] ?? {}).map((option) => textOf(option['value']));
    };
    await api.patch(`${COMPANIES}/acct_tier`, { label: 'Tier' });
    expect(await options()).toEqual(['tier_1', 'tier_2']);
    await api.patch(`${COMPANIES}/acct_tier`, { options: [{ label: 'Tier 3', value: 'tier_3' }] });
    expect(await options()).toEqual(['tier_3']);
  });

  it('answers 404 to a change of a property it does not have', async () => {
    const api = await startPortal();
    expect((await api.patch(`${COMPANIES}/nope`, { label: 'x' })).status).toBe(404);
  });
});

describe('archiving properties', () => {
  it('hides the property, and brings it back when its name is posted again', async () => {
    const api = await startPortal();
    const first = await api.post(COMPANIES, textProperty('acct_reason'));
    expect((await api.delete(`${COMPANIES}/acct_reason`)).status).toBe(204);
    expect((await api.get(`${COMPANIES}/acct_reason`)).status).toBe(404);
    expect((await api.get(`${COMPANIES}/acct_reason?archived=true`)).body['archived']).toBe(true);
    const again = await api.post(COMPANIES, textProperty('acct_reason', { label: 'Reason' }));
    expect(again.status).toBe(201);
    expect(again.body).toMatchObject({ label: 'Reason', createdAt: first.body['createdAt'] });
  });

  it('refuses writes to an archived property', async () => {
    const api = await startPortal();
    await api.post(COMPANIES, textProperty('acct_reason'));
    await api.delete(`${COMPANIES}/acct_reason`);
    const { body } = await api.post('/crm/objects/2026-03/companies', { properties: { acct_reason: 'x' } });
    expect(body['errors']?.['0']?.['code']).toBe('PROPERTY_DOESNT_EXIST');
  });

  it('refuses to archive one that a workflow uses, or one of HubSpot’s own', async () => {
    const api = await startPortal();
    await api.post(COMPANIES, textProperty('acct_reason'));
    api.sandbox.portal.usePropertyInWorkflow('acct_reason');
    const used = await api.delete(`${COMPANIES}/acct_reason`);
    expect(used.status).toBe(400);
    expect(used.body['subCategory']).toBe('PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE');
    expect((await api.delete(`${COMPANIES}/name`)).status).toBe(400);
  });

  it('archives a group only when no live property is in it', async () => {
    const api = await withGroup();
    await api.post(COMPANIES, tierProperty);
    const refused = await api.delete(`${COMPANIES}/groups/acct`);
    expect(refused.status).toBe(400);
    expect(refused.body['subCategory']).toBe('PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES');
    await api.delete(`${COMPANIES}/acct_tier`);
    expect((await api.delete(`${COMPANIES}/groups/acct`)).status).toBe(204);
    expect((await api.get(`${COMPANIES}/groups/acct`)).status).toBe(404);
  });
});

describe('reading properties', () => {
  it('lists HubSpot’s own and the portal’s with what may be changed of them', async () => {
    const api = await withGroup();
    await api.post(COMPANIES, tierProperty);
    const { body } = await api.get(COMPANIES);
    const byName = new Map(resultsOf({ body }).map((row) => [textOf(row['name']), row]));
    expect(byName.get('hs_num_decision_makers')).toMatchObject({
      hubspotDefined: true,
      modificationMetadata: { readOnlyValue: true, readOnlyDefinition: true, archivable: false },
    });
    expect(byName.get('acct_tier')).toMatchObject({
      archived: false,
      hasUniqueValue: false,
      modificationMetadata: { readOnlyValue: false, readOnlyDefinition: false, archivable: true },
    });
  });

  it('reads several by name, and reports unknown ones in a 207', async () => {
    const api = await startPortal();
    const { status, body } = await api.post(`${COMPANIES}/batch/read`, {
      inputs: [{ name: 'name' }, { name: 'nope' }],
    });
    expect(status).toBe(207);
    expect(body['results']).toHaveLength(1);
    expect(body['numErrors']).toBe(1);
  });
});
