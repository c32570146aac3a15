import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogFields } from '#ports/log.ts';
import { refuseForeignServer } from '#store/embedded/host-heartbeat.ts';
import { initCluster } from '#store/embedded/init-cluster.ts';
import { placeCluster } from '#store/embedded/place-cluster.ts';
import { findPostgresBinaries } from '#store/embedded/postgres-binaries.ts';
import { startEmbeddedPostgres } from '#store/embedded/start-embedded-postgres.ts';
import { type OpenedStore, openStore } from '#store/open-store.ts';
import { recordOf } from '../records-of.ts';
import { silentLog, systemClock } from '../store-fixture.ts';

const isRoot = process.getuid?.() === 0;
const script = fileURLToPath(new URL('./hold-store.ts', import.meta.url));

let workspace = '';
let dataFolder = '';
const children: ChildProcessWithoutNullStreams[] = [];
const stores: OpenedStore[] = [];

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'tierline-embedded-'));
  // mkdtemp makes a folder that only root may enter; the test of that has its own.
  chmodSync(workspace, 0o755);
  dataFolder = join(workspace, '.tierline');
});

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  for (const store of stores.splice(0)) await store.close();
  // A server that a killed child left is stopped by the last to leave.
  if (existsSync(join(clusterIn(), 'postmaster.pid'))) {
    await (await startEmbeddedPostgres({ dataFolder, log: silentLog })).stop();
  }
  rmSync(workspace, { recursive: true, force: true });
});

function clusterIn(folder: string = dataFolder): string {
  return join(folder, 'postgres', 'cluster');
}

async function open(folder: string = dataFolder, log = silentLog): Promise<OpenedStore> {
  const store = await openStore({ databaseUrl: null, dataFolder: folder, log, clock: systemClock });
  stores.push(store);
  return store;
}

/** Another process with the store open; resolves with the id of its server's process. */
async function hold(mode: 'lock' | 'exit' | 'idle' = 'idle') {
  const child = spawn(process.execPath, [script, dataFolder, mode]);
  children.push(child);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('ready ')) return { child, server: Number(line.slice('ready '.length)) };
  }
  throw new Error(`the holding process ended: ${complaint}`);
}

function isAlive(pid: number): boolean {
  const status = `/proc/${pid}/stat`;
  if (!existsSync('/proc/self/stat')) {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }
  return existsSync(status) && !/\) Z /u.test(readFileSync(status, 'utf8'));
}

function serverPid(): number {
  return Number.parseInt(readFileSync(join(clusterIn(), 'postmaster.pid'), 'utf8'), 10);
}

async function untilDead(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 15_000 && isAlive(pid); waited += 50) await sleep(50);
  return !isAlive(pid);
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

describe('the embedded PostgreSQL', () => {
  it('keeps what was written from one command to the next, and leaves no server behind', async () => {
    const first = await open();
    await first.records.put('r1', [recordOf('account', '1')]);
    const pid = serverPid();
    await first.close();
    await first.close();
    expect(isAlive(pid)).toBe(false);
    const second = await open();
    expect(await second.records.count('sf', 'account')).toBe(1);
  });

  it('orders text by bytes and folds the case of every script', async () => {
    const store = await open();
    await store.records.put('r1', [recordOf('account', '1', { name: 'ÉCOLE Ж' })]);
    expect(await store.records.findAccounts('école ж')).toHaveLength(1);
  });

  it('lets a second process join, and stops with the last', async () => {
    const store = await open();
    const pid = serverPid();
    const { child, server } = await hold();
    expect(server).toBe(pid);
    await store.close();
    expect(isAlive(pid)).toBe(true);
    child.stdin.end();
    await ended(child);
    expect(isAlive(pid)).toBe(false);
  });

  it('is made and started once by processes that come at the same time', async () => {
    const held = await Promise.all([hold(), hold(), hold()]);
    expect(new Set(held.map(({ server }) => server)).size).toBe(1);
    for (const { child } of held) child.stdin.end();
    for (const { child } of held) await ended(child);
    expect(await untilDead(held[0].server)).toBe(true);
  });

  it('serves a process that comes while the last one is leaving', async () => {
    for (let round = 0; round < 4; round += 1) {
      const leaving = await open();
      const [, next] = await Promise.all([leaving.close(), open()]);
      expect(await next.runs.list(1)).toEqual([]);
      await next.close();
    }
  });
});

