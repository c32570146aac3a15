// Which files there are below `mappings/`: the closed list of what a version of the configuration may hold.
import { CRM_OBJECTS } from '#domain/record/objects.ts';
import { CRM_KINDS } from '#mapping/fields/crm-mapping.ts';

const KEY_LISTS = ['hosts', 'junk-names', 'kanji-readings', 'legal-forms', 'lexicon', 'review'] as const;

export const MAPPING_FILE_NAMES: readonly string[] = [
  'policy.yaml',
  'icp.yaml',
  'programs.yaml',
  'buying-roles.yaml',
  ...KEY_LISTS.map((name) => `keys/${name}.yaml`),
  ...CRM_KINDS.flatMap((crm) => CRM_OBJECTS.map((object) => `${crm}/${object}.yaml`)),
];
