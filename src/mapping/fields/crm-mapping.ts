// All mappings of one CRM, and how the files are named.
import { CRM_OBJECTS, type CrmObject } from '#domain/record/objects.ts';
import { MappingError } from '#errors/errors.ts';
import type { MappingFiles } from '#mapping/files/mapping-files.ts';
import { loadObjectMapping } from './load-object-mapping.ts';
import type { ObjectMapping } from './object-mapping.ts';

export const CRM_KINDS = ['salesforce', 'hubspot'] as const;
export type CrmKind = (typeof CRM_KINDS)[number];

export type CrmMapping = ReadonlyMap<CrmObject, ObjectMapping>;

const NEEDED: readonly CrmObject[] = ['account', 'contact'];

export function loadCrmMapping(crm: CrmKind, files: MappingFiles): CrmMapping {
  const mapping = new Map<CrmObject, ObjectMapping>();
  for (const object of CRM_OBJECTS) {
    const relativePath = `${crm}/${object}.yaml`;
    const file = files(relativePath);
    if (file !== null && crm === 'hubspot' && object === 'lead') {
      throw new MappingError(`${file.shownPath}: HubSpot has no leads beside its contacts`, {
        next: 'Remove the file; contacts get the key of their company anyway.',
      });
    }
    if (file !== null) mapping.set(object, loadObjectMapping(object, file.text, file.shownPath));
    else if (NEEDED.includes(object)) {
      throw new MappingError(`mappings/${relativePath} is missing`, { next: 'Restore the shipped file.' });
    }
  }
  return mapping;
}
