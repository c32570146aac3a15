// Turns one CRM value into its canonical value, or says why it cannot be one. Pure; knows types and the closed list of
// transforms, not fields.
import { normaliseCountry } from '#domain/record/country.ts';
import type { CanonicalValue, FieldType } from '#domain/record/objects.ts';
import type { CrmValue } from '#ports/crm.ts';
import type { FieldMapping, Transform } from './object-mapping.ts';

export type ReadResult = { readonly value: CanonicalValue } | { readonly reason: string };

const NOTHING: ReadResult = { value: null };

export function readValue(field: FieldMapping, raw: CrmValue | undefined): ReadResult {
  if (raw === undefined || raw === null) return NOTHING;
  const given = typeof raw === 'string' ? raw.normalize('NFC').trim() : raw;
  if (given === '') return NOTHING;
  const transformed = field.transform === null ? given : transform(field.transform, String(given));
  if (transformed === null || transformed === '') return NOTHING;
  const result = readers[field.type](field.type === 'list' ? transformed : translate(field, transformed));
  // The choices of a list are translated one by one, as they are written.
  return field.type === 'list' && 'value' in result && Array.isArray(result.value)
    ? { value: result.value.map((part: string) => String(translate(field, part))) }
    : result;
}

/** A canonical value from text in a file: the same rules, no field mapping. */
export function readTypedValue(type: FieldType, text: string): ReadResult {
  const given = text.normalize('NFC').trim();
  return given === '' ? NOTHING : readers[type](given);
}

function translate(field: FieldMapping, value: Scalar): Scalar {
  return field.values?.fromCrm.get(String(value)) ?? value;
}

function transform(name: Transform, text: string): string | null {
  switch (name) {
    case 'first_of_list':
      return text.split(';')[0]?.trim() ?? null;
    case 'split_list':
      return text.replaceAll(/[,、，|\n]/gu, ';');
    case 'domain_of':
      return text.slice(text.lastIndexOf('@') + 1);
    case 'lower_case':
      return text.toLowerCase();
    // Our own keys name the account: no call is needed to ask for the association.
    case 'account_of_task_key':
      return text.split(':')[1] ?? null;
  }
}

type Scalar = string | number | boolean;

const asText = (value: Scalar): ReadResult => ({ value: String(value) });

const readers: Readonly<Record<FieldType, (value: Scalar) => ReadResult>> = {
  text: asText,
  id: asText,
  choice: asText,
  number: readNumber,
  money: readNumber,
  boolean: readBoolean,
  date: (value) => readMoment(value, (iso) => iso.slice(0, 10)),
  datetime: (value) => readMoment(value, (iso) => iso),
  list: (value) => {
    const parts = String(value)
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    return { value: parts.length === 0 ? null : parts };
  },
  country: (value) => {
    const code = normaliseCountry(String(value));
    return code === null ? { reason: 'is no country that Tierline knows' } : { value: code };
  },
};

// Grouping signs are refused rather than guessed: "1.200" is 1200 in Berlin and 1.2 in Boston.
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu;

function readNumber(value: Scalar): ReadResult {
  if (typeof value === 'number')
    return Number.isFinite(value) ? { value } : { reason: 'is not a finite number' };
  const text = String(value).normalize('NFKC');
  return DECIMAL.test(text) ? { value: Number(text) } : { reason: 'is not a number' };
}

function readBoolean(value: Scalar): ReadResult {
  if (typeof value === 'boolean') return { value };
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1' || text === 'yes') return { value: true };
  if (text === 'false' || text === '0' || text === 'no') return { value: false };
  return { reason: 'is neither true nor false' };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/u;
const EPOCH_MS = /^-?\d{11,14}$/u;

function readMoment(value: Scalar, shape: (iso: string) => string): ReadResult {
  const iso = isoMomentOf(String(value));
  return iso === null ? { reason: 'is not a date' } : { value: shape(iso) };
}

/** ISO 8601 UTC with milliseconds of a day (its 00:00 UTC), an ISO moment (UTC when it names no zone) or epoch ms. */
export function isoMomentOf(text: string): string | null {
  if (DAY.test(text)) return isRealDay(text) ? `${text}T00:00:00.000Z` : null;
  if (EPOCH_MS.test(text)) return new Date(Number(text)).toISOString();
  if (!MOMENT.test(text) || !isRealDay(text.slice(0, 10))) return null;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/u.test(text) ? text : `${text}Z`;
  // Salesforce writes +0000 where the standard wants +00:00.
  const date = new Date(zoned.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/u, '$1:$2'));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** False for 2026-02-30, which JavaScript takes as 2 March. */
function isRealDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
