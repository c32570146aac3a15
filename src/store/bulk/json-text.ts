// Writes JSON that PostgreSQL takes: its jsonb knows neither NUL nor half a surrogate pair, and CRM text fields hold both.

/** `undefined` members are left out, as JSON has it. */
export function toJsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return refusedEscape.test(text) ? JSON.stringify(cleaned(value)) : text;
}

/** JSON.stringify writes NUL and lone surrogates as escapes, and nothing else of these as one. */
const refusedEscape = /\\u(?:0000|d[89a-f])/u;

export function cleanText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [cleanText(name), cleaned(member)]),
  );
}
