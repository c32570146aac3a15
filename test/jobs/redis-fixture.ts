// A Redis for tests: REDIS_URL, else the one on 127.0.0.1:6379, else a `redis-server` of the PATH on a free port. With none of them
// the tests that need one are skipped, in one line; with CI=true that is a failure.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** Null: there is none, and that was said. */
export async function findRedis(): Promise<TestRedis | null> {
  const given = process.env['REDIS_URL'] ?? '';
  if (given !== '') return { url: given, stop: async () => {} };
  if (await answers(6379)) return { url: 'redis://127.0.0.1:6379', stop: async () => {} };
  const own = await startRedis();
  if (own !== null) return own;
  const message =
    'No Redis: REDIS_URL is not set, 127.0.0.1:6379 does not answer, the PATH has no redis-server';
  if (process.env['CI'] === 'true') throw new Error(message);
  process.stderr.write(`${message}. The tests of the queue on Redis are skipped.\n`);
  return null;
}

/** One of our own, which a test may stop and start again on its port. Null when the PATH has no redis-server. */
export async function startRedis(port?: number): Promise<TestRedis | null> {
  const at = port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'tierline-redis-'));
  const settings = ['--port', String(at), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const server = spawn('redis-server', [...settings, '--maxmemory-policy', 'noeviction'], {
    stdio: 'ignore',
  });
  const gone = once(server, 'exit').catch(() => undefined);
  const failed = once(server, 'error').then(() => true);
  const up = waitUntilUp(server, at);
  if (await Promise.race([failed, up.then(() => false)])) {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  return {
    url: `redis://127.0.0.1:${at}`,
    stop: async () => {
      server.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function waitUntilUp(server: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 200 && server.exitCode === null; tries += 1) {
    if (await answers(port)) return;
    await sleep(25);
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return await new Promise<boolean>((resolve) => {
    socket.setTimeout(300, () => resolve(false));
    socket.on('connect', () => socket.write('PING\r\n'));
    socket.on('data', (data) => resolve(data.toString().startsWith('+PONG')));
    socket.on('error', () => resolve(false));
  }).finally(() => socket.destroy());
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
