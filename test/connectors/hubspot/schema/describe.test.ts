import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toObjectSchema } from '#connectors/hubspot/schema/describe.ts';
import type { Crm, CrmFieldSchema } from '#ports/crm.ts';
import { type HubspotSandbox, startHubspotSandbox } from '#sandbox/hubspot/start-hubspot-sandbox.ts';
import { connectTo } from '../connected.ts';

type Property = Parameters<typeof toObjectSchema>[1][number];

const schemaOf = (property: Partial<Property>): CrmFieldSchema | undefined =>
  toObjectSchema('companies', [{ name: 'p', type: 'string', options: [], ...property }]).fields.get('p');

describe('toObjectSchema', () => {
  it.each([
    [{ type: 'string', fieldType: 'text' }, 'text'],
    [{ type: 'phone_number', fieldType: 'phonenumber' }, 'text'],
    [{ type: 'number', fieldType: 'number' }, 'number'],
    [{ type: 'bool', fieldType: 'booleancheckbox' }, 'boolean'],
    [{ type: 'enumeration', fieldType: 'booleancheckbox' }, 'boolean'],
    [{ type: 'enumeration', fieldType: 'select' }, 'choice'],
    [{ type: 'enumeration', fieldType: 'radio' }, 'choice'],
    [{ type: 'enumeration', fieldType: 'checkbox' }, 'multi_choice'],
    [{ type: 'date', fieldType: 'date' }, 'date'],
    [{ type: 'datetime', fieldType: 'date' }, 'datetime'],
    [{ type: 'enumeration', fieldType: 'select', referencedObjectType: 'OWNER' }, 'id'],
    [{ type: 'object_coordinates', fieldType: 'text' }, 'other'],
  ] as const)('takes %j for %s', (property, kind) => {
    expect(schemaOf(property)?.kind).toBe(kind);
  });

  it.each(['hs_object_id', 'associatedcompanyid'])('takes the number %s for an id', (name) => {
    const schema = toObjectSchema('contacts', [{ name, type: 'number', options: [] }]);
    expect(schema.fields.get(name)?.kind).toBe('id');
  });

  it('counts hidden options as gone', () => {
    const options = [{ value: 'a', hidden: false }, { value: 'b', hidden: true }, { value: 'c' }];
    expect(schemaOf({ type: 'enumeration', options })?.options).toEqual(['a', 'c']);
  });

  it('knows that options HubSpot fills in itself are no limit', () => {
    expect(schemaOf({ type: 'enumeration', externalOptions: true })).toMatchObject({
      restricted: false,
      options: [],
    });
  });

  it('knows what cannot be written: read-only values and calculated ones', () => {
    expect(schemaOf({ modificationMetadata: { readOnlyValue: true } })?.updateable).toBe(false);
    expect(schemaOf({ calculated: true })?.createable).toBe(false);
    expect(schemaOf({})?.updateable).toBe(true);
  });
});

describe('describing and owners', () => {
  let sandbox: HubspotSandbox;
  let crm: Crm;

  beforeEach(async () => {
    sandbox = await startHubspotSandbox();
    crm = connectTo(sandbox);
  });
  afterEach(async () => {
    await crm.close();
    await sandbox.close();
  });

  it('is the same for every name of an object', async () => {
    const names = [...((await crm.describe('companies'))?.fields.keys() ?? [])];
    expect([...((await crm.describe('0-2'))?.fields.keys() ?? [])]).toEqual(names);
  });

  it('lists more owners than a page holds, those who left as inactive', async () => {
    for (let index = 0; index < 130; index += 1)
      sandbox.portal.putOwner({
        id: `${1000 + index}`,
        userId: 5000 + index,
        email: `o${index}@example.com`,
        firstName: index === 0 ? '' : 'Ana',
        lastName: index === 0 ? '' : `L ${index}`,
        archived: index % 10 === 9,
        createdAtMs: 0,
        updatedAtMs: 0,
      });
    const owners = await crm.owners();
    expect(owners).toHaveLength(130);
    expect(owners.filter(({ active }) => !active)).toHaveLength(13);
    expect(owners.find(({ id }) => id === '1001')?.name).toBe('Ana L 1');
    expect(owners.find(({ id }) => id === '1000')?.name).toBe('o0@example.com');
  });
});
