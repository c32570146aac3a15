// Mapping files and what is wrong with them (invariants C1 and C2).
import { describe, expect, it } from 'vitest';
import { MappingError } from '#errors/errors.ts';
import { CRM_KINDS, loadCrmMapping } from '#mapping/fields/crm-mapping.ts';
import { loadObjectMapping } from '#mapping/fields/load-object-mapping.ts';
import { type MappingFiles, shippedMappingFiles } from '#mapping/files/mapping-files.ts';

const FILE = 'mappings/salesforce/account.yaml';
const load = (fields: string) =>
  loadObjectMapping('account', `object: Account\nfields:\n  ${fields}\n`, FILE);

/** A folder that holds the files of these objects alone. */
function only(...objects: readonly string[]): MappingFiles {
  const text = 'object: X\nfields: { companyKey: { crm: Key, read: true } }';
  return (shownPath) =>
    objects.some((name) => shownPath.endsWith(`/${name}.yaml`)) ? { text, shownPath } : null;
}

describe('a mapping file', () => {
  it('gives each field its type, its rule and the way values translate', () => {
    const { crmObject, optional, fields } = load(
      'tier: { crm: Tier__c, write: overwrite, values: { tier_1: Tier 1 } }\n  name: { crm: Name, read: true }',
    );
    expect({ crmObject, optional }).toEqual({ crmObject: 'Account', optional: false });
    expect(fields.get('name')).toMatchObject({ type: 'text', write: 'never', values: null });
    expect(fields.get('tier')).toMatchObject({ type: 'choice', write: 'overwrite', clearsOnNull: false });
    expect(fields.get('tier')?.values?.fromCrm.get('Tier 1')).toBe('tier_1');
  });

  it("takes a field of the user's own that names its type", () => {
    expect(
      load('solarRoof: { crm: Solar__c, read: true, type: boolean }').fields.get('solarRoof'),
    ).toMatchObject({ type: 'boolean' });
  });

  it.each([
    {
      what: 'a canonical name that does not exist',
      fields: 'idustry: { crm: Industry, read: true }',
      says: /account\.yaml: fields\.idustry: no canonical field of account .*did you mean "industry"/u,
    },
    {
      what: 'a type against the catalogue',
      fields: 'industry: { crm: Industry, read: true, type: number }',
      says: /fields\.industry\.type: read "number", but industry is always text/u,
    },
    {
      what: 'a field that is neither read nor written',
      fields: 'industry: { crm: Industry }',
      says: /fields\.industry is neither read nor written/u,
    },
    {
      what: 'a field that is never written and not read',
      fields: 'industry: { crm: Industry, write: never }',
      says: /fields\.industry is neither read nor written/u,
    },
    {
      what: 'two fields on one CRM field, of which one writes it',
      fields: 'name: { crm: Name, read: true }\n  nextStep: { crm: Name, write: overwrite }',
      says: /fields\.nextStep and fields\.name both map Name, and one writes it/u,
    },
    {
      what: 'the same where the first one writes',
      fields: 'nextStep: { crm: Name, write: overwrite }\n  name: { crm: Name, read: true }',
      says: /both map Name, and one writes it/u,
    },
    {
      what: 'two canonical values for one value of the CRM',
      fields: 'tier: { crm: Tier__c, write: overwrite, values: { tier_1: Top, tier_2: Top } }',
      says: /fields\.tier\.values: "tier_1" and "tier_2" are both "Top"/u,
    },
    {
      what: 'a misspelt key',
      fields: 'tier: { crm: Tier__c, wirte: overwrite }',
      says: /fields\.tier\.wirte: unknown key; did you mean "write"/u,
    },
    {
      what: 'a rule that does not exist',
      fields: 'tier: { crm: Tier__c, write: always }',
      says: /fields\.tier\.write: .*read "always"/u,
    },
    {
      what: 'the same field twice',
      fields: 'tier: { crm: Tier__c, write: overwrite }\n  tier: { crm: Tier2__c, write: overwrite }',
      says: /account\.yaml: Map keys must be unique at line 4/u,
    },
  ])('is refused for $what', ({ fields, says }) => {
    expect(() => load(fields)).toThrow(MappingError);
    expect(() => load(fields)).toThrow(says);
  });

  it('tells all that its shape lacks at once', () => {
    const wrong = 'tier: { crm: "", write: always }\n  name: { read: perhaps }';
    for (const path of ['fields.tier.crm', 'fields.tier.write', 'fields.name.crm', 'fields.name.read'])
      expect(() => load(wrong)).toThrow(path);
  });
});

describe('the mappings of a CRM', () => {
  it.each(CRM_KINDS)('are valid as shipped for %s', (crm) => {
    expect([...loadCrmMapping(crm, shippedMappingFiles).keys()]).toContain('task');
  });

  it('must hold accounts and contacts', () => {
    expect(() => loadCrmMapping('salesforce', only('account'))).toThrow(
      /mappings\/salesforce\/contact\.yaml is missing/u,
    );
  });

  it('may lack the rest', () => {
    expect([...loadCrmMapping('hubspot', only('account', 'contact')).keys()]).toEqual(['account', 'contact']);
  });
});
