// Starts the server process and waits until it takes connections. Detached: Ctrl-C in a terminal reaches us, not the server.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '#errors/errors.ts';
import type { ClusterPlace } from './place-cluster.ts';
import { readPostmaster } from './postmaster-file.ts';
import { serverSettings } from './server-settings.ts';

/** Recovery after a crash replays at most `max_wal_size`: seconds, on a slow disk minutes. */
const startLimitMs = 5 * 60_000;
/** Real time, not the injected clock's: a process starts at its own pace even while a run is replayed. */
const pollMs = 15;
const logLimitBytes = 10_000_000;

/** PostgreSQL's own interlocks (miscinit.c, sysv_shmem.c), and a port that another program took in the meantime. */
const occupiedMessages =
  /lock file "postmaster\.pid" already exists|shared memory block .* still in use|could not create any TCP\/IP sockets/u;

export type Launch =
  | { readonly outcome: 'ready' }
  /** Another process's server was first, its last processes are still going, or the port was taken: look again. */
  | { readonly outcome: 'occupied' }
  | { readonly outcome: 'failed'; readonly reason: string };

export async function launchServer(place: ClusterPlace): Promise<Launch> {
  const port = await findFreePort();
  const logPath = join(place.folder, 'server.log');
  const log = openLog(logPath);
  const logStart = statSync(logPath).size;
  const settings = Object.entries(serverSettings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(place.binaries.postgres, ['-D', place.cluster, '-p', String(port), ...settings], {
    ...place.user,
    cwd: place.folder,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ending: string[] = [];
  child.on('error', (error) => ending.push(error.message));
  child.on('exit', (code, signal) => ending.push(`it ended with ${signal ?? code}`));
  child.unref();

  for (let waitedMs = 0; ending.length === 0 && waitedMs < startLimitMs; waitedMs += pollMs) {
    const postmaster = readPostmaster(place.cluster);
    if (postmaster !== null && postmaster.pid === child.pid && postmaster.ready) return { outcome: 'ready' };
    await sleep(pollMs);
  }
  const [ended] = ending;
  if (ended === undefined) {
    child.kill('SIGINT');
    throw new UnavailableError(`PostgreSQL was not ready after ${startLimitMs / 60_000} minutes.`, {
      next: `Read ${logPath}.`,
    });
  }
  const said = readFileSync(logPath).subarray(logStart).toString('utf8');
  if (occupiedMessages.test(said)) return { outcome: 'occupied' };
  const fatal = said.split('\n').filter((line) => line.includes('FATAL') || line.includes('PANIC'));
  return { outcome: 'failed', reason: fatal.at(-1)?.replace(/^.*?(?=FATAL|PANIC)/u, '') ?? ended };
}

function openLog(path: string): number {
  const log = openSync(path, 'a', 0o600);
  if (statSync(path).size > logLimitBytes) truncateSync(path);
  return log;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  return await new Promise((resolve, reject) => {
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No port was given.'));
        else resolve(address.port);
      });
    });
  });
}
