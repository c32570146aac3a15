// HubSpot's property definitions → the port's schema of an object.

import { z } from 'zod';
import type { CrmFieldSchema, CrmObjectSchema } from '#ports/crm.ts';
import { expectShape } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { ForbiddenCallError, RefusedCallError } from '../errors.ts';
import { findObjectType } from '../object-types.ts';

const option = z.object({
  value: z.string(),
  label: z.string().nullish(),
  hidden: z.boolean().nullish(),
  displayOrder: z.number().nullish(),
  description: z.string().nullish(),
});

const property = z.object({
  name: z.string(),
  label: z.string().nullish(),
  type: z.string(),
  fieldType: z.string().nullish(),
  groupName: z.string().nullish(),
  options: z
    .array(option)
    .nullish()
    .transform((options) => options ?? []),
  calculated: z.boolean().nullish(),
  externalOptions: z.boolean().nullish(),
  referencedObjectType: z.string().nullish(),
  modificationMetadata: z.object({ readOnlyValue: z.boolean().nullish() }).nullish(),
});
export type HubspotProperty = z.infer<typeof property>;

const propertiesAnswer = z.object({ results: z.array(property) });

/** Null when the portal has no such object or the credentials may not see it. */
export async function readProperties(
  portal: Portal,
  crmObject: string,
  archived = false,
): Promise<readonly HubspotProperty[] | null> {
  const path = portal.paths.properties(findObjectType(crmObject).path);
  try {
    const query = { archived: String(archived) };
    const answer = await portal.call({ method: 'GET', path, query, kind: 'other' });
    return expectShape(propertiesAnswer, answer.body, `GET ${path}`).results;
  } catch (error) {
    if (!(error instanceof ForbiddenCallError) && !(error instanceof RefusedCallError)) throw error;
    portal.log.warn('HubSpot shows no properties of this object', {
      connection: portal.connection,
      object: crmObject,
      code: error.problem.code,
      scopes: error.problem.scopes.join(', '),
    });
    return null;
  }
}

export function toObjectSchema(crmObject: string, properties: readonly HubspotProperty[]): CrmObjectSchema {
  return { crmObject, fields: new Map(properties.map((each) => [each.name, toFieldSchema(each)])) };
}

const toFieldSchema = (each: HubspotProperty): CrmFieldSchema => {
  const kind = kindOf(each);
  const writable = each.modificationMetadata?.readOnlyValue !== true && each.calculated !== true;
  const restricted = each.type === 'enumeration' && each.externalOptions !== true && kind !== 'id';
  return {
    name: each.name,
    label: each.label ?? each.name,
    vendorType:
      each.fieldType === null || each.fieldType === undefined ? each.type : `${each.type}/${each.fieldType}`,
    kind,
    // HubSpot cuts no text short: single values may have 65,536 characters.
    maxLength: null,
    createable: writable,
    updateable: writable,
    options: restricted ? each.options.filter(({ hidden }) => hidden !== true).map(({ value }) => value) : [],
    restricted,
  };
};

/** Numbers by their type, ids by what they are for: nobody should add or round them. */
const ID_PROPERTIES: readonly string[] = ['hs_object_id', 'associatedcompanyid', 'hs_parent_company_id'];

const kindOf = ({ name, type, fieldType, referencedObjectType }: HubspotProperty): CrmFieldSchema['kind'] => {
  if (ID_PROPERTIES.includes(name) || (referencedObjectType ?? '') !== '') return 'id';
  switch (type) {
    case 'string':
    case 'phone_number':
      return 'text';
    case 'number':
      return 'number';
    case 'bool':
      return 'boolean';
    case 'date':
      return 'date';
    case 'datetime':
      return 'datetime';
    case 'enumeration':
      if (fieldType === 'booleancheckbox') return 'boolean';
      return fieldType === 'checkbox' ? 'multi_choice' : 'choice';
    default:
      return 'other';
  }
};
