// The queues in the workspace's own PostgreSQL, in a schema beside the store's.
import { type BackendFactory, createPostgresBackend, type PostgresQueueBackend } from 'bullmq';
import { ConfigError, UnavailableError } from '#errors/errors.ts';
import { isConnectionLoss } from './decide-retry.ts';
import type { QueueBackend } from './queue-backend.ts';

/** One database is one workspace, so the name need not tell workspaces apart. */
const SCHEMA = 'tierline_queue';
const CONNECT_TIMEOUT_MS = 15_000;

export async function openPostgresBackend(databaseUrl: string): Promise<QueueBackend> {
  const connect = (migrate: boolean, name: string, ...rest: FactoryArguments): PostgresQueueBackend => {
    const [options, extra] = rest;
    const connection = {
      connectionString: databaseUrl,
      schema: SCHEMA,
      migrate,
      application_name: 'tierline queue',
      // BullMQ keeps a connection of its own for LISTEN; its queries are short and may line up.
      max: 1,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    };
    return createPostgresBackend(name, { ...options, connection }, extra);
  };
  // Once, before anything is built: every later one only compares the version.
  const first = connect(true, 'runs', { connection: '' });
  first.on('error', () => {});
  try {
    await first.waitUntilReady();
  } catch (cause) {
    await first.close().catch(() => undefined);
    throw explain(cause);
  }
  const factory: BackendFactory<PostgresQueueBackend, string> = (name, ...rest) =>
    connect(false, name, ...rest);
  return {
    factory,
    prefix: '',
    ping: async () => {
      await first.getQueueMetaField('ping');
    },
    close: () => first.close(),
  };
}

type FactoryArguments =
  Parameters<BackendFactory<PostgresQueueBackend, string>> extends [string, ...infer Rest] ? Rest : never;

function explain(cause: unknown): Error {
  if (isConnectionLoss(cause)) {
    return new UnavailableError('The database that holds the job queue does not answer', {
      cause,
      next: 'Start that server, or correct `database:` in tierline.yaml.',
    });
  }
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no code';
  return new ConfigError(`The job queue cannot use its schema ${SCHEMA} in the database (${code})`, {
    cause,
    next: `Let the user create schemas (GRANT CREATE ON DATABASE), or create the schema ${SCHEMA} owned by it.`,
  });
}
