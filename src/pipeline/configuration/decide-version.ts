// What becomes of a version that waits: approved by a second person, rejected, or taken back by who proposed it.
import { judgeApprover } from '#domain/configuration/approval-rule.ts';
import { NotFoundError } from '#errors/errors.ts';
import { layVersions } from '#mapping/files/mapping-files.ts';
import type { Author } from '#ports/audit.ts';
import type { StoredVersion, VersionStatus } from '#ports/configuration.ts';
import { type ConfigurationParts, speakerOf } from './configuration-parts.ts';
import { type FileChange, versionEntry, withDiffs } from './describe-version.ts';
import { type FileProblem, findProblems } from './find-problems.ts';
import { MOST_TRIES, overtaken } from './propose-version.ts';

export interface Verdict {
  readonly number: number;
  readonly author: Author;
  readonly reason: string;
  readonly dryRun: boolean;
}

export type Approved =
  | {
      readonly outcome: 'approved';
      readonly superseded: readonly number[];
      readonly changes: readonly FileChange[];
    }
  | { readonly outcome: 'not-waiting'; readonly status: VersionStatus }
  /** Who says so is its author, or no person. */
  | { readonly outcome: 'author' | 'no-person' }
  /** Beside what has come into force since it was proposed. */
  | { readonly outcome: 'invalid'; readonly problems: readonly FileProblem[] };

export async function approveVersion(parts: ConfigurationParts, verdict: Verdict): Promise<Approved> {
  const { number, author, reason, dryRun } = verdict;
  const speaker = await speakerOf(parts, author);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const version = await findVersion(parts, number);
    if (version.status !== 'proposed') return { outcome: 'not-waiting', status: version.status };
    const judged = judgeApprover(version.person, speaker);
    if (judged !== 'may') return { outcome: judged };
    const inForce = await parts.store.inForce();
    const others = inForce.files.filter(({ path }) => !version.paths.includes(path));
    const own = version.files.map(({ path, content }) => ({ path, content, version: number }));
    const problems = findProblems(layVersions(parts.files, [...others, ...own]));
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const changes = withDiffs(version.files);
    if (dryRun) return { outcome: 'approved', superseded: [], changes };
    const at = parts.clock.now().toISOString();
    const decided = await parts.store.approve(
      number,
      { by: author, at, reason },
      {
        revision: inForce.revision,
        entry: (_number, superseded) =>
          versionEntry({
            at,
            author,
            action: 'configuration.approve',
            number,
            changes,
            more: { status: 'in-force', reason, proposedBy: version.person, superseded: [...superseded] },
          }),
      },
    );
    if (decided.outcome === 'done') return { outcome: 'approved', superseded: decided.superseded, changes };
  }
  throw overtaken();
}

export type Dismissed =
  | { readonly outcome: 'rejected' | 'withdrawn' }
  | { readonly outcome: 'not-waiting'; readonly status: VersionStatus };

/** Its author takes it back, anybody else rejects it. */
export async function dismissVersion(parts: ConfigurationParts, verdict: Verdict): Promise<Dismissed> {
  const { number, author, reason, dryRun } = verdict;
  const version = await findVersion(parts, number);
  if (version.status !== 'proposed') return { outcome: 'not-waiting', status: version.status };
  const { person } = await speakerOf(parts, author);
  const outcome = person === version.person ? 'withdrawn' : 'rejected';
  if (dryRun) return { outcome };
  const at = parts.clock.now().toISOString();
  const entry = versionEntry({
    at,
    author,
    action: outcome === 'withdrawn' ? 'configuration.withdraw' : 'configuration.reject',
    number,
    changes: withDiffs(version.files),
    more: { status: outcome, reason, proposedBy: version.person },
  });
  const done = await parts.store.dismiss(number, outcome, { by: author, at, reason }, entry);
  if (done === 'done') return { outcome };
  return { outcome: 'not-waiting', status: (await findVersion(parts, number)).status };
}

export async function findVersion({ store }: ConfigurationParts, number: number): Promise<StoredVersion> {
  const version = await store.find(number);
  if (version !== null) return version;
  throw new NotFoundError(`There is no version ${number} of the configuration`, {
    next: 'See `tierline config list`.',
  });
}
