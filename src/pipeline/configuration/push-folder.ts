// Proposes what a folder has and the service has not. What the folder has not seen yet is not overwritten unless told to.
import { ConfigError, UsageError } from '#errors/errors.ts';
import { readTakenVersions, writeTakenVersions } from '#mapping/files/own-folder.ts';
import type { Author } from '#ports/audit.ts';
import type { NewVersionFile } from '#ports/configuration.ts';
import type { ConfigurationParts } from './configuration-parts.ts';
import { type Proposed, proposeVersion } from './propose-version.ts';
import { type FileView, noteTaken, viewFolder } from './view-folder.ts';

export interface PushRequest {
  readonly folder: string;
  readonly reason: string;
  readonly author: Author;
  readonly dryRun: boolean;
  /** The folder stands, whatever came into force since it was last pulled. */
  readonly replace: boolean;
  /** Files to take out of the service. */
  readonly remove: readonly string[];
}

export interface Pushed {
  readonly proposed: Proposed;
  /** Newer in the service and not edited here: left as they are. */
  readonly late: readonly FileView[];
  /** In the service and not in the folder: left as they are. */
  readonly missing: readonly FileView[];
}

export async function pushFolder(parts: ConfigurationParts, request: PushRequest): Promise<Pushed> {
  const { folder, reason, author, dryRun, replace, remove } = request;
  const views = viewFolder(folder, await parts.store.inForce());
  const of = (...standings: readonly FileView['standing'][]) =>
    views.filter(({ standing, path }) => standings.includes(standing) && !remove.includes(path));
  if (!replace) requireSeen(of('both'));
  const pushed = of('folder-only', 'folder-newer', ...(replace ? (['both', 'service-newer'] as const) : []));
  const files: readonly NewVersionFile[] = [
    ...pushed.map(({ path, text, held }) => ({ path, content: text, base: held?.version ?? null })),
    ...remove.map((path) => ({ path, content: null, base: heldVersion(views, path) })),
  ];
  const proposed: Proposed =
    files.length === 0
      ? { outcome: 'same' }
      : await proposeVersion(parts, { files, reason, author, dryRun, rollsBackTo: null });
  if (!dryRun) noteInForce(folder, of('same'), pushed, proposed);
  return { proposed, late: replace ? [] : of('service-newer'), missing: of('service-only') };
}

function requireSeen(unseen: readonly FileView[]): void {
  if (unseen.length === 0) return;
  const lines = unseen.map(({ path, held }) => `  ${path}: version ${held?.version}`);
  throw new ConfigError(
    ['The folder has files that differ from versions in force which it was not pulled from:', ...lines].join(
      '\n',
    ),
    {
      next: 'See `tierline config diff`. Take them in with `tierline config pull`, or let the folder stand with --replace.',
    },
  );
}

function heldVersion(views: readonly FileView[], path: string): number {
  const held = views.find((view) => view.path === path)?.held ?? null;
  if (held === null || held.content === null) {
    throw new UsageError(`No version of ${path} is in force, so there is nothing to take out`, {
      next: 'See `tierline config list`.',
    });
  }
  return held.version;
}

/** What waits is not in force yet: the next pull finds it the same and notes it. */
function noteInForce(
  folder: string,
  same: readonly FileView[],
  pushed: readonly FileView[],
  proposed: Proposed,
): void {
  const known = same.flatMap(({ path, held, text }) =>
    held === null || text === null ? [] : [{ path, version: held.version, text }],
  );
  const number = proposed.outcome === 'made' && proposed.status === 'in-force' ? proposed.number : null;
  const fresh =
    number === null
      ? []
      : pushed.flatMap(({ path, text }) => (text === null ? [] : [{ path, version: number, text }]));
  const taken = [...known, ...fresh];
  if (taken.length > 0) writeTakenVersions(folder, noteTaken(readTakenVersions(folder), taken));
}
