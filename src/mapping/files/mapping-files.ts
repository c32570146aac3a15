// Where the files that people edit are found: the version in force, else the workspace's own folder, else the shipped file.
// Knows no meaning of any of them.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '#errors/errors.ts';

export interface MappingFile {
  readonly text: string;
  /** Where it came from, for messages. */
  readonly shownPath: string;
}

/** A file by its path below `mappings/`; null when there is none. */
export type MappingFiles = (relativePath: string) => MappingFile | null;

const SHIPPED_FOLDER = path.resolve(import.meta.dirname, '../../../mappings');

/** Only what we ship. */
export const shippedMappingFiles: MappingFiles = (relativePath) => {
  const text = readIfThere(path.join(SHIPPED_FOLDER, relativePath));
  return text === null ? null : { text, shownPath: `mappings/${relativePath}` };
};

/** The shipped file that others are laid over. */
export function readShipped(relativePath: string): MappingFile {
  return requireFile(shippedMappingFiles, relativePath);
}

/** All of these files are, or are missing, as they were shipped. */
export function isAsShipped(files: MappingFiles, relativePaths: readonly string[]): boolean {
  return (
    files === shippedMappingFiles ||
    relativePaths.every((name) => files(name)?.text === shippedMappingFiles(name)?.text)
  );
}

/** Files of the workspace's own folder beat the shipped ones, file by file. */
export function createMappingFiles(ownFolder: string | null): MappingFiles {
  if (ownFolder === null) return shippedMappingFiles;
  if (!existsSync(ownFolder)) {
    throw new ConfigError(`tierline.yaml: mappings: there is no folder ${ownFolder}`, {
      next: 'Make the folder, or leave `mappings` out to use the shipped ones.',
    });
  }
  return (relativePath) => {
    const own = path.join(ownFolder, relativePath);
    const text = readIfThere(own);
    return text === null ? shippedMappingFiles(relativePath) : { text, shownPath: own };
  };
}

export interface FileVersion {
  readonly path: string;
  /** Null: it waits for its number. */
  readonly version: number | null;
  /** Null: taken out; what lies below counts. */
  readonly content: string | null;
}

/** Versions beat what lies below, file by file; without any it is what lies below itself. */
export function layVersions(below: MappingFiles, versions: readonly FileVersion[]): MappingFiles {
  const held = new Map<string, MappingFile>();
  for (const { path: name, version, content } of versions) {
    if (content === null) continue;
    const from = version === null ? 'as proposed' : `version ${version} in the database`;
    held.set(name, { text: content, shownPath: `${name} (${from})` });
  }
  return held.size === 0 ? below : (relativePath) => held.get(relativePath) ?? below(relativePath);
}

export function requireFile(files: MappingFiles, relativePath: string): MappingFile {
  const file = files(relativePath);
  if (file !== null) return file;
  throw new ConfigError(`mappings/${relativePath} is missing`, { next: 'Restore the shipped file.' });
}

function readIfThere(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
