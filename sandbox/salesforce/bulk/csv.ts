// The CSV of Bulk API 2.0: UTF-8, a header of API names, every cell quoted on the way out.
import { parse } from 'csv-parse/sync';

export const DELIMITERS = {
  COMMA: ',',
  SEMICOLON: ';',
  TAB: '\t',
  PIPE: '|',
  CARET: '^',
  BACKQUOTE: '`',
} as const;
export type DelimiterName = keyof typeof DELIMITERS;

export const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;
export type LineEndingName = keyof typeof LINE_ENDINGS;

export interface CsvFormat {
  readonly delimiter: DelimiterName;
  readonly lineEnding: LineEndingName;
}

export const isDelimiterName = (text: string): text is DelimiterName => Object.hasOwn(DELIMITERS, text);
export const isLineEndingName = (text: string): text is LineEndingName => Object.hasOwn(LINE_ENDINGS, text);

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export const printCsvLine = (cells: readonly string[], { delimiter, lineEnding }: CsvFormat): string =>
  cells.map(quote).join(DELIMITERS[delimiter]) + LINE_ENDINGS[lineEnding];

export type CsvReading =
  | { readonly header: readonly string[]; readonly lines: readonly (readonly string[])[] }
  | { readonly problem: string };

/** Lines end as the job said, in the header line at least; a file of the other kind is refused whole. */
export const readCsv = (text: string, { delimiter, lineEnding }: CsvFormat): CsvReading => {
  const firstBreak = text.indexOf('\n');
  const usesCrLf = firstBreak > 0 && text.charAt(firstBreak - 1) === '\r';
  if (firstBreak !== -1 && usesCrLf !== (lineEnding === 'CRLF')) {
    return {
      problem: `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`,
    };
  }
  try {
    const [header, ...lines] = parse(text, {
      delimiter: DELIMITERS[delimiter],
      record_delimiter: LINE_ENDINGS[lineEnding],
      skip_empty_lines: true,
      bom: true,
      relax_column_count_less: true,
    });
    return header === undefined
      ? { problem: 'InvalidBatch : The CSV has no header' }
      : { header: header.map((name) => name.trim()), lines };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { problem: `InvalidBatch : Failed to parse CSV. ${detail}` };
  }
};
