// What a version changes, file by file, as people read it and the audit log keeps it.
import { unifiedDiff } from '#domain/configuration/unified-diff.ts';
import { hashText } from '#mapping/files/hash-text.ts';
import type { AuditEntry, Author } from '#ports/audit.ts';
import type { StoredVersionFile } from '#ports/configuration.ts';
import type { Json } from '#ports/store.ts';

export interface FileChange {
  readonly path: string;
  /** Version it rests on; null: none was in force. */
  readonly base: number | null;
  readonly baseSha256: string | null;
  /** Null: the file is taken out. */
  readonly sha256: string | null;
  /** Unified. */
  readonly diff: string;
}

export function withDiffs(files: readonly StoredVersionFile[]): readonly FileChange[] {
  return files.map(({ path, base, baseContent, content }) => ({
    path,
    base,
    baseSha256: baseContent === null ? null : hashText(baseContent),
    sha256: content === null ? null : hashText(content),
    diff: unifiedDiff({ name: path, text: baseContent }, { name: path, text: content }),
  }));
}

interface EntryToWrite {
  readonly at: string;
  readonly author: Author;
  readonly action: string;
  readonly number: number;
  readonly changes: readonly FileChange[];
  readonly more: Readonly<Record<string, Json>>;
}

export function versionEntry({ at, author, action, number, changes, more }: EntryToWrite): AuditEntry {
  return {
    at,
    author,
    action,
    subject: `configuration:${number}`,
    before: Object.fromEntries(
      changes.map(({ path, base, baseSha256 }) => [path, { version: base, sha256: baseSha256 }]),
    ),
    after: {
      ...more,
      files: Object.fromEntries(changes.map(({ path, sha256, diff }) => [path, { sha256, diff }])),
    },
  };
}
