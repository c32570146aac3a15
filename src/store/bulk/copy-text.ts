// Writes rows in the text format of COPY: tab between columns, newline after a row, \N for null.

/** A nested array is a PostgreSQL array of text. */
export type CopyValue = string | number | boolean | readonly string[] | null;

export function formatCopyRow(values: readonly CopyValue[]): string {
  return `${values.map(formatValue).join('\t')}\n`;
}

function formatValue(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number') return String(value);
  return escapeText(`{${value.map(quoteElement).join(',')}}`);
}

const special = /[\\\t\n\r\0]/gu;
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  // PostgreSQL has no text with NUL in it; one such value must not cost its whole page.
  '\0': '',
};

function escapeText(text: string): string {
  return text.replace(special, (character) => escapes[character] ?? '');
}

function quoteElement(element: string): string {
  return `"${element.replace(/["\\]/gu, '\\$&')}"`;
}
