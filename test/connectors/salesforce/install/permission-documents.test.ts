import { describe, expect, it } from 'vitest';
import type { MetadataDocument } from '#connectors/salesforce/install/metadata-store.ts';
import { integrationSet, uniteSets, userSet } from '#connectors/salesforce/install/permission-documents.ts';
import type { FieldToInstall } from '#ports/crm.ts';

const document = (parts: object): MetadataDocument => ({
  fullName: 'Tierline_User',
  label: 'Tierline User',
  ...parts,
});
const grant = (field: string, readable: boolean, editable: boolean) => ({ field, readable, editable });

describe('uniteSets', () => {
  it('keeps a right that people gave beyond ours', () => {
    const { document: united, added } = uniteSets(
      document({ fieldPermissions: [grant('Account.A__c', true, true)] }),
      document({
        fieldPermissions: [grant('Account.A__c', true, false), grant('Account.B__c', true, false)],
      }),
    );
    expect(united['fieldPermissions']).toEqual([
      grant('Account.A__c', true, true),
      grant('Account.B__c', true, false),
    ]);
    expect(added).toEqual(['Account.B__c']);
  });

  it('adds the right that a known row lacks', () => {
    const { document: united, added } = uniteSets(
      document({ fieldPermissions: [grant('Account.A__c', true, false)] }),
      document({ fieldPermissions: [grant('Account.A__c', true, true)] }),
    );
    expect(united['fieldPermissions']).toEqual([grant('Account.A__c', true, true)]);
    expect(added).toEqual(['Account.A__c']);
  });

  it('finds nothing to add in what it made itself', () => {
    const wanted = document({
      fieldPermissions: [grant('Task.Key__c', true, true)],
      objectPermissions: [{ object: 'Account', allowRead: true, allowEdit: false }],
      userPermissions: [{ name: 'EditTask', enabled: true }],
    });
    const { document: united } = uniteSets(document({}), wanted);
    expect(uniteSets(united, wanted).added).toEqual([]);
  });

  it("knows a task's field by either of its names", () => {
    const held = document({ fieldPermissions: [grant('Activity.Key__c', true, true)] });
    expect(uniteSets(held, document({ fieldPermissions: [grant('Task.Key__c', true, true)] })).added).toEqual(
      [],
    );
  });

  it('carries everything else of the set along', () => {
    const held = document({ description: 'Ours', tabSettings: [{ tab: 'Tierline', visibility: 'Visible' }] });
    expect(uniteSets(held, document({ description: 'Shipped' })).document).toMatchObject({
      description: 'Ours',
      tabSettings: [{ tab: 'Tierline', visibility: 'Visible' }],
    });
  });
});

const base = { object: 'program', crmObject: 'Tierline_Program__c', label: 'l', description: 'd' } as const;
const FIELDS: readonly FieldToInstall[] = [
  { ...base, name: 'Account__c', type: { kind: 'parent', crmObject: 'Account' }, editableByUsers: false },
  { ...base, name: 'Requested__c', type: { kind: 'checkbox' }, editableByUsers: true },
];

describe('the sets', () => {
  it('do not name a master-detail field, which would fail them as a whole', () => {
    for (const set of [integrationSet(FIELDS), userSet(FIELDS)])
      expect(set['fieldPermissions']).toMatchObject([{ field: 'Tierline_Program__c.Requested__c' }]);
  });

  it('delete nothing but rows of our own object', () => {
    const rows = integrationSet(FIELDS)['objectPermissions'] as readonly {
      object: string;
      allowDelete: boolean;
    }[];
    expect(rows.filter(({ allowDelete }) => allowDelete).map(({ object }) => object)).toEqual([
      'Tierline_Program__c',
    ]);
  });

  it('ask for the right to edit tasks only when there are tasks', () => {
    expect(integrationSet(FIELDS)).not.toHaveProperty('userPermissions');
    const task: FieldToInstall = {
      ...base,
      object: 'task',
      crmObject: 'Task',
      name: 'Key__c',
      type: { kind: 'text', length: 120 },
      editableByUsers: false,
    };
    expect(integrationSet([task])).toHaveProperty('userPermissions', [{ name: 'EditTask', enabled: true }]);
  });
});
