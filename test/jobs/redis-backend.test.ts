// What is wrong with a Redis is told before the first job: single answers, from a small server that speaks its protocol.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigError, UnavailableError } from '#errors/errors.ts';
import { openRedisBackend } from '#jobs/redis-backend.ts';
import type { Log } from '#ports/log.ts';
import { silentLog } from '#test/store/store-fixture.ts';

const close: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of close.splice(0)) await stop();
});

interface Answers {
  readonly policy?: string;
  readonly version?: string;
  readonly password?: string;
}

/** Answers AUTH and INFO as Redis does, everything else with OK; its address without a password. */
async function startAnswers({
  policy = 'noeviction',
  version = '8.0.0',
  password,
}: Answers): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    let isIn = password === undefined;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      for (const [, ...words] of commandsIn(data.toString())) {
        const [name = '', ...rest] = words.map((word) => word.toLowerCase());
        const info = `redis_version:${version}\r\nloading:0\r\nmaxmemory_policy:${policy}\r\n`;
        const asksIn = name === 'auth' || rest.includes('auth');
        if (asksIn) isIn = rest.includes(password ?? '');
        if (asksIn && !isIn) socket.write('-WRONGPASS invalid username-password pair\r\n');
        else if (!isIn) socket.write('-NOAUTH Authentication required.\r\n');
        else if (name === 'info') socket.write(`$${info.length}\r\n${info}\r\n`);
        else socket.write('+OK\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  close.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
}

/** The words of each command of a chunk: `*2 $4 auth $3 abc`. */
function commandsIn(chunk: string): readonly (readonly string[])[] {
  return chunk
    .split(/^\*\d+\r\n/mu)
    .map((command) => ['', ...command.split('\r\n').filter((line) => line !== '' && !/^\$\d+$/u.test(line))])
    .filter((words) => words.length > 1);
}

const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('a Redis', () => {
  it('is refused by its address when that is none', async () => {
    for (const url of ['localhost:6379', 'http://redis:6379', 'redis']) {
      expect(await failureOf(openRedisBackend(url, 'w', silentLog))).toBeInstanceOf(ConfigError);
    }
  });

  it('that does not answer is named by host and port, and no password is', async () => {
    // Port 1 of this machine: nobody listens there.
    const failure = await failureOf(openRedisBackend('redis://me:hidden-word@127.0.0.1:1/0', 'w', silentLog));
    expect(failure).toBeInstanceOf(UnavailableError);
    expect(String(failure)).toContain('Redis at 127.0.0.1:1 does not answer');
    expect(String(failure)).not.toContain('hidden-word');
  });

  it('that would forget jobs for lack of memory is refused, and one that might is warned of', async () => {
    const warnings: string[] = [];
    const log: Log = { ...silentLog, warn: (message) => warnings.push(message) };
    const forgetful = await startAnswers({ policy: 'allkeys-lru' });
    const failure = await failureOf(openRedisBackend(`redis://${forgetful}`, 'w', log));
    expect(String(failure)).toContain('maxmemory-policy allkeys-lru');
    const doubtful = await startAnswers({ policy: 'volatile-lru' });
    await (await openRedisBackend(`redis://${doubtful}`, 'w', log)).close();
    expect(warnings).toEqual(['Redis may evict keys when its memory is full; the queue wants noeviction']);
  });

  it('that is too old is refused with the version it has', async () => {
    const old = await startAnswers({ version: '5.0.14' });
    const failure = await failureOf(openRedisBackend(`redis://${old}`, 'w', silentLog));
    expect(String(failure)).toContain('runs Redis 5.0.14; the queue needs 6.2 or newer');
  });

  it('that refuses the password says so without it', async () => {
    const guarded = await startAnswers({ password: 'right-word' });
    const failure = await failureOf(openRedisBackend(`redis://:wrong-word@${guarded}`, 'w', silentLog));
    expect(failure).toBeInstanceOf(ConfigError);
    expect(String(failure)).toContain('refuses this user or password');
    expect(String(failure)).not.toContain('wrong-word');
    await (await openRedisBackend(`redis://:right-word@${guarded}`, 'w', silentLog)).close();
  });
});
