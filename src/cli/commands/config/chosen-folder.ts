// Which folder of files a command is about: the one named, else the workspace's own.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '#errors/errors.ts';

export function chosenFolder(named: string | undefined, mappingsFolder: string | null): string {
  if (named !== undefined) {
    const folder = path.resolve(named);
    if (existsSync(folder) && !statSync(folder).isDirectory()) {
      throw new UsageError(`${named} is a file`, { next: 'Name the folder that holds policy.yaml.' });
    }
    return folder;
  }
  if (mappingsFolder !== null) return mappingsFolder;
  throw new UsageError('tierline.yaml names no folder of mappings', {
    next: 'Name a folder on the command line, or add `mappings: mappings/` to tierline.yaml.',
  });
}

/** For commands that read: a slip of the pen is not an empty folder. */
export function chosenFolderThere(named: string | undefined, mappingsFolder: string | null): string {
  const folder = chosenFolder(named, mappingsFolder);
  if (existsSync(folder)) return folder;
  throw new UsageError(`There is no folder ${folder}`, { next: 'Name the folder that holds policy.yaml.' });
}
