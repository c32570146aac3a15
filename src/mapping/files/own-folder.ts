// A folder of mapping files on disk, and the note beside them of what was last taken from the service. Only known names are
// read or written, so that no path leads out of the folder.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { parseDocument, parseYamlText } from '#mapping/document/parse-document.ts';
import { MAPPING_FILE_NAMES } from './mapping-file-names.ts';

/** Kept with the files, in git too: by it two people who push find out that one of them is late. */
const NOTE_FILE = '.tierline-base.json';

const noteSchema = z.strictObject({
  schema: z.literal('tierline.config.base/1'),
  files: z.record(z.string(), z.strictObject({ version: z.int().positive(), sha256: z.string() })),
});

/** By path: the version that was last pulled or pushed, and the hash of its text. */
export type TakenVersions = Readonly<Record<string, { readonly version: number; readonly sha256: string }>>;

/** Null: the folder has no such file. */
export function readOwnFile(folder: string | null, relativePath: string): string | null {
  if (folder === null || !MAPPING_FILE_NAMES.includes(relativePath)) return null;
  const file = path.join(folder, relativePath);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** Whoever reads meanwhile finds the old file or the new one, never half of one. */
export function writeOwnFile(folder: string, relativePath: string, text: string): void {
  if (!MAPPING_FILE_NAMES.includes(relativePath)) throw new Error(`${relativePath} is no mapping file`);
  replaceFile(path.join(folder, relativePath), text);
}

export function readTakenVersions(folder: string): TakenVersions {
  const file = path.join(folder, NOTE_FILE);
  if (!existsSync(file)) return {};
  return parseDocument(noteSchema, parseYamlText(readFileSync(file, 'utf8'), file), file).files;
}

export function writeTakenVersions(folder: string, files: TakenVersions): void {
  const sorted = Object.fromEntries(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const note = { schema: 'tierline.config.base/1', files: sorted };
  replaceFile(path.join(folder, NOTE_FILE), `${JSON.stringify(note, null, 2)}\n`);
}

function replaceFile(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const arriving = `${file}.arriving`;
  writeFileSync(arriving, text);
  renameSync(arriving, file);
}
