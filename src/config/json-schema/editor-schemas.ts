// The JSON Schemas that editors complete and check by, one a kind of file; made from the same zod schemas that read the
// files. An editor knows the shape; what values mean together only the loaders know.
import { z } from 'zod';
import { FIT_TEMPLATES } from '#domain/fit/fit-policy.ts';
import { CANONICAL_FIELDS, CRM_OBJECTS, type CrmObject } from '#domain/record/objects.ts';
import { fieldMappingSchema, objectMappingSchema } from '#mapping/fields/object-mapping.ts';
import { createIcpSchema } from '#mapping/icp/icp-schema.ts';
import { policySchema } from '#mapping/policy/policy-schema.ts';
import { programsSchema } from '#mapping/programs/load-programs.ts';
import { roleFileSchema } from '#mapping/roles/role-schema.ts';
import { workspaceSchema } from '../workspace-schema.ts';
import { allowVariables } from './allow-variables.ts';
import type { JsonSchema } from './json-schema.ts';
import { stripRequired } from './strip-required.ts';

/** File name below `mappings/schemas/` → document, in the order of their names. */
export function createEditorSchemas(): ReadonlyMap<string, JsonSchema> {
  const documents: [string, string, JsonSchema][] = [
    ['workspace', 'tierline.yaml', allowVariables(toJsonSchema(workspaceSchema)) as JsonSchema],
    ['policy', 'mappings/policy.yaml', stripRequired(toJsonSchema(policySchema))],
    ['icp', 'mappings/icp.yaml', icpSchema()],
    ['programs', 'mappings/programs.yaml', toJsonSchema(programsSchema)],
    ['buying-roles', 'mappings/buying-roles.yaml', stripRequired(toJsonSchema(roleFileSchema))],
    ...CRM_OBJECTS.map((object): [string, string, JsonSchema] => [
      object,
      `mappings/<crm>/${object}.yaml`,
      objectSchema(object),
    ]),
  ];
  const sorted = documents.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([name, title, schema]) => [`${name}.schema.json`, { ...schema, title }]));
}

function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
}

/** Which criteria there may be hangs on the template; what a criterion is does not, so it stands there once. */
function icpSchema(): JsonSchema {
  const templates = z.union(FIT_TEMPLATES.map((template) => createIcpSchema(template)));
  return z.toJSONSchema(templates, { io: 'input', reused: 'ref' }) as JsonSchema;
}

function withoutDialect({ $schema: _dialect, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** Known canonical fields by name, for completion; any other name is a field of the user's own and needs its type. */
function objectSchema(object: CrmObject): JsonSchema {
  const { properties, ...schema } = toJsonSchema(objectMappingSchema);
  const { properties: keywords, ...field } = withoutDialect(toJsonSchema(fieldMappingSchema));
  const { type: _type, ...knownKeywords } = keywords as JsonSchema;
  const known = Object.entries(CANONICAL_FIELDS[object]).map(([name, type]) => [
    name,
    { description: `Canonical type: ${type}.`, $ref: '#/$defs/knownField' },
  ]);
  return {
    ...schema,
    properties: {
      ...(properties as JsonSchema),
      fields: {
        type: 'object',
        properties: Object.fromEntries(known),
        additionalProperties: { $ref: '#/$defs/ownField' },
      },
    },
    $defs: {
      knownField: { ...field, properties: knownKeywords },
      ownField: { ...field, properties: keywords, required: ['crm', 'type'] },
    },
  };
}
