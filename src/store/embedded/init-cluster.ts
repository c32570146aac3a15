// Makes an empty cluster, once. Built aside and renamed into place, so that a crash or a second process never leaves half of one.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '#errors/errors.ts';
import { type ClusterPlace, moveUnlessThere } from './place-cluster.ts';

export const superuser = 'tierline';
const passwordFile = 'tierline-password';
const oldDraftMs = 10 * 60_000;

export async function initCluster(place: ClusterPlace): Promise<void> {
  if (existsSync(place.cluster)) return;
  const draft = `${place.cluster}.${randomBytes(6).toString('hex')}`;
  const draftPassword = `${draft}.password`;
  const password = randomBytes(24).toString('base64url');
  try {
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(draftPassword, `${password}\n`, { mode: 0o600 });
    giveTo(place, draft);
    giveTo(place, draftPassword);
    removeOldDrafts(place, draft);
    await runInitdb(place, draft, draftPassword);
    // Inside the cluster, so that password and cluster take their place in one rename. PostgreSQL ignores the file.
    const kept = join(draft, passwordFile);
    writeFileSync(kept, password, { mode: 0o600 });
    giveTo(place, kept);
    moveUnlessThere(draft, place.cluster);
  } finally {
    rmSync(draftPassword, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The password of `superuser`; other users of this machine cannot read it. */
export function readPassword(cluster: string): string {
  try {
    return readFileSync(join(cluster, passwordFile), 'utf8');
  } catch (cause) {
    throw new ConfigError(`The database in ${cluster} cannot be read by this user.`, {
      cause,
      next: 'Run as the user who ran the first command in this workspace, or as root.',
    });
  }
}

/** What a process that was killed in the half second of making left behind: 40 MB each. */
function removeOldDrafts(place: ClusterPlace, draft: string): void {
  const madeAt = statSync(draft).mtimeMs;
  for (const name of readdirSync(place.folder)) {
    const path = join(place.folder, name);
    const other = name.startsWith('cluster.') ? statSync(path, { throwIfNoEntry: false }) : undefined;
    const isOld = other !== undefined && madeAt - other.mtimeMs > oldDraftMs;
    if (isOld) rmSync(path, { recursive: true, force: true });
  }
}

function giveTo(place: ClusterPlace, path: string): void {
  if (place.user !== null) chownSync(path, place.user.uid, place.user.gid);
}

async function runInitdb(place: ClusterPlace, directory: string, pwfile: string): Promise<void> {
  const options = [
    `--pgdata=${directory}`,
    `--username=${superuser}`,
    `--pwfile=${pwfile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Byte order, with Unicode-aware lower(); the same on every machine, whatever its C library.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const child = spawn(place.binaries.initdb, options, {
    ...place.user,
    cwd: place.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  if (code !== 0) {
    throw new ConfigError(`PostgreSQL could not make its files in ${directory}: ${complaint.trim()}`, {
      next: 'Free disk space or fix the folder’s rights, or set `database:` to a PostgreSQL server.',
    });
  }
}
