// What Tierline asks of a source of third-party or own data: its rows, one by one, and how to tell that it changed.

/** One row as the file has it: text by column name (CSV) or JSON scalars and lists (JSON Lines). */
export interface RawSourceRow {
  /** Physical line on which the row starts, 1-based. */
  readonly rowNumber: number;
  readonly columns: Readonly<Record<string, unknown>>;
}

export interface UnreadableSourceRow {
  readonly rowNumber: number;
  readonly reason: string;
}

export interface SourceFile {
  /** Absolute path. */
  readonly path: string;
  /** As the workspace names it, for messages. */
  readonly shownPath: string;
  /** Null: UTF-8, or what a byte-order mark says. */
  readonly encoding: string | null;
}

export interface SourceReader {
  /** Changes whenever the file does and costs no reading: size and time of its last change. The same for a missing file. */
  stamp(file: SourceFile): Promise<string>;
  /** SHA-256 of the content. A missing or unreadable file is a ConfigError. */
  fingerprint(file: SourceFile): Promise<string>;
  /**
   * Column names of a CSV header; null for JSON Lines, whose rows name their own. An undecodable file is a ConfigError.
   */
  header(file: SourceFile): Promise<readonly string[] | null>;
  /** Rows in file order, streamed. A broken row is yielded as unreadable and the next ones still come. */
  rows(file: SourceFile): AsyncIterable<RawSourceRow | UnreadableSourceRow>;
}
