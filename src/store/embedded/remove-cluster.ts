// Removes the database of a workspace that nobody needs any more, also where it had to live outside of it.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Call when nothing uses it: the files of a running server would go, too. */
export function removeCluster(dataFolder: string): void {
  const pointer = join(dataFolder, 'postgres.location');
  if (existsSync(pointer)) {
    rmSync(readFileSync(pointer, 'utf8').trim(), { recursive: true, force: true, maxRetries: 3 });
  }
  rmSync(join(dataFolder, 'postgres'), { recursive: true, force: true, maxRetries: 3 });
}
