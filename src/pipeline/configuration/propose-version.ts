// Makes a version of the configuration from files that belong together: checked as a whole, in force at once or waiting for a
// second person. What is refused is a value, not a failure.
import { needsApproval } from '#domain/configuration/approval-rule.ts';
import { UnavailableError, UsageError } from '#errors/errors.ts';
import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';
import { layVersions } from '#mapping/files/mapping-files.ts';
import type { Author } from '#ports/audit.ts';
import type { ConfigurationInForce, NewVersionFile } from '#ports/configuration.ts';
import { type ConfigurationParts, speakerOf } from './configuration-parts.ts';
import { type FileChange, versionEntry, withDiffs } from './describe-version.ts';
import { type FileProblem, findProblems } from './find-problems.ts';

export interface Proposal {
  readonly files: readonly NewVersionFile[];
  readonly reason: string;
  readonly author: Author;
  /** Check everything, store nothing. */
  readonly dryRun: boolean;
  /** The version whose moment it goes back to; null: it goes forward. */
  readonly rollsBackTo: number | null;
}

export interface OutdatedFile {
  readonly path: string;
  readonly base: number | null;
  /** The version in force, and whose it is; null: none is. */
  readonly inForce: { readonly number: number; readonly person: string; readonly reason: string } | null;
}

export type Proposed =
  | {
      readonly outcome: 'made';
      /** Null in a dry run. */
      readonly number: number | null;
      readonly status: 'in-force' | 'proposed';
      /** Versions that waited and now rest on an outdated base. */
      readonly superseded: readonly number[];
      readonly changes: readonly FileChange[];
    }
  /** Every file is in force as it was given. */
  | { readonly outcome: 'same' }
  | { readonly outcome: 'outdated'; readonly files: readonly OutdatedFile[] }
  | { readonly outcome: 'invalid'; readonly problems: readonly FileProblem[] };

/** Whoever is overtaken so often by others should look what they are doing. */
export const MOST_TRIES = 5;

export async function proposeVersion(parts: ConfigurationParts, proposal: Proposal): Promise<Proposed> {
  const unknown = proposal.files.find(({ path }) => !MAPPING_FILE_NAMES.includes(path));
  if (unknown !== undefined) {
    throw new UsageError(`There is no configuration file "${unknown.path}"`, {
      next: `There are: ${MAPPING_FILE_NAMES.join(', ')}.`,
    });
  }
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const proposed = await proposeOver(parts, await parts.store.inForce(), proposal);
    if (proposed !== 'moved') return proposed;
  }
  throw overtaken();
}

export function overtaken(): UnavailableError {
  return new UnavailableError('Other versions came into force at the same moment, again and again', {
    next: 'Try again in a minute.',
  });
}

async function proposeOver(
  parts: ConfigurationParts,
  inForce: ConfigurationInForce,
  proposal: Proposal,
): Promise<Proposed | 'moved'> {
  const held = new Map(inForce.files.map((file) => [file.path, file]));
  const files = proposal.files.filter(({ path, content }) => content !== (held.get(path)?.content ?? null));
  if (files.length === 0) return { outcome: 'same' };
  const outdated = files.filter(({ path, base }) => base !== (held.get(path)?.version ?? null));
  if (outdated.length > 0) {
    const told = outdated.map(({ path, base }) => tellOutdated(parts, path, base, held.get(path)?.version));
    return { outcome: 'outdated', files: await Promise.all(told) };
  }
  const unreadable = files.flatMap(findNul);
  if (unreadable.length > 0) return { outcome: 'invalid', problems: unreadable };
  const problems = findProblems(
    layVersions(parts.files, [
      ...inForce.files.filter(({ path }) => !files.some((file) => file.path === path)),
      ...files.map(({ path, content }) => ({ path, content, version: null })),
    ]),
  );
  if (problems.length > 0) return { outcome: 'invalid', problems };

  const { author, reason, rollsBackTo, dryRun } = proposal;
  const paths = files.map(({ path }) => path);
  const waits = needsApproval(paths, parts.approval);
  const status = waits ? 'proposed' : 'in-force';
  const changes = withDiffs(
    files.map((file) => ({ ...file, baseContent: held.get(file.path)?.content ?? null })),
  );
  if (dryRun) return { outcome: 'made', number: null, status, superseded: [], changes };
  const createdAt = parts.clock.now().toISOString();
  const { person } = await speakerOf(parts, author);
  const made = await parts.store.add({ author, person, reason, createdAt, rollsBackTo, files }, waits, {
    revision: inForce.revision,
    entry: (number, superseded) =>
      versionEntry({
        at: createdAt,
        author,
        action: rollsBackTo === null ? 'configuration.push' : 'configuration.rollback',
        number,
        changes,
        more: { status, reason, rollsBackTo, superseded: [...superseded] },
      }),
  });
  return made === null ? 'moved' : { outcome: 'made', status, changes, ...made };
}

/** YAML forbids it, and PostgreSQL cannot keep it. */
function findNul({ path, content }: NewVersionFile): readonly FileProblem[] {
  const at = content?.indexOf('\u0000') ?? -1;
  if (at === -1) return [];
  const line = content?.slice(0, at).split('\n').length;
  return [{ message: `${path} (as proposed): line ${line} holds a NUL character`, next: 'Take it out.' }];
}

async function tellOutdated(
  { store }: ConfigurationParts,
  path: string,
  base: number | null,
  version: number | undefined,
): Promise<OutdatedFile> {
  const found = version === undefined ? null : await store.find(version);
  if (found === null) return { path, base, inForce: null };
  const { number, person, reason } = found;
  return { path, base, inForce: { number, person, reason } };
}
