// Versions of the files that people edit (mappings, policy, profile, programs, roles, key lists): proposed, decided, in force.
// A version holds one or more files that belong together. Written once; only its status moves. Knows texts, no meaning.
import type { AuditEntry, Author } from './audit.ts';

/**
 * `superseded`: it waited and another version of one of its files came into force, or it was in force and every file of it
 * has a newer version. `withdrawn`: taken back by who proposed it.
 */
export const VERSION_STATUSES = ['proposed', 'in-force', 'rejected', 'withdrawn', 'superseded'] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];

export interface HeldVersionFile {
  /** Below `mappings/`. */
  readonly path: string;
  /** Of the version that it is in force from. */
  readonly version: number;
  /** Null: that version took the file out; the workspace's folder or the shipped file counts. */
  readonly content: string | null;
}

export interface ConfigurationInForce {
  /** How often anything came into force: the same number is the same configuration. 0: nothing ever did. */
  readonly revision: number;
  /** By path. */
  readonly files: readonly HeldVersionFile[];
}

export interface NewVersionFile {
  readonly path: string;
  /** Null: take the file out. */
  readonly content: string | null;
  /** The version of the file in force that this one rests on; null: none was. */
  readonly base: number | null;
}

export interface NewVersion {
  readonly author: Author;
  /** Who is answerable for it, such as `user:u_3f…`: for an API key, whoever made the key. */
  readonly person: string;
  readonly reason: string;
  /** ISO moment. */
  readonly createdAt: string;
  /** The version whose moment it goes back to; 0: before the first; null: it goes forward. */
  readonly rollsBackTo: number | null;
  readonly files: readonly NewVersionFile[];
}

export interface VersionDecision {
  readonly by: Author;
  readonly at: string;
  /** Empty when there was nothing to say. */
  readonly reason: string;
}

export interface VersionSummary extends Omit<NewVersion, 'files'> {
  /** Grows with time. */
  readonly number: number;
  readonly status: VersionStatus;
  readonly paths: readonly string[];
  readonly decision: VersionDecision | null;
  /** When it came into force, also when another has since. */
  readonly inForceAt: string | null;
}

export interface StoredVersionFile extends NewVersionFile {
  /** Text of the base; null: there was none. */
  readonly baseContent: string | null;
}

export interface StoredVersion extends VersionSummary {
  readonly files: readonly StoredVersionFile[];
}

/** What somebody knew when they decided; a store that has moved on refuses, and they look again. */
export interface SeenConfiguration {
  readonly revision: number;
  /** Written in the transaction of the change; `superseded`: versions that waited and now rest on an outdated base. */
  readonly entry: (number: number, superseded: readonly number[]) => AuditEntry;
}

export type Decided =
  | { readonly outcome: 'done'; readonly superseded: readonly number[] }
  /** Something came into force since `revision`. */
  | { readonly outcome: 'moved' }
  /** It no longer waits. */
  | { readonly outcome: 'decided-before' };

export interface ConfigurationStore {
  /** One moment of it. */
  inForce(): Promise<ConfigurationInForce>;
  revision(): Promise<number>;
  /** Stores a version that waits (`waits`) or is in force from now on. Null: something came into force since `seen`. */
  add(
    version: NewVersion,
    waits: boolean,
    seen: SeenConfiguration,
  ): Promise<{ readonly number: number; readonly superseded: readonly number[] } | null>;
  /** Puts a waiting version in force. */
  approve(number: number, decision: VersionDecision, seen: SeenConfiguration): Promise<Decided>;
  /** Ends a waiting version without putting it in force; whatever came into force meanwhile. */
  dismiss(
    number: number,
    status: 'rejected' | 'withdrawn',
    decision: VersionDecision,
    entry: AuditEntry,
  ): Promise<'done' | 'decided-before'>;
  find(number: number): Promise<StoredVersion | null>;
  /** Newest first; `before`: only smaller numbers; `path`: only versions with this file. */
  list(query: {
    readonly limit: number;
    readonly before?: number;
    readonly path?: string;
  }): Promise<readonly VersionSummary[]>;
  /** What was in force right after this version came into force; 0: before the first. Null: it never did. */
  inForceAfter(number: number): Promise<readonly HeldVersionFile[] | null>;
}
