// What one pull asks HubSpot for: the mapping's fields sorted into properties and associations, plus what we need ourselves.
import type { CrmFieldSchema, CrmObjectSchema, PullRequest } from '#ports/crm.ts';
import { findObjectType, type HubspotObjectType, MERGED_IDS_PROPERTY } from '../object-types.ts';

export interface ReadPlan {
  readonly type: HubspotObjectType;
  /** As the mapping names them; every record has exactly these. */
  readonly fields: readonly string[];
  /** Property names to send, ours included. */
  readonly properties: readonly string[];
  /** Objects whose ids are asked for, such as `companies`. */
  readonly associations: readonly string[];
  readonly kindOf: (property: string) => CrmFieldSchema['kind'];
}

/** A field `associations.companies` is no property: its value is the ids of associated companies, the primary one first. */
const ASSOCIATION_PREFIX = 'associations.';

export function planRead(
  request: Pick<PullRequest, 'crmObject' | 'fields'>,
  schema: CrmObjectSchema | null,
): ReadPlan {
  const type = findObjectType(request.crmObject);
  const properties = new Set(request.fields.filter((field) => associatedObject(field) === null));
  properties.add(type.modifiedProperty);
  if (type.merges) properties.add(MERGED_IDS_PROPERTY);
  const associations = new Set(request.fields.flatMap((field) => associatedObject(field) ?? []));
  return {
    type,
    fields: request.fields,
    properties: [...properties],
    associations: [...associations],
    // A property we may not see comes back empty anyway, whatever we take it for.
    kindOf: (property) => schema?.fields.get(property)?.kind ?? 'text',
  };
}

export function associatedObject(field: string): string | null {
  return field.startsWith(ASSOCIATION_PREFIX) ? field.slice(ASSOCIATION_PREFIX.length) : null;
}
