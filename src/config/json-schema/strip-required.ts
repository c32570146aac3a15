// For files that are laid over the shipped ones: every key may be left out. Lists are replaced as a whole, so what stands
// in a list keeps what it needs.
import { isSchema, type JsonSchema } from './json-schema.ts';

const LISTS: ReadonlySet<string> = new Set(['items', 'prefixItems']);

export function stripRequired(schema: JsonSchema): JsonSchema {
  const kept: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    // A list of names is the keyword; a map under this name would be a property called "required".
    if (keyword === 'required' && Array.isArray(value)) continue;
    kept[keyword] = LISTS.has(keyword) ? value : stripFrom(value);
  }
  return kept;
}

function stripFrom(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripFrom);
  return isSchema(value) ? stripRequired(value) : value;
}
