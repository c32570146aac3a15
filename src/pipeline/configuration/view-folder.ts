// Looks at a folder of files beside the versions in force: what differs, and who has the newer one.
import { type FileStanding, type FolderFile, standingOf } from '#domain/configuration/compare-folder.ts';
import { unifiedDiff } from '#domain/configuration/unified-diff.ts';
import { hashText } from '#mapping/files/hash-text.ts';
import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';
import { readOwnFile, readTakenVersions, type TakenVersions } from '#mapping/files/own-folder.ts';
import type { ConfigurationInForce } from '#ports/configuration.ts';

export interface FileView extends FolderFile {
  readonly standing: FileStanding;
}

/** Files that neither side has are left out. */
export function viewFolder(folder: string, inForce: ConfigurationInForce): readonly FileView[] {
  const taken = readTakenVersions(folder);
  const held = new Map(inForce.files.map((file) => [file.path, file]));
  return MAPPING_FILE_NAMES.flatMap((path) => {
    const note = taken[path];
    const file: FolderFile = {
      path,
      text: readOwnFile(folder, path),
      held: held.get(path) ?? null,
      taken: note === undefined ? null : { version: note.version, hash: note.sha256 },
    };
    const standing = standingOf(file, hashText);
    return standing === null ? [] : [{ ...file, standing }];
  });
}

/** From what is in force to what the folder has: what pushing it would change. */
export function diffView({ path, held, text }: FileView): string {
  const content = held?.content ?? null;
  const name = content === null ? path : `${path}\tversion ${held?.version}`;
  return unifiedDiff({ name, text: content }, { name: `${path}\tfolder`, text });
}

/** The note as it should be when these files are in the folder as they are in force. */
export function noteTaken(
  taken: TakenVersions,
  files: readonly { readonly path: string; readonly version: number; readonly text: string }[],
): TakenVersions {
  return {
    ...taken,
    ...Object.fromEntries(
      files.map(({ path, version, text }) => [path, { version, sha256: hashText(text) }]),
    ),
  };
}
