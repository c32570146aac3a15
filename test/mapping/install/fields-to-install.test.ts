import { describe, expect, it } from 'vitest';
import { LOCALES } from '#config/workspace-schema.ts';
import { CRM_KINDS, type CrmKind, loadCrmMapping } from '#mapping/fields/crm-mapping.ts';
import { type MappingFiles, shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import { fieldsToInstall } from '#mapping/install/fields-to-install.ts';
import { ownFields } from '#mapping/install/own-fields.ts';
import { FIELD_WORDS } from '#mapping/install/words/field-words.ts';
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

/** Longest label of a custom field in Salesforce; its help text may have 510 characters. */
const LABEL_LENGTH = 40;
const HELP_LENGTH = 510;

const install = (locale: string) =>
  fieldsToInstall(shipped('salesforce'), shipped('salesforce'), programs, locale);
const silent = (locale: string) =>
  install(locale).map(({ label: _label, description: _description, ...rest }) => rest);

describe.each(LOCALES)('the words of our fields in %s', (locale) => {
  it('fit what a CRM takes, and no two fields of an object are called the same', () => {
    for (const { label, description } of install(locale)) {
      expect(label.length).toBeLessThanOrEqual(LABEL_LENGTH);
      expect(description.length).toBeLessThanOrEqual(HELP_LENGTH);
    }
    const labels = install(locale).map(({ object, label }) => `${object} ${label}`);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('change nothing but what people read: names, types and values stay', () => {
    expect(silent(locale)).toEqual(silent('en'));
  });

  it('are all of fields that there are', () => {
    const known = new Set(ownFields(programs).map(({ object, name }) => `${object}.${name}`));
    const translated = Object.entries(FIELD_WORDS[locale] ?? {}).flatMap(([object, words]) =>
      Object.keys(words).map((name) => `${object}.${name}`),
    );
    expect(translated.filter((name) => !known.has(name))).toEqual([]);
  });
});

it('a Japanese team finds Japanese labels', () => {
  const fields = fieldsToInstall(shipped('hubspot'), shipped('hubspot'), programs, 'ja');
  const reason = fields.find(({ name }) => name === 'tierline_tier_reason');
  expect(reason).toMatchObject({ label: 'Tierline Tierの理由', description: 'Tierの根拠となる事実。' });
});
