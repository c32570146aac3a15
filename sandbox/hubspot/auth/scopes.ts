// Which scopes a call needs. Any one of those listed is enough.
import { findObjectType, type ObjectType } from '#sandbox/hubspot/portal/object-types.ts';

/** Everything the sandbox knows; what a token has unless the options say less. */
export const ALL_SCOPES: readonly string[] = [
  'oauth',
  ...(['companies', 'contacts', 'deals'] as const).flatMap((name) => [
    `crm.objects.${name}.read`,
    `crm.objects.${name}.write`,
    `crm.schemas.${name}.read`,
    `crm.schemas.${name}.write`,
  ]),
  'crm.objects.owners.read',
];

const VERSION = '(?:v[34]|\\d{4}-\\d{2})';
const OBJECTS = new RegExp(`^/crm/(?:objects/${VERSION}|v[34]/objects)/([^/]+)(?:/(.*))?$`, 'u');
const ASSOCIATIONS = new RegExp(
  `^/crm/(?:associations/${VERSION}|v[34]/associations)/([^/]+)/([^/]+)(?:/(.*))?$`,
  'u',
);
const PROPERTIES = new RegExp(`^/crm/(?:properties/${VERSION}|v3/properties)/([^/]+)`, 'u');
const PIPELINES = new RegExp(`^/crm/(?:pipelines/${VERSION}|v3/pipelines)/([^/]+)`, 'u');
const OWNERS = new RegExp(`^/crm/(?:owners/${VERSION}|v3/owners)(?:/|$)`, 'u');

/** An empty list: no scope is needed. */
export const scopesNeeded = (method: string, path: string): readonly string[] => {
  const [, objectAlias, rest = ''] = OBJECTS.exec(path) ?? [];
  if (objectAlias !== undefined) {
    const [, toAlias] = /^[^/]+\/associations\/(?:default\/)?([^/]+)/u.exec(rest) ?? [];
    const verb = isRead(method, rest) ? 'read' : 'write';
    return toAlias === undefined
      ? recordScopes(objectAlias, verb)
      : [...new Set([...recordScopes(objectAlias, verb), ...recordScopes(toAlias, verb)])];
  }
  const [, fromAlias, toAlias, action = ''] = ASSOCIATIONS.exec(path) ?? [];
  if (fromAlias !== undefined && toAlias !== undefined) {
    const verb = isRead(method, action) ? 'read' : 'write';
    return [...new Set([...recordScopes(fromAlias, verb), ...recordScopes(toAlias, verb)])];
  }
  const [, propertyAlias] = PROPERTIES.exec(path) ?? [];
  if (propertyAlias !== undefined) return schemaScopes(propertyAlias, method, path);
  const [, pipelineAlias] = PIPELINES.exec(path) ?? [];
  if (pipelineAlias !== undefined) return recordScopes(pipelineAlias, 'read');
  return OWNERS.test(path) ? ['crm.objects.owners.read'] : [];
};

export const isRead = (method: string, rest: string): boolean =>
  method === 'GET' || rest === 'search' || rest.endsWith('batch/read');

const recordScopes = (alias: string, verb: 'read' | 'write'): readonly string[] =>
  scopesOf(findObjectType(alias), (name) => [`crm.objects.${name}.${verb}`]);

const schemaScopes = (alias: string, method: string, path: string): readonly string[] =>
  scopesOf(findObjectType(alias), (name) =>
    isRead(method, path)
      ? [`crm.schemas.${name}.read`, `crm.objects.${name}.read`]
      : [`crm.schemas.${name}.write`],
  );

// An unknown type needs none: the route answers that there is no such type.
const scopesOf = (
  type: ObjectType | null,
  make: (name: ObjectType['scopeName']) => readonly string[],
): readonly string[] => (type === null ? [] : make(type.scopeName));
