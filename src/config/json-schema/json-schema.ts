// JSON Schema documents as plain values, and the one way to walk them. Knows no schema of ours.

export type JsonSchema = { readonly [keyword: string]: unknown };

export function isSchema(value: unknown): value is JsonSchema {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Rebuilds a document from its leaves up; `change` sees each map once, its children already changed. */
export function mapSchemas(document: unknown, change: (schema: JsonSchema) => JsonSchema): unknown {
  if (Array.isArray(document)) return document.map((item: unknown) => mapSchemas(item, change));
  if (!isSchema(document)) return document;
  const children = Object.entries(document).map(([key, value]) => [key, mapSchemas(value, change)]);
  return change(Object.fromEntries(children));
}
