// Reads source files: CSV with a header, or JSON Lines; either may be gzipped. Implements the source port.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { parse as parseCsv } from 'csv-parse/sync';
import { ConfigError } from '#errors/errors.ts';
import type { RawSourceRow, SourceFile, SourceReader, UnreadableSourceRow } from '#ports/source.ts';
import { frameCsvRecords } from './frame-csv-records.ts';
import { readLines } from './read-lines.ts';

export const sourceFileReader: SourceReader = {
  async stamp(file) {
    const found = await stat(file.path).catch(() => null);
    return found === null ? 'missing' : `${found.size} ${found.mtimeMs} ${found.ino}`;
  },

  async fingerprint(file) {
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(file.path), hash);
    } catch (cause) {
      throw new ConfigError(`There is no readable file ${file.shownPath}`, {
        cause,
        next: 'Put the file there, or correct `file:` of the source in tierline.yaml.',
      });
    }
    return hash.digest('hex');
  },

  async header(file) {
    if (isJsonLines(file)) return null;
    for await (const frame of frameCsvRecords(readLines(file))) {
      if ('reason' in frame) throw badHeader(file, frame.reason);
      return splitHeader(file, frame.text).names;
    }
    throw badHeader(file, 'the file is empty');
  },

  rows(file) {
    return isJsonLines(file) ? jsonRows(file) : csvRows(file);
  },
};

function isJsonLines(file: SourceFile): boolean {
  return /\.(?:jsonl|ndjson)(?:\.gz)?$/iu.test(file.path);
}

async function* jsonRows(file: SourceFile): AsyncGenerator<RawSourceRow | UnreadableSourceRow, void> {
  let rowNumber = 0;
  for await (const line of readLines(file)) {
    rowNumber += 1;
    if (line.trim() !== '') yield parseJsonLine(line, rowNumber);
  }
}

function parseJsonLine(line: string, rowNumber: number): RawSourceRow | UnreadableSourceRow {
  try {
    const value: unknown = JSON.parse(line);
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      return { rowNumber, reason: 'the line holds no JSON object' };
    if (isNestedDeeper(value, MOST_LEVELS))
      return { rowNumber, reason: `the line nests values more than ${MOST_LEVELS} deep` };
    return { rowNumber, columns: value as Record<string, unknown> };
  } catch {
    return { rowNumber, reason: 'the line is not JSON' };
  }
}

/** A row is an object of values, or of lists of them. Whoever walks what is nested without end runs out of stack. */
const MOST_LEVELS = 8;

function isNestedDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((inner) => isNestedDeeper(inner, levels - 1));
}

async function* csvRows(file: SourceFile): AsyncGenerator<RawSourceRow | UnreadableSourceRow, void> {
  let header: Header | null = null;
  const fits = (text: string) => header === null || 'columns' in toRow(header, 0, text);
  for await (const frame of frameCsvRecords(readLines(file), fits)) {
    if ('reason' in frame) yield frame;
    else if (header === null) header = splitHeader(file, frame.text);
    else yield toRow(header, frame.rowNumber, frame.text);
  }
}

interface Header {
  readonly names: readonly string[];
  readonly delimiter: string;
}

function splitHeader(file: SourceFile, text: string): Header {
  const delimiter =
    [',', ';', '\t', '|'].toSorted((a, b) => text.split(b).length - text.split(a).length)[0] ?? ',';
  let cells: readonly string[];
  try {
    cells = splitRecord(text, delimiter);
  } catch (error) {
    throw badHeader(file, error instanceof Error ? error.message : String(error));
  }
  const names = cells.map((name) => name.normalize('NFKC').trim());
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined) throw badHeader(file, `the column "${twice}" stands twice`);
  return { names, delimiter };
}

function toRow(header: Header, rowNumber: number, text: string): RawSourceRow | UnreadableSourceRow {
  let cells: readonly string[];
  try {
    cells = splitRecord(text, header.delimiter);
  } catch (error) {
    return {
      rowNumber,
      reason: `the line is not CSV (${error instanceof Error ? error.message : String(error)})`,
    };
  }
  if (cells.length !== header.names.length) {
    return { rowNumber, reason: `the line has ${cells.length} columns, the header ${header.names.length}` };
  }
  const columns: Record<string, unknown> = {};
  for (const [index, name] of header.names.entries()) if (name !== '') columns[name] = cells[index];
  return { rowNumber, columns };
}

function splitRecord(text: string, delimiter: string): readonly string[] {
  // Most lines have no quotes and need no parser.
  if (!text.includes('"')) return text.split(delimiter);
  const records: string[][] = parseCsv(text, {
    delimiter,
    relax_column_count: true,
    skip_empty_lines: false,
  });
  return records[0] ?? [];
}

function badHeader(file: SourceFile, why: string): ConfigError {
  return new ConfigError(`${file.shownPath} has no usable header line: ${why}`, {
    next: 'The first line of a CSV source names its columns, each once.',
  });
}
