// Decides which column of a source file is which of ours, and refuses files that cannot be what the workspace says.
import { ConfigError } from '#errors/errors.ts';
import { nearestName } from '#mapping/document/nearest-name.ts';
import type { SourceKind } from '#ports/store.ts';
import { COMPANY_COLUMNS, SOURCE_COLUMNS, type SourceColumn } from './source-columns.ts';

export interface LayoutSettings {
  readonly id: string;
  readonly kind: SourceKind;
  /** Our column → the name in the file. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  /** Columns of the file that nobody wants; `*` for all unknown ones. */
  readonly ignore?: readonly string[] | undefined;
}

export interface SourceLayout {
  readonly kind: SourceKind;
  /** Our columns that carry data. */
  readonly columns: readonly SourceColumn[];
  readonly isIdentifier: (column: string) => boolean;
  /** Throws ConfigError when a name of the file is none of ours. */
  readonly ourName: (fileName: string) => string | null;
}

/**
 * @param extraColumns columns that an ICP criterion names besides the known ones (firmographics only)
 */
export function createSourceLayout(
  settings: LayoutSettings,
  shownPath: string,
  extraColumns: readonly SourceColumn[],
  isIdentifier: (column: string) => boolean,
): SourceLayout {
  const columns =
    settings.kind === 'firmographics'
      ? [...SOURCE_COLUMNS.firmographics, ...extraColumns]
      : SOURCE_COLUMNS[settings.kind];
  const known = new Set<string>([...columns.map((column) => column.name), ...COMPANY_COLUMNS]);
  const renamed = new Map<string, string>();
  for (const [ours, theirs] of Object.entries(settings.columns ?? {})) {
    if (!known.has(ours) && !isIdentifier(ours)) {
      throw new ConfigError(
        `tierline.yaml: sources.${settings.id}.columns: "${ours}" is no column of ${settings.kind}`,
        {
          next: `Our columns are ${[...known].join(', ')} and identifiers such as lei.`,
        },
      );
    }
    renamed.set(asHeader(theirs), ours);
  }
  const ignored = new Set((settings.ignore ?? []).map(asHeader));

  return {
    kind: settings.kind,
    columns,
    isIdentifier,
    ourName(fileName) {
      const name = asHeader(fileName);
      if (ignored.has(name)) return null;
      const ours = renamed.get(name) ?? name.toLowerCase().replaceAll(/[\s-]+/gu, '_');
      if (known.has(ours) || isIdentifier(ours)) return ours;
      if (ignored.has('*')) return null;
      const nearest = nearestName(ours, [...known]);
      throw new ConfigError(
        `${shownPath}: the column "${fileName}" is none of a source of kind ${settings.kind}${
          nearest === null ? '' : `; did you mean "${nearest}"?`
        }`,
        {
          next: `Under sources.${settings.id} in tierline.yaml, name it in \`columns: {ours: "${fileName}"}\` or in \`ignore: ["${fileName}"]\`.`,
        },
      );
    },
  };
}

/** Full-width and half-width letters are the same name: a header is shown to people in either. */
function asHeader(name: string): string {
  return name.normalize('NFKC').trim();
}

/** For files with a header: the needed columns must be there, and something that names a company. */
export function checkHeader(layout: SourceLayout, header: readonly string[], shownPath: string): void {
  const theirs = new Map<string, string>();
  for (const name of header) {
    const column = layout.ourName(name);
    if (column === null) continue;
    const twin = theirs.get(column);
    if (twin !== undefined) {
      throw new ConfigError(`${shownPath}: the columns "${twin}" and "${name}" are both our ${column}`, {
        next: `Keep one: name the other one in \`ignore:\` of the source in tierline.yaml.`,
      });
    }
    theirs.set(column, name);
  }
  const ours = new Set(theirs.keys());
  const missing = layout.columns.filter((column) => column.needed === true && !ours.has(column.name));
  if (missing.length > 0) {
    throw new ConfigError(
      `${shownPath} lacks the column ${missing.map((column) => column.name).join(', ')} (it has: ${header.join(', ')})`,
      { next: 'Add the column, or say in `columns: {ours: theirs}` which one it is.' },
    );
  }
  const namesCompany = [...ours].some(
    (name) =>
      ['company_key', 'domain', 'website', 'crm_id', 'name', 'email'].includes(name) ||
      layout.isIdentifier(name),
  );
  if (!namesCompany) {
    throw new ConfigError(`${shownPath} has no column that names the company`, {
      next: 'Add company_key, domain, crm_id, an identifier such as lei, or name and country.',
    });
  }
}
