// Decides where the cluster's files and the programs live, so that the server's system user can reach both.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Log } from '#ports/log.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { findServerUser, type ServerUser } from './server-user.ts';

export interface ClusterPlace {
  /** Holds the cluster, the server's log and the heartbeat. Real path. */
  readonly folder: string;
  /** PGDATA. */
  readonly cluster: string;
  readonly user: ServerUser | null;
  readonly binaries: PostgresBinaries;
}

/** Where root's clusters and programs go when the workspace or the checkout lies under a folder closed to others. */
const systemFolder = '/var/lib/tierline';

export function placeCluster(dataFolder: string, binaries: PostgresBinaries, log: Log): ClusterPlace {
  mkdirSync(dataFolder, { recursive: true });
  const base = realpathSync(dataFolder);
  const own = join(base, 'postgres');
  const ownCluster = join(own, 'cluster');
  const user = findServerUser(existsSync(ownCluster) ? ownCluster : null);
  const reachable =
    user === null || canRun(user, binaries.initdb, '/') ? binaries : copyBinaries(binaries, log);
  const pointer = join(base, 'postgres.location');
  // Also for a user who may not enter there: a second database beside the first would be worse than a refusal.
  if (existsSync(pointer)) return placeIn(readFileSync(pointer, 'utf8').trim(), user, reachable);
  if (user === null) return placeIn(own, null, binaries);
  mkdirSync(own, { recursive: true });
  if (canRun(user, reachable.initdb, own)) return placeIn(own, user, reachable);

  const elsewhere = join(systemFolder, randomBytes(8).toString('hex'));
  rmSync(own, { recursive: true });
  writePointer(pointer, elsewhere);
  const chosen = readFileSync(pointer, 'utf8').trim();
  mkdirSync(chosen, { recursive: true });
  // For whoever tidies that folder: whose data this is.
  writeFileSync(join(chosen, 'workspace'), `${base}\n`);
  log.info('The database cannot live in the workspace: its system user may not enter that folder', {
    workspace: base,
    database: chosen,
  });
  return placeIn(chosen, user, reachable);
}

function placeIn(folder: string, user: ServerUser | null, binaries: PostgresBinaries): ClusterPlace {
  mkdirSync(folder, { recursive: true });
  const real = realpathSync(folder);
  return { folder: real, cluster: join(real, 'cluster'), user, binaries };
}

/**
 * Enters the folder and runs the program as that user: the kernel's answer, where reading modes would only be a guess.
 * By a shell, because Node changes folder before it changes user.
 */
function canRun(user: ServerUser, program: string, folder: string): boolean {
  const script = 'cd "$1" && exec "$2" --version';
  const options = { ...user, cwd: '/', stdio: 'ignore' } as const;
  return spawnSync('/bin/sh', ['-c', script, 'sh', folder, program], options).status === 0;
}

/** A checkout in root's home hides its node_modules from other users: 60 MB are copied, once a version. */
function copyBinaries(binaries: PostgresBinaries, log: Log): PostgresBinaries {
  const source = dirname(dirname(binaries.postgres));
  const version = spawnSync(binaries.postgres, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const target = join(systemFolder, `programs-${version.replaceAll(/[^\w.]+/gu, '-')}`);
  if (!existsSync(target)) {
    log.info('Copying the PostgreSQL programs to where its system user can run them', { to: target });
    const unfinished = `${target}.${randomBytes(6).toString('hex')}`;
    mkdirSync(systemFolder, { recursive: true });
    cpSync(source, unfinished, { recursive: true, verbatimSymlinks: true });
    moveUnlessThere(unfinished, target);
  }
  return { initdb: join(target, 'bin', 'initdb'), postgres: join(target, 'bin', 'postgres') };
}

/** Puts a finished folder in its place; when another process was first, its folder stands and ours goes. */
export function moveUnlessThere(finished: string, target: string): void {
  try {
    renameSync(finished, target);
  } catch (error) {
    rmSync(finished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/** Of two processes that write it at the same time, the first decides. */
function writePointer(pointer: string, folder: string): void {
  try {
    writeFileSync(pointer, `${folder}\n`, { flag: 'wx' });
  } catch (error) {
    if (!existsSync(pointer)) throw error;
  }
}
