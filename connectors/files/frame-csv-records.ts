// Joins the physical lines of a CSV file into records, so that a quote that is never closed costs its own line and not the
// rest of the file. Splitting a record into fields is csv-parse's work.

/** A quoted field may hold line breaks; one that runs on longer than this was never closed. */
const MOST_LINES_OF_A_RECORD = 200;

export type CsvFrame =
  | { readonly rowNumber: number; readonly text: string }
  | { readonly rowNumber: number; readonly reason: string };

/**
 * @param fits whether several lines that end in balanced quotes are one record; two stray quotes balance each other, and
 *   what stands between them must not be lost
 */
export async function* frameCsvRecords(
  lines: AsyncIterable<string>,
  fits: (text: string) => boolean = () => true,
): AsyncGenerator<CsvFrame, void> {
  let rowNumber = 0;
  let pending: string[] = [];
  for await (const line of lines) {
    rowNumber += 1;
    pending.push(line);
    yield* settle(false);
  }
  yield* settle(true);

  function* settle(atEnd: boolean): Generator<CsvFrame, void> {
    while (pending.length > 0) {
      const start = rowNumber - pending.length + 1;
      const closed = closingLine(pending);
      const text = closed === null ? '' : pending.slice(0, closed + 1).join('\n');
      if (closed !== null && (closed === 0 || fits(text))) {
        pending = pending.slice(closed + 1);
        if (text.trim() !== '') yield { rowNumber: start, text };
      } else if (closed !== null) {
        pending = pending.slice(1);
        yield { rowNumber: start, reason: 'a quote is opened and never closed' };
      } else if (atEnd || pending.length > MOST_LINES_OF_A_RECORD) {
        pending = pending.slice(1);
        yield { rowNumber: start, reason: 'a quote is opened and never closed' };
      } else {
        return;
      }
    }
  }
}

/** Index of the line on which the first record's quotes are balanced; null when they are not yet. */
function closingLine(lines: readonly string[]): number | null {
  let open = false;
  for (const [index, line] of lines.entries()) {
    for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) open = !open;
    if (!open) return index;
  }
  return null;
}
