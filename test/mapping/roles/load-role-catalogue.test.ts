import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MappingError } from '#errors/errors.ts';
import { createMappingFiles } from '#mapping/files/mapping-files.ts';
import { loadRoleCatalogue, parseRoleCatalogue } from '#mapping/roles/load-role-catalogue.ts';

const failureOf = (text: string): MappingError => {
  try {
    parseRoleCatalogue(text, 'mappings/buying-roles.yaml');
  } catch (error) {
    if (error instanceof MappingError) return error;
  }
  throw new Error('the file was accepted');
};

describe('the catalogue of buying roles', () => {
  it('ships with words for seven languages and more', () => {
    const names = loadRoleCatalogue().catalogue.languages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['en', 'ja', 'ko', 'zh', 'de', 'fr', 'es']));
  });

  it('takes a title that the workspace knows better than any rule', () => {
    const { suggest } = parseRoleCatalogue('titles: { "Growth Hacker": influencer }', 'own.yaml');
    expect(suggest('  growth HACKER ')).toEqual({ role: 'influencer', confidence: 1 });
    expect(suggest('CEO').role).toBe('economic_buyer');
  });

  it('lets a workspace replace one list and keeps the others', () => {
    const { suggest } = parseRoleCatalogue(
      'languages: { en: { words: { chief: "grand vizier" } } }',
      'own.yaml',
    );
    expect(suggest('Grand Vizier').role).toBe('economic_buyer');
    expect(suggest('Proprietor').role).not.toBe('economic_buyer');
    expect(suggest('Marketing Manager').role).toBe('influencer');
  });

  it('lets a workspace add a language', () => {
    const { suggest } = parseRoleCatalogue(
      'languages: { nl: { script: latin, words: { chief: "eigenaar, algemeen directeur", procurement: "inkoper" } } }',
      'own.yaml',
    );
    expect(suggest('Algemeen directeur').role).toBe('economic_buyer');
    expect(suggest('Inkoper').role).toBe('procurement');
  });

  it("reads the workspace's own file over the shipped one", () => {
    const folder = mkdtempSync(join(tmpdir(), 'roles-'));
    expect(loadRoleCatalogue(createMappingFiles(folder)).suggest('Sultan').role).toBeNull();
    writeFileSync(join(folder, 'buying-roles.yaml'), 'titles: { Sultan: economic_buyer }');
    expect(loadRoleCatalogue(createMappingFiles(folder)).suggest('Sultan').role).toBe('economic_buyer');
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['titels: {}', /titels: unknown key; did you mean "titles"/u],
    ['titles: { CEO: boss }', /titles\.CEO/u],
    ['rules: [{ role: user }]', /a rule needs/u],
    ['confidence: { clear: 2 }', /confidence\.clear/u],
    ['languages: { en: { words: { boss: "ceo" } } }', /boss/u],
    ['languages: { en: { words: { chief: "ceo, -" } } }', /languages\.en\.words\.chief: "-" holds no word/u],
    ['titles: [', /buying-roles\.yaml/u],
  ])('refuses %s', (text, message) => {
    const failure = failureOf(text);
    expect(failure.message).toMatch(message);
    expect(failure.next).toContain('buying-roles.yaml');
  });
});

describe("the CRM's own roles", () => {
  const { ofCrm } = loadRoleCatalogue();

  it.each([
    ['hubspot', 'BUDGET_HOLDER', 'economic_buyer'],
    ['hubspot', 'CHAMPION', 'champion'],
    ['hubspot', 'BLOCKER', 'blocker'],
    ['hubspot', 'LEGAL_AND_COMPLIANCE', 'technical_approver'],
    ['hubspot', 'OTHER', null],
    ['salesforce', 'Technical Buyer', 'technical_approver'],
    ['salesforce', ' economic buyer', 'economic_buyer'],
    ['salesforce', 'Business User', 'user'],
    ['salesforce', 'Something of their own', null],
    ['another', 'Decision Maker', null],
  ])('%s %s is %s', (crm, value, role) => {
    expect(ofCrm(crm, value)).toBe(role);
  });
});
