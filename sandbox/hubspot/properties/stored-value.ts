// Turns stored text into what the wire shows and into what comparisons need.
import type { PropertyDefinition } from './definition.ts';

/** ISO 8601 in UTC; HubSpot leaves `.000` out, so both forms occur. */
export const formatTimestamp = (atMs: number): string => new Date(atMs).toISOString().replace('.000Z', 'Z');

export const toWireValue = (definition: PropertyDefinition, stored: string): string =>
  definition.type === 'datetime' ? formatTimestamp(Number(stored)) : stored;

const NUMERIC_TYPES: ReadonlySet<string> = new Set(['number', 'datetime']);

/** A number for numbers and moments, lower-case text for everything else. */
export const toComparable = (definition: PropertyDefinition, stored: string): number | string => {
  if (NUMERIC_TYPES.has(definition.type)) return Number(stored);
  if (definition.type === 'date') return Date.parse(stored);
  return stored.toLowerCase();
};
