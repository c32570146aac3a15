// Reads every rule file at once: the workspace's own where there is one, else the shipped one.
import path from 'node:path';
import { createMappingFiles } from '#config/load-workspace.ts';
import { loadIcp } from '#mapping/icp/load-icp.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { hashPolicy, loadPolicy } from '#mapping/policy/load-policy.ts';
import { loadPrograms } from '#mapping/programs/load-programs.ts';
import { loadRoleCatalogue } from '#mapping/roles/load-role-catalogue.ts';
import type { Rules } from '#pipeline/session.ts';

/** @param folder the workspace's mappings folder; null: all as shipped */
export function loadRules(folder: string | null): Rules {
  const policy = loadPolicy(folder);
  return Object.freeze({
    policy,
    policyHash: hashPolicy(policy),
    icp: loadIcp(folder),
    programs: loadPrograms(createMappingFiles(folder)),
    roles: loadRoleCatalogue(folder),
    keys: loadKeyRules(folder === null ? null : path.join(folder, 'keys')),
  });
}
