// In tierline.yaml any text may be `${NAME}`: an editor must not hold that against a pattern the value has to meet later.
import { type JsonSchema, mapSchemas } from './json-schema.ts';

const VARIABLE = { type: 'string', pattern: String.raw`\$\{[A-Za-z_]\w*(:-[^}]*)?\}` } as const;
const NARROWING = ['pattern', 'format', 'enum'] as const;

export function allowVariables(document: JsonSchema): unknown {
  return mapSchemas(document, (schema) => {
    const narrowed = schema['type'] === 'string' && NARROWING.some((keyword) => keyword in schema);
    if (!narrowed) return schema;
    const { description, default: byDefault, ...rest } = schema;
    return {
      ...(description === undefined ? {} : { description }),
      ...(byDefault === undefined ? {} : { default: byDefault }),
      anyOf: [rest, VARIABLE],
    };
  });
}
