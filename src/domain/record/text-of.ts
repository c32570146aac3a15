// Reads a field that holds text.
import type { CanonicalFields } from './objects.ts';

/** Null when the field is absent, empty of a value, or holds something else than text. */
export function textOf(fields: CanonicalFields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}
