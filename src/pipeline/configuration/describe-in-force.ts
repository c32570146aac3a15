// Says of every file where a run takes it from: a version, the workspace's folder, or what was shipped.
import { hashText } from '#mapping/files/hash-text.ts';
import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';
import type { ConfigurationInForce } from '#ports/configuration.ts';
import type { ConfigurationParts } from './configuration-parts.ts';

export const FILE_ORIGINS = ['version', 'folder', 'shipped'] as const;

export interface FileInForce {
  readonly path: string;
  readonly origin: (typeof FILE_ORIGINS)[number];
  /** The last version that had to do with it: what a new version has to name as its base. Null: none had. */
  readonly version: number | null;
  readonly sha256: string;
  readonly text: string;
  /** The folder has it too, and differently: what stands there counts for nothing. */
  readonly differsInFolder: boolean;
}

/** Files that nobody has are left out. */
export function describeInForce(
  { files, ownFile }: Pick<ConfigurationParts, 'files' | 'ownFile'>,
  inForce: ConfigurationInForce,
): readonly FileInForce[] {
  const held = new Map(inForce.files.map((file) => [file.path, file]));
  return MAPPING_FILE_NAMES.flatMap((path) => {
    const { version = null, content = null } = held.get(path) ?? {};
    const own = ownFile(path);
    const text = content ?? own ?? files(path)?.text ?? null;
    if (text === null) return [];
    const origin = content !== null ? 'version' : own !== null ? 'folder' : 'shipped';
    const differsInFolder = content !== null && own !== null && own !== content;
    return [{ path, origin, version, sha256: hashText(text), text, differsInFolder }];
  });
}

/** Version by file, of those that come from one: what a run remembers. */
export function versionsInForce({ files }: ConfigurationInForce): Readonly<Record<string, number>> {
  return Object.fromEntries(
    files.flatMap(({ path, version, content }) => (content === null ? [] : [[path, version]])),
  );
}
