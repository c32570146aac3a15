// A parser of rows of one kind, by the shipped key rules.
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { createCompanyReferenceReader, isIdentifierColumn } from '#mapping/source/company-references.ts';
import { createRowParser } from '#mapping/source/parse-source-row.ts';
import type { SourceColumn } from '#mapping/source/source-columns.ts';
import { createSourceLayout, type LayoutSettings } from '#mapping/source/source-layout.ts';
import type { SourceKind } from '#ports/store.ts';

export const SHOWN_PATH = 'data/rows.csv';

const references = createCompanyReferenceReader(loadKeyRules());

export function layoutOf(
  kind: SourceKind,
  settings: Partial<LayoutSettings> = {},
  extraColumns: readonly SourceColumn[] = [],
) {
  return createSourceLayout({ id: 'src', kind, ...settings }, SHOWN_PATH, extraColumns, isIdentifierColumn);
}

/** Parses one row that names Acme by its domain, unless told otherwise. */
export function parseRow(
  kind: SourceKind,
  columns: Readonly<Record<string, unknown>>,
  settings: Partial<LayoutSettings> = {},
) {
  const parse = createRowParser(layoutOf(kind, settings), references, { connection: 'sf' });
  return parse({ rowNumber: 7, columns: { domain: 'acme-steel.com', ...columns } });
}
