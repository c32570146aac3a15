// Between HubSpot's property values, which are all strings on the wire, and the values of the CRM port.
// A value that is not what its property promises is handed on as it came: the normaliser says what is wrong with it.
import type { CrmFieldSchema, CrmValue } from '#ports/crm.ts';

export function fromHubspotValue(value: string | null | undefined, kind: CrmFieldSchema['kind']): CrmValue {
  if (value === null || value === undefined || value === '') return null;
  switch (kind) {
    case 'number': {
      const number = Number(value);
      return Number.isFinite(number) ? number : value;
    }
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    case 'date':
      return toDay(value);
    case 'datetime':
      return toIsoUtc(value) ?? value;
    case 'text':
    case 'choice':
    case 'multi_choice':
    case 'id':
    case 'other':
      return value;
  }
}

/** An empty string is how HubSpot is told to clear a property. */
export function toHubspotValue(value: CrmValue): string {
  return value === null ? '' : String(value);
}

/** ISO 8601 UTC with milliseconds, from ISO with or without them or from epoch milliseconds; null when it is neither. */
export function toIsoUtc(value: string | null | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  const moment = new Date(isEpochMs(value) ? Number(value) : value);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

// Dates come as `2026-11-22`, as midnight UTC in ISO or as its milliseconds, depending on who wrote them.
const toDay = (value: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : (toIsoUtc(value)?.slice(0, 10) ?? value);

const isEpochMs = (value: string): boolean => /^-?\d{5,}$/.test(value);
