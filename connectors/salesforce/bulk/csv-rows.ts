// Reads the CSV of a bulk result row by row, by the names of its columns.
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';

export interface CsvRow {
  /** Undefined when there is no such column. Names are compared without case. */
  readonly cell: (column: string) => string | undefined;
}

const TEXT_SLICE = 65_536;
// Some versions write this line in place of a header.
const NO_ROWS = 'Records not found for this query';

export interface CsvOptions {
  /** Told the columns before the first row. */
  readonly onHeader?: (has: (column: string) => boolean) => void;
}

export const readCsvRows = async function* (
  text: string,
  { onHeader }: CsvOptions = {},
): AsyncGenerator<CsvRow, void> {
  const parser = Readable.from(slicesOf(text)).pipe(parse({ bom: true, skipEmptyLines: true }));
  let indexes: ReadonlyMap<string, number> | null = null;
  for await (const cells of parser as AsyncIterable<readonly string[]>) {
    if (indexes === null) {
      if (cells.length === 1 && cells[0] === NO_ROWS) return;
      const columns = new Map(cells.map((name, index) => [name.toLowerCase(), index]));
      onHeader?.((column) => columns.has(column.toLowerCase()));
      indexes = columns;
      continue;
    }
    const columns = indexes;
    yield { cell: (column) => cells[columns.get(column.toLowerCase()) ?? -1] };
  }
};

const slicesOf = function* (text: string): Generator<string, void> {
  for (let start = 0; start < text.length; start += TEXT_SLICE) yield text.slice(start, start + TEXT_SLICE);
};