describe('after a crash', () => {
  it('of the process, the next command finds the lock free and the data there', async () => {
    const { child, server } = await hold('lock');
    const other = await open();
    expect(await other.runs.lock()).toBeNull();
    child.kill('SIGKILL');
    await ended(child);
    await other.close();
    const next = await open();
    const release = await next.runs.lock();
    expect(release).not.toBeNull();
    expect(await next.records.count('sf', 'account')).toBe(1);
    await release?.();
    await next.close();
    expect(isAlive(server)).toBe(false);
  });

  it('of process and server, the next command recovers', async () => {
    const { child, server } = await hold('lock');
    child.kill('SIGKILL');
    process.kill(server, 'SIGKILL');
    await ended(child);
    const next = await open();
    expect(await next.records.count('sf', 'account')).toBe(1);
  });

  it('and a restart, another program may bear the old server’s process id', async () => {
    const first = await open();
    await first.close();
    // Of the server's own user and alive: PostgreSQL by itself would take it for its server and refuse to start.
    const { uid, gid } = statSync(clusterIn());
    const stranger = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    children.push(stranger);
    const lines = [stranger.pid, clusterIn(), 1, 5432, '', '127.0.0.1', '1 1', 'ready', ''];
    writeFileSync(join(clusterIn(), 'postmaster.pid'), lines.join('\n'));
    const next = await open();
    expect(await next.runs.list(1)).toEqual([]);
  });
});

describe('a process that ends without closing its store', () => {
  it('stops the server on process.exit', async () => {
    const { child, server } = await hold('exit');
    await ended(child);
    expect(child.exitCode).toBe(3);
    expect(await untilDead(server)).toBe(true);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops the server on %s', async (signal, code) => {
    const { child, server } = await hold();
    child.kill(signal);
    await ended(child);
    expect(child.exitCode).toBe(code);
    expect(await untilDead(server)).toBe(true);
  });

  it('leaves the server to those who still use it', async () => {
    const store = await open();
    const { child, server } = await hold('exit');
    await ended(child);
    await sleep(1_000);
    expect(isAlive(server)).toBe(true);
    expect(await store.runs.list(1)).toEqual([]);
  });
});

describe.skipIf(!isRoot)('as root', () => {
  it('keeps the data of a closed workspace under /var/lib/tierline, and says so once', async () => {
    const closed = join(workspace, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const folder = join(closed, '.tierline');
    const said: LogFields[] = [];
    const log = { ...silentLog, info: (_: string, fields: LogFields = {}) => said.push(fields) };
    const first = await open(folder, log);
    await first.records.put('r1', [recordOf('account', '1')]);
    await first.close();
    const second = await open(folder, log);
    expect(await second.records.count('sf', 'account')).toBe(1);
    await second.close();
    const place = readFileSync(join(folder, 'postgres.location'), 'utf8').trim();
    expect(place).toMatch(/^\/var\/lib\/tierline\/[0-9a-f]{16}$/u);
    expect(said.filter((fields) => fields['database'] === place)).toHaveLength(1);
    rmSync(place, { recursive: true });
  });
});

describe.skipIf(!isRoot)('as root with the programs where only root may go', () => {
  it('runs a copy of them', async () => {
    const original = await findPostgresBinaries();
    const closed = join(workspace, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    cpSync(dirname(dirname(original.postgres)), closed, { recursive: true, verbatimSymlinks: true });
    const hidden = { initdb: join(closed, 'bin', 'initdb'), postgres: join(closed, 'bin', 'postgres') };
    const place = placeCluster(dataFolder, hidden, silentLog);
    expect(place.binaries.postgres).toMatch(/^\/var\/lib\/tierline\/programs-/u);
    expect(placeCluster(dataFolder, hidden, silentLog).binaries).toEqual(place.binaries);
    await initCluster(place);
    expect(existsSync(join(place.cluster, 'PG_VERSION'))).toBe(true);
  });
});

describe('a data folder on a shared volume', () => {
  it('is refused while another host’s server is in use, and taken when that has fallen silent', async () => {
    const beat = join(workspace, 'heartbeat');
    writeFileSync(beat, 'other-host\n1\n');
    await expect(refuseForeignServer(workspace, 50)).resolves.toBeUndefined();
    const beating = setInterval(() => writeFileSync(beat, `other-host\n${performance.now()}\n`), 10);
    await expect(refuseForeignServer(workspace, 100)).rejects.toThrow('other-host');
    clearInterval(beating);
  });
});
