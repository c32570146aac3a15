// Turns one raw row of a source into a SourceRow, or says why it cannot be one. A refused row is counted and kept; it never
// stops a load. A row whose columns are none of ours at all is a configuration error (see source-layout.ts).
import type { CanonicalValue } from '#domain/record/objects.ts';
import { readTypedValue } from '#mapping/fields/read-value.ts';
import type { RawSourceRow } from '#ports/source.ts';
import type { CompanyReference, RefusedSourceRow, SourceRow } from '#ports/store.ts';
import { MOMENT_COLUMN, type SourceColumn, toCanonicalName } from './source-columns.ts';
import type { SourceLayout } from './source-layout.ts';

/** What names a company, once normalised; supplied by the key rules. */
export interface CompanyReferenceReader {
  /** `scheme:value`, or null when the check digit or the shape is wrong. */
  identifier(scheme: string, value: string, country: string | null): string | null;
  /** The company's own registrable domain of a website, domain or e-mail address; null for shared hosts. */
  domain(websiteOrEmail: string): string | null;
  /** `core|CC`; null for a junk name. */
  nameCountry(name: string, country: string | null): string | null;
}

export interface RowDefaults {
  /** The connection whose ids the column crm_id holds, unless the row says another. */
  readonly connection: string | null;
}

type Parsed = { readonly row: SourceRow } | { readonly refused: RefusedSourceRow };
type Cells = ReadonlyMap<string, string>;

export function createRowParser(
  layout: SourceLayout,
  references: CompanyReferenceReader,
  defaults: RowDefaults,
): (raw: RawSourceRow) => Parsed {
  const momentColumn = MOMENT_COLUMN[layout.kind];
  const columns =
    layout.kind === 'firmographics'
      ? [...layout.columns, { name: 'country', type: 'country' } as const satisfies SourceColumn]
      : layout.columns;

  return (raw) => {
    const cells = cellsOf(raw, layout);
    const fields: Record<string, CanonicalValue> = {};
    let at: string | null = null;
    for (const column of columns) {
      const text = cells.get(column.name) ?? '';
      const result = readColumn(column, text);
      if (typeof result === 'string') return refuse(raw.rowNumber, result);
      if (column.name === momentColumn) at = result.value === null ? null : String(result.value);
      else if (column.name !== 'email') fields[toCanonicalName(column.name)] = result.value;
    }
    const email = emailOf(cells.get('email') ?? '');
    if (email === undefined) return refuse(raw.rowNumber, 'email is no e-mail address');
    if (layout.kind === 'intent-counts' && at !== null && new Date(at).getUTCDay() !== 1) {
      return refuse(raw.rowNumber, `week is no Monday (read ${shown(cells.get('week') ?? '')})`);
    }
    const company = readReference(cells, email, layout, references, defaults);
    if (company === null) return refuse(raw.rowNumber, 'nothing in the row names a company');
    return { row: { rowNumber: raw.rowNumber, company, email, at, fields } };
  };
}

function refuse(rowNumber: number, reason: string): Parsed {
  return { refused: { rowNumber, reason } };
}

function cellsOf(raw: RawSourceRow, layout: SourceLayout): Cells {
  const cells = new Map<string, string>();
  for (const [fileName, value] of Object.entries(raw.columns)) {
    const ours = layout.ourName(fileName);
    if (ours !== null && value !== null && value !== undefined) cells.set(ours, cellText(value));
  }
  return cells;
}

function cellText(value: unknown): string {
  if (Array.isArray(value))
    return value
      .filter((item) => item !== null)
      .map(cellText)
      .join(';');
  return (typeof value === 'string' ? value : JSON.stringify(value)).trim();
}

/** The value, or the reason why the row is refused. */
function readColumn(column: SourceColumn, text: string): { readonly value: CanonicalValue } | string {
  if (text === '') return column.needed === true ? `${column.name} is empty` : { value: null };
  const result = readTypedValue(column.type, column.type === 'choice' ? text.toLowerCase() : text);
  if ('reason' in result) return `${column.name} ${result.reason} (read ${shown(text)})`;
  const { value } = result;
  if (column.oneOf !== undefined && !column.oneOf.includes(String(value))) {
    return `${column.name} is none of ${column.oneOf.join(', ')} (read ${shown(text)})`;
  }
  if (typeof value === 'number') {
    if (column.whole === true && !Number.isInteger(value))
      return `${column.name} is no whole number (read ${shown(text)})`;
    if (column.from !== undefined && value < column.from)
      return `${column.name} is below ${column.from} (read ${shown(text)})`;
    if (column.to !== undefined && value > column.to)
      return `${column.name} is above ${column.to} (read ${shown(text)})`;
  }
  return { value };
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/** Lower-cased; null when the cell is empty, undefined when it holds something else. */
function emailOf(text: string): string | null | undefined {
  const email = text.normalize('NFKC').trim().toLowerCase();
  if (email === '') return null;
  return EMAIL.test(email) ? email : undefined;
}

function readReference(
  cells: Cells,
  email: string | null,
  layout: SourceLayout,
  references: CompanyReferenceReader,
  defaults: RowDefaults,
): CompanyReference | null {
  const country = cells.get('country') ?? null;
  const identifiers: string[] = [];
  for (const [name, text] of cells) {
    if (text === '' || !layout.isIdentifier(name)) continue;
    const identifier = references.identifier(name, text, country);
    if (identifier !== null) identifiers.push(identifier);
  }
  const host = cells.get('domain') ?? cells.get('website') ?? email ?? '';
  const name = cells.get('name') ?? '';
  const crmId = cells.get('crm_id') ?? '';
  const reference: CompanyReference = {
    companyKey: cells.get('company_key') || null,
    crm: crmId === '' ? null : { connection: cells.get('connection') || defaults.connection, id: crmId },
    identifiers,
    domain: host === '' ? null : references.domain(host),
    nameCountry: name === '' ? null : references.nameCountry(name, country),
  };
  // A stranger's free-mail address names nobody's company, but a contact may have it: the row is kept for that.
  const empty =
    reference.companyKey === null &&
    reference.crm === null &&
    identifiers.length === 0 &&
    reference.domain === null &&
    reference.nameCountry === null &&
    email === null;
  return empty ? null : reference;
}

function shown(text: string): string {
  return text.length > 40 ? `"${text.slice(0, 40)}…"` : `"${text}"`;
}
