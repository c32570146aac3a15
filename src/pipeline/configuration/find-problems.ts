// Reads a whole set of files as a run would, and tells all that is wrong with it: what `config push` refuses is what a run would.
import { TierlineError } from '#errors/errors.ts';
import { CRM_KINDS, loadCrmMapping } from '#mapping/fields/crm-mapping.ts';
import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';
import { isAsShipped, type MappingFiles } from '#mapping/files/mapping-files.ts';
import { loadIcp } from '#mapping/icp/load-icp.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { loadPolicy } from '#mapping/policy/load-policy.ts';
import { loadPrograms } from '#mapping/programs/load-programs.ts';
import { loadRoleCatalogue } from '#mapping/roles/load-role-catalogue.ts';

export interface FileProblem {
  /** Names file, path and what was read. */
  readonly message: string;
  readonly next: string;
}

interface Check {
  /** The files that it reads. */
  readonly names: readonly string[];
  readonly load: (files: MappingFiles) => unknown;
}

const namesIn = (folder: string) => MAPPING_FILE_NAMES.filter((name) => name.startsWith(`${folder}/`));

const CHECKS: readonly Check[] = [
  { names: ['policy.yaml'], load: loadPolicy },
  { names: ['icp.yaml'], load: loadIcp },
  { names: ['programs.yaml'], load: loadPrograms },
  { names: ['buying-roles.yaml'], load: loadRoleCatalogue },
  { names: namesIn('keys'), load: loadKeyRules },
  ...CRM_KINDS.map((crm) => ({
    names: namesIn(crm),
    load: (files: MappingFiles) => loadCrmMapping(crm, files),
  })),
];

/** Empty: a run could go by these files. What was shipped was checked before it was. */
export function findProblems(files: MappingFiles): readonly FileProblem[] {
  return CHECKS.filter(({ names }) => !isAsShipped(files, names)).flatMap(({ load }) => {
    try {
      load(files);
      return [];
    } catch (error) {
      if (!(error instanceof TierlineError)) throw error;
      return [{ message: error.message, next: error.next ?? '' }];
    }
  });
}
