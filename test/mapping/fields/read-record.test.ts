// What a CRM record becomes (invariant P19).
import { describe, expect, it } from 'vitest';
import { loadObjectMapping } from '#mapping/fields/load-object-mapping.ts';
import { fieldsToRead, readRecord } from '#mapping/fields/read-record.ts';
import type { CrmValue } from '#ports/crm.ts';

const mapping = loadObjectMapping(
  'account',
  `object: Account
fields:
  name: { crm: Name, read: true }
  employees: { crm: NumberOfEmployees, read: true }
  country: { crm: BillingCountry, read: true }
  region: { crm: BillingCountry, read: true }
`,
  'mappings/salesforce/account.yaml',
);

const read = (fields: Readonly<Record<string, CrmValue>>) =>
  readRecord('sf', 'account', mapping, {
    id: '001',
    fields,
    modifiedAt: '2026-11-22T00:00:00.000Z',
    deleted: false,
    mergedInto: null,
    mergedIds: [],
  });

describe('a CRM record', () => {
  it('is read by its mapping, one CRM field into several of ours where they share it', () => {
    const { record, refused } = read({ Name: 'Acme', NumberOfEmployees: 120, BillingCountry: 'Japan' });
    expect(record).toMatchObject({
      connection: 'sf',
      object: 'account',
      id: '001',
      fields: { name: 'Acme', employees: 120, country: 'JP', region: 'Japan' },
    });
    expect(refused).toEqual([]);
  });

  it('is kept when a value cannot be what its field holds, which is unknown then', () => {
    const { record, refused } = read({ Name: 'Acme', NumberOfEmployees: 'many', BillingCountry: 'Japan' });
    expect(record.fields).toEqual({ name: 'Acme', employees: null, country: 'JP', region: 'Japan' });
    expect(refused).toEqual([
      {
        connection: 'sf',
        object: 'account',
        id: '001',
        field: 'NumberOfEmployees',
        reason: 'NumberOfEmployees is not a number',
      },
    ]);
  });

  it('keeps the refused value itself out of the reason', () => {
    expect(JSON.stringify(read({ BillingCountry: 'my private note' }).refused)).not.toContain('private');
  });

  it('holds null for what the CRM did not give', () => {
    expect(read({}).record.fields).toEqual({ name: null, employees: null, country: null, region: null });
  });
});

describe('the fields to read', () => {
  it('are those that the mapping names, each once, in one order', () => {
    expect(fieldsToRead(mapping)).toEqual(['BillingCountry', 'Name', 'NumberOfEmployees']);
  });
});
