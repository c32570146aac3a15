// Decides as which system user the server runs: as we are, except for root, whom PostgreSQL refuses.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { ConfigError } from '#errors/errors.ts';

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const userName = 'postgres';

/** Null: run the server as the user that we are. An existing cluster keeps its owner, whoever started it first. */
export function findServerUser(clusterDirectory: string | null): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  if (clusterDirectory !== null) {
    const owner = statSync(clusterDirectory);
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  return lookUpUser() ?? createUser();
}

function lookUpUser(): ServerUser | null {
  try {
    const id = (flag: string) => Number.parseInt(run('id', [flag, userName]), 10);
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

function createUser(): ServerUser {
  const attempts: readonly (readonly [string, readonly string[]])[] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', userName]],
    // BusyBox.
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', userName]],
  ];
  for (const [command, options] of attempts) {
    try {
      run(command, options);
    } catch {
      continue;
    }
    const created = lookUpUser();
    if (created !== null) return created;
  }
  throw new ConfigError(
    `PostgreSQL does not run as root, and no system user "${userName}" exists or could be created.`,
    { next: `Create it (useradd --system ${userName}), run as another user, or set \`database:\`.` },
  );
}

function run(command: string, options: readonly string[]): string {
  return execFileSync(command, options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
