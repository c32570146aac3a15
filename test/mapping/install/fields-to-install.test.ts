import { describe, expect, it } from 'vitest';
import { shippedMappingFiles } from '#config/load-workspace.ts';
import { CRM_KINDS, type CrmKind, loadCrmMapping, type MappingFiles } from '#mapping/fields/crm-mapping.ts';
import { fieldsToInstall } from '#mapping/install/fields-to-install.ts';
import { loadPrograms } from '#mapping/programs/load-programs.ts';

const programs = loadPrograms(shippedMappingFiles);
const shipped = (crm: CrmKind) => loadCrmMapping(crm, shippedMappingFiles);

/** The fields for a workspace whose mapping file differs from the shipped one by this. */
function installWith(crm: CrmKind, file: string, from: string, to: string) {
  const files: MappingFiles = (path) => {
    const found = shippedMappingFiles(path);
    if (found === null || path !== `${crm}/${file}.yaml`) return found;
    expect(found.text).toContain(from);
    return { ...found, text: found.text.replaceAll(from, to) };
  };
  return fieldsToInstall(loadCrmMapping(crm, files), shipped(crm), programs);
}

describe.each(CRM_KINDS)('the fields that setup makes in %s', (crm) => {
  const fields = fieldsToInstall(shipped(crm), shipped(crm), programs);

  it('bear our name, and none is asked for twice', () => {
    const named = fields.map(({ crmObject, name }) => `${crmObject}.${name}`);
    expect(new Set(named).size).toBe(named.length);
    const own = fields.filter(({ object }) => object !== 'program');
    expect(own.filter(({ name }) => !/tierline_/iu.test(name))).toEqual([]);
  });

  it('are written by us, or left to people to edit', () => {
    const mapping = shipped(crm);
    const silent = fields.filter(({ object, name, editableByUsers }) => {
      const field = [...(mapping.get(object)?.fields.values() ?? [])].find((one) => one.crm === name);
      return field?.write === 'never' && !editableByUsers;
    });
    expect(silent).toEqual([]);
  });
});

describe('the fields that setup makes', () => {
  it('hold choices as the mapping translates them', () => {
    const tier = fieldsToInstall(shipped('salesforce'), shipped('salesforce'), programs).find(
      ({ object, name }) => object === 'account' && name === 'Tierline_Tier__c',
    );
    expect(tier?.type).toMatchObject({ kind: 'choice' });
    expect(JSON.stringify(tier?.type)).toContain('"value":"Tier 1"');
  });

  it('leave out what the mapping puts into a field that people have already', () => {
    const fields = installWith('hubspot', 'account', 'tierline_next_step', 'our_next_step');
    const names = fields.filter(({ object }) => object === 'account').map(({ name }) => name);
    expect(names).not.toContain('our_next_step');
    expect(names).not.toContain('tierline_next_step');
    expect(names).toContain('tierline_tier');
  });

  it('offer the programs of the two menus that people tick', () => {
    const requested = fieldsToInstall(shipped('hubspot'), shipped('hubspot'), programs).find(
      ({ name }) => name === 'tierline_programs_requested',
    );
    const menu = programs.filter(({ tier }) => tier === 'tier_1' || tier === 'tier_2');
    expect(menu.length).toBeGreaterThan(0);
    expect(requested?.type).toEqual({
      kind: 'multi_choice',
      options: menu.map(({ id, name }) => ({ value: id, label: name })),
    });
  });
});
