// Writes rows as CSV or JSON Lines text: quoting and missing values, nothing about their meaning.

/** Undefined and null are missing: an empty CSV cell, an absent JSON key. */
export type Row = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A line that is written as it stands: for the broken ones. */
export interface RawLine {
  readonly raw: string;
}

const isRawLine = (line: Row | RawLine): line is RawLine => 'raw' in line;

const quote = (value: Row[string]): string => {
  const text = String(value ?? '');
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const toCsv = (columns: readonly string[], lines: readonly (Row | RawLine)[]): string =>
  [
    columns.join(','),
    ...lines.map((line) =>
      isRawLine(line) ? line.raw : columns.map((column) => quote(line[column])).join(','),
    ),
    '',
  ].join('\r\n');

export const toJsonLines = (lines: readonly (Row | RawLine)[]): string =>
  lines.map((line) => `${isRawLine(line) ? line.raw : JSON.stringify(dropMissing(line))}\n`).join('');

const dropMissing = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined));

export const toDay = (moment: Date): string => moment.toISOString().slice(0, 10);
