// Turns one value of REST (JSON) or Bulk (text) into the port's form. Both must come out the same.
import type { CrmValue } from '#ports/crm.ts';
import { toLongId } from '../salesforce-id.ts';

const NUMBER_TYPES = new Set(['int', 'long', 'double', 'currency', 'percent']);

/** `type` is describe's word. Empty text is null: Salesforce does not tell the two apart either. */
export const toValue = (type: string, raw: unknown): CrmValue => {
  if (raw === null || raw === undefined || raw === '') return null;
  if (NUMBER_TYPES.has(type)) return toNumber(raw);
  if (type === 'boolean') return raw === true || raw === 'true';
  if (typeof raw === 'number' || typeof raw === 'boolean') return raw;
  if (typeof raw !== 'string') return JSON.stringify(raw);
  if (type === 'datetime') return toInstant(raw);
  if (type === 'id' || type === 'reference') return toLongId(raw);
  return raw;
};

const toNumber = (raw: unknown): number | null => {
  const number = Number(raw);
  return Number.isFinite(number) ? number : null;
};

/** `2026-11-02T08:00:00.000+0000` and its kin as ISO 8601 UTC with milliseconds; other text as it is. */
export const toInstant = (text: string): string => {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|\+0000)$/.test(text)) return `${text.slice(0, 23)}Z`;
  // JavaScript wants a colon in the offset, Salesforce writes none.
  const ms = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(ms) ? text : new Date(ms).toISOString();
};
