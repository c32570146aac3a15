// Reads every rule file at once, wherever each of them comes from.

import { type MappingFiles, shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import { loadIcp } from '#mapping/icp/load-icp.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { hashPolicy, loadPolicy } from '#mapping/policy/load-policy.ts';
import { loadPrograms } from '#mapping/programs/load-programs.ts';
import { loadRoleCatalogue } from '#mapping/roles/load-role-catalogue.ts';
import type { Rules } from '#pipeline/session.ts';

let shippedRules: Rules | null = null;

/** The shipped rules never change while the process runs and are read once. */
export function loadRules(files: MappingFiles): Rules {
  if (files !== shippedMappingFiles) return readRules(files);
  shippedRules ??= readRules(files);
  return shippedRules;
}

function readRules(files: MappingFiles): Rules {
  const policy = loadPolicy(files);
  return Object.freeze({
    policy,
    policyHash: hashPolicy(policy),
    icp: loadIcp(files),
    programs: loadPrograms(files),
    roles: loadRoleCatalogue(files),
    keys: loadKeyRules(files),
  });
}
