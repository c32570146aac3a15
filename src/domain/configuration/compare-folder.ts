// What a folder of files and the files in force make of each other: what `config pull` writes and `config push` sends.
// Knows texts and what the folder last took from the service; no disk and no database.

/** A file as a version holds it; null content: that version took it out. */
export interface HeldFile {
  readonly path: string;
  readonly version: number;
  readonly content: string | null;
}

/** What the folder last pulled or pushed of a file. */
export interface TakenFile {
  readonly version: number;
  readonly hash: string;
}

export interface FolderFile {
  readonly path: string;
  /** Null: not in the folder. */
  readonly text: string | null;
  readonly held: HeldFile | null;
  readonly taken: TakenFile | null;
}

/**
 * `same`: both hold it alike. `folder-only`, `service-only`: the other does not have it. `folder-newer`: edited since it was
 * taken. `service-newer`: a version came since it was taken. `both`: edited here, and there is a version it does not rest on.
 */
export type FileStanding =
  | 'same'
  | 'folder-only'
  | 'service-only'
  | 'folder-newer'
  | 'service-newer'
  | 'both';

/** Null: neither has it. */
export function standingOf(
  { text, held, taken }: FolderFile,
  hash: (text: string) => string,
): FileStanding | null {
  const content = held?.content ?? null;
  if (content === null) return text === null ? null : 'folder-only';
  if (text === null) return 'service-only';
  if (text === content) return 'same';
  const rests = taken !== null && taken.version === held?.version;
  if (rests) return 'folder-newer';
  return taken !== null && hash(text) === taken.hash ? 'service-newer' : 'both';
}
