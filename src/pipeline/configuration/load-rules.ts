// Reads every rule file at once, wherever each of them comes from.

import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';
import { isAsShipped, type MappingFiles, shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import { loadIcp } from '#mapping/icp/load-icp.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { hashPolicy, loadPolicy } from '#mapping/policy/load-policy.ts';
import { loadPrograms } from '#mapping/programs/load-programs.ts';
import { loadRoleCatalogue } from '#mapping/roles/load-role-catalogue.ts';
import type { Rules } from '#pipeline/session.ts';

type Loader<Part> = (files: MappingFiles) => Part;

const KEY_LISTS = MAPPING_FILE_NAMES.filter((name) => name.startsWith('keys/'));

/** Word lists take a tenth of a second each, and what was shipped never changes while the process runs. */
const shippedParts = new Map<Loader<unknown>, unknown>();

export function loadRules(files: MappingFiles): Rules {
  const load = <Part>(loader: Loader<Part>, ...names: readonly string[]): Part => {
    if (!isAsShipped(files, names)) return loader(files);
    if (!shippedParts.has(loader)) shippedParts.set(loader, loader(shippedMappingFiles));
    return shippedParts.get(loader) as Part;
  };
  const policy = load(loadPolicy, 'policy.yaml');
  return Object.freeze({
    policy,
    policyHash: hashPolicy(policy),
    icp: load(loadIcp, 'icp.yaml'),
    programs: load(loadPrograms, 'programs.yaml'),
    roles: load(loadRoleCatalogue, 'buying-roles.yaml'),
    keys: load(loadKeyRules, ...KEY_LISTS),
  });
}
