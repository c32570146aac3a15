// Reads the catalogue of buying roles: the shipped file, and over it the keys that a workspace's own file sets.
import type { BuyingRole } from '#domain/role/buying-role.ts';
import { compileWord } from '#domain/role/compile-word.ts';
import { foldTitle } from '#domain/role/fold-title.ts';
import { foldRoleValue, readCrmRole } from '#domain/role/read-crm-role.ts';
import { type RoleCatalogue, WORD_KINDS, type WordList } from '#domain/role/role-catalogue.ts';
import { createRoleSuggester, type RoleSuggester } from '#domain/role/suggest-role.ts';
import { MappingError } from '#errors/errors.ts';
import { parseDocument, parseYamlText } from '#mapping/document/parse-document.ts';
import {
  type MappingFiles,
  readShipped,
  requireFile,
  shippedMappingFiles,
} from '#mapping/files/mapping-files.ts';
import { overlay } from '#mapping/policy/overlay.ts';
import { type RoleFile, roleFileSchema } from './role-schema.ts';

const FILE = 'buying-roles.yaml';

export interface BuyingRoles {
  readonly catalogue: RoleCatalogue;
  readonly suggest: RoleSuggester;
  /** Our role for a value of the CRM's own role field; null when it says nothing. */
  readonly ofCrm: (crm: string, value: string) => BuyingRole | null;
}

export function loadRoleCatalogue(files: MappingFiles = shippedMappingFiles): BuyingRoles {
  const { text, shownPath } = requireFile(files, FILE);
  return parseRoleCatalogue(text, shownPath);
}

/** Keys that `text` leaves out keep the shipped value. `file` is for messages. */
export function parseRoleCatalogue(text: string, file: string): BuyingRoles {
  const roles = parseDocument(roleFileSchema, layOverShipped(text, file), file);
  refuseDeadWords(roles, file);
  const catalogue = arrangeCatalogue(roles);
  return Object.freeze({
    catalogue,
    suggest: createRoleSuggester(catalogue),
    ofCrm: (crm: string, value: string) => readCrmRole(crm, value, catalogue),
  });
}

function layOverShipped(text: string, file: string): unknown {
  const shipped = readShipped(FILE);
  const base = parseYamlText(shipped.text, shipped.shownPath);
  return text === shipped.text ? base : overlay(base, parseYamlText(text, file));
}

function arrangeCatalogue(roles: RoleFile): RoleCatalogue {
  return {
    version: roles.version,
    titles: new Map(Object.entries(roles.titles).map(([title, role]) => [foldTitle(title), role])),
    rules: roles.rules.map(({ any, level, role }) => ({ any: any ?? null, level: level ?? null, role })),
    confidence: roles.confidence,
    languages: Object.entries(roles.languages).map(([name, { script, telling, words }]) => ({
      name,
      script,
      telling: telling ?? '',
      lists: arrangeLists(words),
    })),
    crmRoles: new Map(
      Object.entries(roles.crmRoles).map(([crm, values]) => [
        crm,
        new Map(Object.entries(values).map(([value, role]) => [foldRoleValue(value), role])),
      ]),
    ),
  };
}

type Words = RoleFile['languages'][string]['words'];

function arrangeLists(words: Words): readonly WordList[] {
  return WORD_KINDS.flatMap((kind) => [
    { kind, isUnsure: false, words: splitWords(words[kind]) },
    { kind, isUnsure: true, words: splitWords(words[`unsure.${kind}`]) },
  ]).filter((list) => list.words.length > 0);
}

function splitWords(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** A word that folds to nothing would never match; it is a slip of the pen. */
function refuseDeadWords({ languages }: RoleFile, file: string): void {
  for (const [name, { words }] of Object.entries(languages)) {
    for (const [list, text] of Object.entries(words)) {
      const dead = splitWords(text).find((word) => compileWord(word) === null);
      if (dead === undefined) continue;
      throw new MappingError(`${file}: languages.${name}.words.${list}: "${dead}" holds no word`, {
        next: `Remove or complete "${dead}" in ${file}.`,
      });
    }
  }
}
