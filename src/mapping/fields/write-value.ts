// Turns a canonical value into what the CRM's API takes for that field. Pure; the inverse of read-value.ts for what we write.
import type { CanonicalValue } from '#domain/record/objects.ts';
import type { CrmFieldSchema, CrmValue } from '#ports/crm.ts';
import type { FieldMapping } from './object-mapping.ts';

/** Text longer than the CRM's field is cut at a character boundary, with an ellipsis as the last character. */
export function writeValue(
  field: FieldMapping,
  value: CanonicalValue,
  schema: CrmFieldSchema | undefined,
): CrmValue {
  if (value === null) return null;
  if (Array.isArray(value))
    return value.map((part: string) => field.values?.toCrm.get(part) ?? part).join(';');
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = field.values?.toCrm.get(String(value)) ?? String(value);
  return cutText(text, schema?.maxLength ?? null);
}

/** The text as a field of that many UTF-16 units can hold it. */
export function cutText(text: string, maxLength: number | null): string {
  if (maxLength === null || text.length <= maxLength) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > maxLength - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
