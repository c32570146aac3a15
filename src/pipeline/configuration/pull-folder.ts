// Writes the files in force into a folder, and never over what somebody edited there since the last pull unless told to.
import { readTakenVersions, writeOwnFile, writeTakenVersions } from '#mapping/files/own-folder.ts';
import type { ConfigurationStore } from '#ports/configuration.ts';
import { type FileView, noteTaken, viewFolder } from './view-folder.ts';

export interface PullRequest {
  readonly folder: string;
  /** Also over edited files. */
  readonly overwrite: boolean;
  readonly dryRun: boolean;
}

export interface Pulled {
  /** Edited here, and newer in the service: nothing at all was written because of these. */
  readonly conflicts: readonly FileView[];
  readonly written: readonly FileView[];
  /** Edited here on top of the version in force: left as they are. */
  readonly kept: readonly FileView[];
}

export async function pullFolder(
  store: ConfigurationStore,
  { folder, overwrite, dryRun }: PullRequest,
): Promise<Pulled> {
  const views = viewFolder(folder, await store.inForce());
  const of = (...standings: readonly FileView['standing'][]) =>
    views.filter(({ standing }) => standings.includes(standing));
  const conflicts = overwrite ? [] : of('both');
  if (conflicts.length > 0) return { conflicts, written: [], kept: [] };
  const written = of(
    'service-only',
    'service-newer',
    ...(overwrite ? (['both', 'folder-newer'] as const) : []),
  );
  const kept = overwrite ? [] : of('folder-newer');
  if (dryRun) return { conflicts, written, kept };
  for (const { path, held } of written) writeOwnFile(folder, path, held?.content ?? '');
  const taken = [...written, ...of('same')].flatMap(({ path, held }) =>
    held === null || held.content === null ? [] : [{ path, version: held.version, text: held.content }],
  );
  if (taken.length > 0) writeTakenVersions(folder, noteTaken(readTakenVersions(folder), taken));
  return { conflicts, written, kept };
}
