// The queues in Redis. One connection serves what is short; whatever blocks makes one of its own from it.
import { type BackendFactory, createRedisBackend, type RedisQueueBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { ConfigError, UnavailableError } from '#errors/errors.ts';
import type { Log } from '#ports/log.ts';
import type { QueueBackend } from './queue-backend.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** Between two attempts to reach a Redis that went away. */
const LONGEST_RETRY_MS = 5_000;
/** What BullMQ's scripts need. */
const OLDEST_VERSION = [6, 2] as const;

export async function openRedisBackend(
  redisUrl: string,
  workspaceId: string,
  log: Log,
): Promise<QueueBackend> {
  checkUrl(redisUrl);
  const client = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    connectionName: `tierline-${workspaceId}`,
    // BullMQ's demand: a blocking read outlasts any number of reconnects.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 100, LONGEST_RETRY_MS),
  });
  let reason = '';
  client.on('error', (error: NodeJS.ErrnoException) => {
    reason = error.code ?? error.message.split(' ', 1)[0] ?? '';
  });
  try {
    await client.connect();
    checkServer(await client.info(), log);
  } catch (cause) {
    client.disconnect();
    if (cause instanceof ConfigError) throw cause;
    throw explain(cause, redisUrl, reason);
  }
  const factory: BackendFactory<RedisQueueBackend, string> = (name, options, extra) =>
    createRedisBackend(name, { ...options, connection: client, skipVersionCheck: true }, extra);
  return {
    factory,
    // The braces keep a queue's keys in one slot of a cluster.
    prefix: `{tierline-${workspaceId}}`,
    ping: async () => {
      await client.ping();
    },
    close: async () => {
      client.disconnect();
    },
  };
}

function checkUrl(url: string): void {
  if (URL.canParse(url) && ['redis:', 'rediss:'].includes(new URL(url).protocol)) return;
  throw new ConfigError('The URL in `redis:` is not a Redis URL.', {
    next: 'Write it as redis://USER:PASSWORD@HOST:6379/0, with rediss:// for TLS; special characters in the password percent-encoded.',
  });
}

function checkServer(info: string, log: Log): void {
  const version = valueOf(info, 'redis_version') ?? '0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_VERSION;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new ConfigError(
      `The server in \`redis:\` runs Redis ${version}; the queue needs ${OLDEST_VERSION.join('.')} or newer.`,
      { next: 'Upgrade that server, or leave `redis:` empty: the queue then runs on PostgreSQL.' },
    );
  }
  const policy = valueOf(info, 'maxmemory_policy') ?? 'noeviction';
  if (policy.startsWith('allkeys')) {
    throw new ConfigError(
      `The server in \`redis:\` forgets any key when its memory is full (maxmemory-policy ${policy}): jobs would be lost`,
      { next: 'Set maxmemory-policy to noeviction on that server, or leave `redis:` empty.' },
    );
  }
  if (policy !== 'noeviction') {
    log.warn('Redis may evict keys when its memory is full; the queue wants noeviction', { policy });
  }
}

function valueOf(info: string, name: string): string | null {
  return new RegExp(`^${name}:(?<value>.*?)\\r?$`, 'mu').exec(info)?.groups?.['value'] ?? null;
}

/** Host and port, never user or password. */
function explain(cause: unknown, url: string, reason: string): Error {
  const { hostname, port } = new URL(url);
  const where = `Redis at ${hostname}:${port === '' ? '6379' : port}`;
  if (/^(?:WRONGPASS|NOAUTH|NOPERM)/u.test(reason) || /WRONGPASS|NOAUTH|NOPERM/u.test(String(cause))) {
    return new ConfigError(`${where} refuses this user or password`, {
      cause,
      next: 'Correct user and password in `redis:`.',
    });
  }
  return new UnavailableError(`${where} does not answer${reason === '' ? '' : ` (${reason})`}`, {
    cause,
    next: 'Start that server or correct `redis:`; left empty, the queue runs on PostgreSQL.',
  });
}
