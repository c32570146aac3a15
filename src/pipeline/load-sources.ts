// The source step: loads each source file that changed since its last load. A bad row is kept with its reason; a file that
// cannot be what the workspace says stops the run before anything is written.
import { createHash } from 'node:crypto';
import type { KeyRules } from '#domain/key/key-rules.ts';
import { createCompanyReferenceReader, isIdentifierColumn } from '#mapping/source/company-references.ts';
import { createRowParser } from '#mapping/source/parse-source-row.ts';
import type { SourceColumn } from '#mapping/source/source-columns.ts';
import { checkHeader, createSourceLayout, type LayoutSettings } from '#mapping/source/source-layout.ts';
import type { Clock } from '#ports/clock.ts';
import type { Progress } from '#ports/progress.ts';
import type { SourceFile, SourceReader } from '#ports/source.ts';
import type { RefusedSourceRow, SourceLoadResult, SourceRow, Store } from '#ports/store.ts';

export interface SourceToLoad extends LayoutSettings {
  readonly file: SourceFile;
  readonly method: string | null;
  readonly connection: string | null;
  /** Columns that the ICP names besides the known ones. */
  readonly extraColumns: readonly SourceColumn[];
}

export interface LoadParts {
  readonly store: Store;
  readonly reader: SourceReader;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly keyRules: KeyRules;
}

export interface LoadedSource {
  readonly result: SourceLoadResult;
}

export async function loadSources(
  parts: LoadParts,
  sources: readonly SourceToLoad[],
): Promise<readonly LoadedSource[]> {
  const loaded: LoadedSource[] = [];
  for (const source of sources) loaded.push(await loadSource(parts, source));
  await parts.store.sources.keepOnly(sources.map((source) => source.id));
  return loaded;
}

/** True when the file or its settings are not those of the last load. */
export async function isOutdated(
  { reader, store }: Pick<LoadParts, 'reader' | 'store'>,
  source: SourceToLoad,
): Promise<boolean> {
  const last = await store.sources.lastLoad(source.id);
  return last === null || last.fingerprint !== (await fingerprintOf(reader, source));
}

export async function loadSource(parts: LoadParts, source: SourceToLoad): Promise<LoadedSource> {
  const fingerprint = await fingerprintOf(parts.reader, source);
  const last = await parts.store.sources.lastLoad(source.id);
  if (last !== null && last.fingerprint === fingerprint) return { result: last };
  const load = {
    source: source.id,
    kind: source.kind,
    method: source.method,
    fingerprint,
    loadedAt: parts.clock.now().toISOString(),
  };
  return { result: await parts.store.sources.load(load, rowsOf(parts, source)) };
}

/** Content and every setting that changes what a row means. */
async function fingerprintOf(reader: SourceReader, source: SourceToLoad): Promise<string> {
  const { kind, method, connection, columns, ignore, extraColumns } = source;
  const settings = JSON.stringify({ kind, method, connection, columns, ignore, extraColumns });
  const content = await reader.fingerprint(source.file);
  return createHash('sha256').update(settings).update(content).digest('hex');
}

/** Parses a source without storing it: counts and refused rows for `sources load --dry-run` and `check`. */
export async function* rowsOf(
  parts: Pick<LoadParts, 'reader' | 'progress' | 'keyRules'>,
  source: SourceToLoad,
): AsyncGenerator<{ readonly row: SourceRow } | { readonly refused: RefusedSourceRow }, void> {
  const { shownPath } = source.file;
  const layout = createSourceLayout(source, shownPath, source.extraColumns, isIdentifierColumn);
  const header = await parts.reader.header(source.file);
  if (header !== null) checkHeader(layout, header, shownPath);
  const parse = createRowParser(layout, createCompanyReferenceReader(parts.keyRules), {
    connection: source.connection,
  });
  let rows = 0;
  for await (const raw of parts.reader.rows(source.file)) {
    rows += 1;
    if (rows % 1000 === 0) parts.progress.report(`load ${source.id}`, rows, null);
    yield 'reason' in raw ? { refused: raw } : parse(raw);
  }
}
